import Testing
import Timeline

@testable import Alignment

@Suite struct OffsetSearchTests {
    /// All paths tried one by one: what the search must reach, from the definition of ratings and costs.
    private func exhaustive(_ cues: [PlacedCue], _ track: EvidenceTrack, cells: ClosedRange<Int>, _ costs: OffsetSearch.Costs) -> Float {
        let mean = track.mean
        func sum(_ range: Range<Int>) -> Float {
            range.reduce(0) { total, cell in
                total + (cell * 10..<cell * 10 + 10).reduce(0) { $0 + track.deviation(at: $1, mean: mean) }
            }
        }
        let windows = CueWindow.windows(of: cues, framesPerCell: 10)
        func rating(_ cue: Int, _ offset: Int) -> Float {
            let w = windows[cue]
            let inside = sum(w.start + offset..<w.end + offset)
            return inside - 0.7 * sum(w.lead + offset..<w.start + offset) - 0.35 * sum(w.end + offset..<w.tail + offset)
        }
        var best = -Float.infinity
        func walk(_ cue: Int, _ last: Int, _ score: Float) {
            guard cue < cues.count else { return best = max(best, score) }
            for offset in cells {
                let step = offset - last
                guard cue > 0 else {
                    walk(1, offset, rating(0, offset))
                    continue
                }
                let keepsOrder = windows[cue].start + offset >= windows[cue - 1].start + last
                let price = step == 0 ? 0 : abs(step) == 1 ? min(costs.drift, keepsOrder ? costs.jump : .infinity) : keepsOrder ? costs.jump : .infinity
                if price < .infinity { walk(cue + 1, offset, score - price + rating(cue, offset)) }
            }
        }
        walk(0, 0, 0)
        return best
    }

    @Test(arguments: 1...12) func `the best path is as good as the best of all paths`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let track = EvidenceTrack(values: (0..<400).map { _ in UInt8.random(in: 0...255, using: &random) })
        let starts = (0..<4).map { _ in Double.random(in: 0...3, using: &random) }.sorted()
        let cues = starts.map { PlacedCue(start: $0, end: $0 + Double.random(in: 0.2...0.6, using: &random), weight: 1) }
        let costs = OffsetSearch.Costs(jump: .random(in: 1...12, using: &random), drift: .random(in: 0.2...3, using: &random))
        // A reach of 0.7 s gives 15 offsets, filled up to 16.
        let search = OffsetSearch(cues: cues, track: track, reach: 0.7, framesPerCell: 10)
        let right = exhaustive(cues, track, cells: -7...8, costs)
        let path = search.best(costs)
        #expect(abs(path.score - right) < 0.01, "seed \(seed)")
        #expect(abs(search.bestScore(costs) - right) < 0.01, "seed \(seed)")
        #expect(path.offsets.count == cues.count && path.offsets.allSatisfy { (-7...8).contains($0) })
    }

    /// Steps are kept for 128 cues at a time: here the way back goes through three such blocks.
    @Test(arguments: [100, 128, 200, 256]) func `a cut is found wherever it lies in a long file`(cut: Int) {
        var random = SplitMix64(seed: UInt64(cut))
        var time = 2.0
        let cues = (0..<300).map { _ in
            time += .random(in: 1...3, using: &random)
            return PlacedCue(start: time, end: time + 0.8, weight: 1)
        }
        var values = [UInt8](repeating: 0, count: Int(time + 5) * 100)
        for (index, cue) in cues.enumerated() {
            let start = Int(((cue.start + (index < cut ? -0.6 : 0.5)) * 100).rounded())
            for frame in start..<start + 80 { values[frame] = 255 }
        }
        let search = OffsetSearch(cues: cues, track: EvidenceTrack(values: values), reach: 1, framesPerCell: 10)
        let path = search.best(.init(jump: 100, drift: 10))
        #expect(path.offsets == (0..<300).map { $0 < cut ? -6 : 5 })
    }
}

@Suite struct EvidenceTrackTests {
    @Test func `what was seen twice or touches is one stretch`() {
        var track = EvidenceTrack(frameCount: 100)
        track.observe([UInt8](repeating: 9, count: 20), from: 10)
        track.observe([UInt8](repeating: 9, count: 20), from: 30)
        track.observe([UInt8](repeating: 9, count: 20), from: 90)
        #expect(track.observed == [10..<50, 90..<100])
        #expect(track.observedFrameCount == 50)
        #expect(track.unobserved(in: 0..<100) == [0..<10, 50..<90])
        #expect(track.unobserved(in: 40..<60) == [50..<60])
        #expect(track.unobserved(in: -5..<500) == [0..<10, 50..<90])
    }

    @Test func `what was not seen speaks neither way, what lies outside is silence`() {
        var track = EvidenceTrack(frameCount: 40)
        track.observe([100, 200], from: 10)
        let mean = track.mean
        #expect(abs(mean - 150 / 255) < 1e-6)
        #expect(track.deviation(at: 5, mean: mean) == 0)
        #expect(track.deviation(at: -1, mean: mean) == -mean)
        #expect(abs(track.deviation(at: 11, mean: mean) - 50 / 255) < 1e-6)
    }
}
