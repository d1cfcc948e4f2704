import Testing
import Timeline

@Suite struct TimestampTests {
    @Test func `a second is a whole number of periods of every common rate`() {
        for rate: Int64 in [24, 25, 30, 50, 60, 90, 120, 1000, 90_000, 8000, 16_000, 22_050, 44_100, 48_000, 96_000, 192_000] {
            #expect(ticksPerSecond % rate == 0, "rate \(rate)")
        }
        for rate: Int64 in [24, 30, 60] { #expect(ticksPerSecond * 1001 % (rate * 1000) == 0, "rate \(rate)/1.001") }
    }

    @Test func `milliseconds go in and come out`() {
        #expect(Timestamp.milliseconds(1234).ticks == 870_710_400)
        #expect(Timestamp.milliseconds(-1234).milliseconds == -1234)
    }

    @Test(arguments: [(352_799, 0), (352_800, 1), (-352_800, 0), (-352_801, -1)] as [(Int64, Int64)])
    func `half a millisecond rounds up`(ticks: Int64, milliseconds: Int64) {
        #expect(Timestamp(ticks: ticks).milliseconds == milliseconds)
    }

    @Test func `sums stop at the ends of the range`() {
        #expect(Timestamp(ticks: .max) + .seconds(1) == Timestamp(ticks: .max))
        #expect(Timestamp(ticks: .min) - TimeDelta.seconds(1) == Timestamp(ticks: .min))
        #expect(Timestamp.seconds(.max) == Timestamp(ticks: .max))
    }

    @Test func `a segment is never empty or reversed`() {
        #expect(Segment(start: .seconds(1), end: .seconds(1)) == nil && Segment(start: .seconds(2), end: .seconds(1)) == nil)
        #expect(Segment(start: .seconds(1), end: .seconds(2))?.duration == .seconds(1))
    }

    @Test func `segments that touch share nothing`() throws {
        let first = try #require(Segment(start: .zero, end: .seconds(2)))
        let second = try #require(Segment(start: .seconds(2), end: .seconds(3)))
        #expect(first.intersection(second) == nil)
        #expect(second.shifted(by: .seconds(-1)).flatMap(first.intersection)?.duration == .seconds(1))
    }

    @Test func `a timestamp of any time base maps back to itself`() {
        for value: Int64 in [0, 1, -7, 1_234_567_891] {
            let time = Timestamp(value: value, timeBase: 1, over: 12_800)
            #expect(time?.units(of: 1, over: 12_800) == value)
            let odd = Timestamp(value: value, timeBase: 1001, over: 30_000)
            #expect(odd?.units(of: 1001, over: 30_000) == value)
        }
        #expect(Timestamp(value: .max, timeBase: 1, over: 1) == nil)
    }
}
