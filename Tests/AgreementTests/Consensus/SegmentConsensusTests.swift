import Agreement
import Formats
import Testing

@Suite struct SegmentConsensusTests {
    private func ranges(_ value: JSONValue?) -> [Range<Int64>] {
        (value?.array ?? []).compactMap { pair in
            let ends = pair.integers
            return ends.count == 2 ? Int64(ends[0])..<Int64(ends[1]) : nil
        }
    }

    @Test func `STAPLE and majority of the shared data`() throws {
        for item in try qualityCases("consensus_segments.json") {
            let id = try #require(item["id"]?.string)
            let expected = try #require(item["expected"])
            let frames = try #require(item["frames"]?.integer)
            let segments = SegmentConsensus(try #require(item["raters"]?.array).map(ranges), extent: 0..<frames)
            let staple = STAPLE(segments)
            #expect(staple.converged, "\(id)")
            for r in 0..<segments.annotators {
                check(staple.sensitivity[r], expected["sensitivity"]?[r], tolerance: 1e-6, "\(id) sensitivity \(r)")
                check(staple.specificity[r], expected["specificity"]?[r], tolerance: 1e-6, "\(id) specificity \(r)")
            }
            for (piece, probability) in zip(segments.pieces, staple.probability) {
                for frame in piece.start..<piece.end {
                    check(probability, expected["probability"]?[Int(frame)]?.double, tolerance: 1e-6, "\(id) frame \(frame)")
                }
            }
            #expect(staple.stretches == ranges(expected["staple_segments"]), "\(id)")
            #expect(segments.majority() == ranges(expected["majority_segments"]), "\(id)")
        }
    }

    @Test func `what two of three marked is the majority, cut at the extent`() {
        let segments = SegmentConsensus([[-5..<10, 8..<12], [5..<20], [9..<11, 15..<40]], extent: 0..<30)
        #expect(segments.majority() == [5..<12, 15..<20])
        #expect(segments.pieces.first?.start == 0 && segments.pieces.last?.end == 30)
    }

    @Test func `longer ticks change nothing`() {
        let marks: [[Range<Int64>]] = [[2..<9, 12..<14], [3..<9], [1..<8, 12..<15]]
        let (one, thousand) = (STAPLE(SegmentConsensus(marks, extent: 0..<20)), STAPLE(SegmentConsensus(
            marks.map { $0.map { $0.lowerBound * 1000..<$0.upperBound * 1000 } }, extent: 0..<20_000)))
        for (a, b) in zip(one.probability, thousand.probability) { #expect(abs(a - b) < 1e-9) }
        #expect(one.stretches.map { $0.lowerBound * 1000..<$0.upperBound * 1000 } == thousand.stretches)
    }

    @Test func `nothing marked is undefined sensitivity`() {
        let staple = STAPLE(SegmentConsensus([[], []], extent: 0..<10))
        #expect(staple.sensitivity == [.undefined(.noUnits), .undefined(.noUnits)] && staple.stretches.isEmpty)
        #expect(staple.specificity == [.value(1), .value(1)])
    }
}
