import Testing
import Timeline

@Suite struct FrameTimingTests {
    @Test(arguments: [(24, 1), (25, 1), (30000, 1001), (24000, 1001), (60, 1), (997, 13)] as [(Int64, Int64)])
    func `the frame at the time of a frame is that frame`(_ numerator: Int64, _ denominator: Int64) throws {
        let rate = try #require(FrameRate(numerator, over: denominator))
        for frame in [0, 1, 2, 999, 107_892, 10_000_000] {
            let time = try #require(rate.time(ofFrame: frame))
            #expect(rate.frame(at: time) == frame)
            #expect(rate.frame(at: time - TimeDelta(ticks: 1)) == (frame == 0 ? nil : frame - 1))
        }
    }

    @Test func `a table of times gives the last frame that has begun`() {
        let timing = FrameTiming.times([.seconds(1), .seconds(3), .seconds(4)])
        #expect([0, 1, 2, 3, 9].map { timing.frame(at: .seconds($0)) } == [nil, 0, 0, 1, 2])
        #expect(timing.time(ofFrame: 3) == nil)
    }

    @Test(arguments: [(0, "00:00:00;00"), (1799, "00:00:59;29"), (1800, "00:01:00;02"), (17981, "00:09:59;29"), (17982, "00:10:00;00"), (107_892, "01:00:00;00")])
    func `drop-frame code leaves out two numbers a minute but every tenth`(_ frame: Int, _ text: String) {
        // SMPTE ST 12-1: 107 892 frames are one hour of code at 30000/1001.
        #expect(Timecode(frame: frame, base: 30, dropsFrames: true)?.description == text)
        #expect(Timecode(text, base: 30)?.frame == frame)
    }

    @Test func `numbers that drop-frame code leaves out are refused`() {
        #expect(Timecode("00:01:00;00", base: 30) == nil)
        #expect(Timecode("00:10:00;00", base: 30) != nil)
        #expect(Timecode("00:00:60:00", base: 30) == nil)
        #expect(Timecode("00:00:00:30", base: 30) == nil)
        #expect(Timecode("00:00:01:00", base: 25)?.frame == 25)
    }

    @Test func `every count of frames in a day has its own drop-frame code`() {
        for frame in stride(from: 0, to: 2_589_408, by: 997) {
            let code = Timecode(frame: frame, base: 30, dropsFrames: true)
            #expect(code.flatMap { Timecode($0.description, base: 30) }?.frame == frame)
        }
    }
}
