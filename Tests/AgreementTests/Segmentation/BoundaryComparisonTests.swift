import Agreement
import Formats
import Testing
import Timeline

@Suite struct BoundaryComparisonTests {
    @Test func `Pk, WindowDiff, B and S of the shared data`() throws {
        for item in try qualityCases("segmentation.json") {
            let id = try #require(item["id"]?.string)
            let expected = try #require(item["expected"])
            let found = try #require(BoundaryComparison(reference: item["reference"]!.integers, hypothesis: item["hypothesis"]!.integers))
            #expect(found.defaultWindow == expected["window"]?.integer.map(Int.init), "\(id)")
            check(found.pk(), expected["pk"], "\(id) pk")
            check(found.windowDifference(), expected["windowdiff"], "\(id) windowdiff")
            check(found.paddedWindowDifference(), expected["windowdiff_lamprier"], "\(id) padded")
            check(found.boundarySimilarity(), expected["boundary_similarity_nt2"]?.double, "\(id) B")
            check(found.segmentationSimilarity(), expected["segmentation_similarity_nt2"]?.double, "\(id) S")
        }
    }

    @Test func `walking every window gives the same as walking the boundaries`() throws {
        var random = SplitMix64(seed: 12)
        for _ in 0..<60 {
            let total = 20 + random.below(80)
            func masses() -> [Int] {
                var (parts, left) = ([Int](), total)
                while left > 0 { let part = min(left, 1 + random.below(15)); parts.append(part); left -= part }
                return parts
            }
            let found = try #require(BoundaryComparison(reference: masses(), hypothesis: masses()))
            let window = 1 + random.below(9)
            func count(_ places: [Int], _ start: Int) -> Int { places.count { $0 > start && $0 <= start + window } }
            let starts = 0..<total - window
            let pk = starts.count { (count(found.reference, $0) == 0) != (count(found.hypothesis, $0) == 0) }
            let wd = starts.count { count(found.reference, $0) != count(found.hypothesis, $0) }
            #expect(found.pk(window: window) == .value(Double(pk) / Double(starts.count)))
            #expect(found.windowDifference(window: window) == .value(Double(wd) / Double(starts.count)))
        }
    }

    @Test func `equal segmentations are perfect, a near miss costs half, and windows beyond the end are undefined`() throws {
        let same = try #require(BoundaryComparison(reference: [3, 4, 5], hypothesis: [3, 4, 5]))
        #expect(same.pk() == .value(0) && same.windowDifference() == .value(0) && same.boundarySimilarity() == 1)
        let near = try #require(BoundaryComparison(reference: [5, 6], hypothesis: [6, 5]))
        #expect(near.boundarySimilarity() == 0.5 && near.edits().nearMisses == [1])
        #expect(near.pk(window: 11) == .undefined(.tooFewItems))
        #expect(BoundaryComparison(reference: [4], hypothesis: [4])?.boundarySimilarity() == 1)
        #expect(BoundaryComparison(reference: [5], hypothesis: [4]) == nil && BoundaryComparison(reference: [], hypothesis: []) == nil)
        #expect(BoundaryComparison(reference: [0, 4], hypothesis: [4]) == nil)
    }
}
