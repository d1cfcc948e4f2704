import Testing
import Timeline

@testable import Alignment

@Suite struct SyncMapTests {
    @Test func `the rates of film are the six quotients of 24000 over 1001, 24 and 25, and one`() {
        #expect(Set(ClockRate.film.map(\.billionths)) == [1_000_000_000, 999_000_999, 959_040_959, 1_001_000_000, 960_000_000, 1_042_708_333, 1_041_666_667])
    }

    @Test func `an hour at 25 shown at 23.976 lasts 153.75 s longer`() {
        let rate = ClockRate(billionths: 1_042_708_333)
        let end = rate.apply(to: .seconds(3600))
        #expect(abs((end - Timestamp.seconds(3600)).milliseconds - 153_750) <= 1)
    }

    @Test func `each piece moves its own cues, and what ends before the media starts has no place`() throws {
        let cues = try [(1.0, 2.0), (3, 5), (10, 12)].map { try #require(Made.segment($0.0, $0.1)) }
        let map = SyncMap(pieces: [
            SyncPiece(cues: 0..<2, rate: .one, offset: .seconds(-4)), SyncPiece(cues: 2..<3, rate: .one, offset: .seconds(1)),
        ])
        #expect(map.apply(to: cues) == [nil, Made.segment(0, 1), Made.segment(11, 13)])
        #expect(map.apply(to: .seconds(11), ofCue: 2) == .seconds(12))
    }

    @Test func `snapped cues do not begin to overlap`() throws {
        let cues = try [(1.0, 2.0), (2, 3)].map { try #require(Made.segment($0.0, $0.1)) }
        let map = SyncMap(
            pieces: [SyncPiece(cues: 0..<2, rate: .one, offset: .zero)], strays: [.milliseconds(100), .milliseconds(-100)])
        #expect(map.apply(to: cues) == [Made.segment(1.1, 1.9), Made.segment(1.9, 2.9)])
    }
}

@Suite struct DecoyTests {
    @Test func `decoys keep every duration and are the same every time`() {
        let cues = Made.cues(count: 40, seed: 5).map { PlacedCue(AlignableCue(segment: $0, isSpeech: true), rate: .one) }
        let decoys = Decoys.make(from: cues, count: 8)
        func lengths(_ cues: [PlacedCue]) -> [Double] { cues.map { (($0.end - $0.start) * 1000).rounded() }.sorted() }
        for decoy in decoys {
            #expect(lengths(decoy) == lengths(cues))
            #expect(decoy.map(\.start) != cues.map(\.start))
            #expect(zip(decoy, decoy.dropFirst()).allSatisfy { $0.end <= $1.start })
        }
        #expect(decoys.map { $0.map(\.start) } == Decoys.make(from: cues, count: 8).map { $0.map(\.start) })
    }
}

@Suite struct StartJitterTests {
    /// Onset curves of cues whose onsets lie `strays` seconds after their starts.
    private func curves(_ strays: [Double]) -> [[Float]] {
        strays.map { stray in
            (0...2 * OnsetCurves.reach).map { index in
                max(0, 1 - Float(abs(Double(index - OnsetCurves.reach) / 100 - stray)) / 0.25)
            }
        }
    }

    private func strays(spread: Double, seed: UInt64) -> [Double] {
        var random = SplitMix64(seed: seed)
        return (0..<150).map { _ in (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0...1, using: &random) } * spread }
    }

    @Test(arguments: [0.02, 0.05, 0.08]) func `small strays are careful work`(spread: Double) {
        #expect(StartJitter(curves: curves(strays(spread: spread, seed: 3))).timing() == .careful)
    }

    @Test(arguments: [0.16, 0.2]) func `larger ones are sloppy, by about their spread`(spread: Double) throws {
        guard case .sloppy(let found) = StartJitter(curves: curves(strays(spread: spread, seed: 4))).timing() else {
            Issue.record("not sloppy")
            return
        }
        #expect(abs(found - spread) < 0.05)
    }

    @Test func `starts spread evenly say nothing`() {
        var random = SplitMix64(seed: 8)
        let even = (0..<150).map { _ in Double.random(in: -0.75...0.75, using: &random) }
        #expect(StartJitter(curves: curves(even)).timing() == .unrelated)
    }

    @Test func `a clear onset far from the start is mostly followed`() {
        let found = StartJitter(curves: curves([0.3, -0.2, 0])).strays(spread: 0.2)
        #expect(abs(found[0] - 0.3) < 0.12 && abs(found[1] + 0.2) < 0.08 && abs(found[2]) < 0.02)
    }
}
