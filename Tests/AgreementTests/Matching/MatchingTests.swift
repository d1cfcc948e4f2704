import Formats
import Testing
import Timeline

@testable import Agreement

@Suite struct MatchingTests {
    /// The largest sum by trying everything.
    private func best(_ row: Int, _ weights: [[Double]], _ used: Set<Int>) -> Double {
        if row == weights.count { return 0 }
        var most = best(row + 1, weights, used)
        for (column, weight) in weights[row].enumerated() where weight > 0 && !used.contains(column) {
            most = max(most, weight + best(row + 1, weights, used.union([column])))
        }
        return most
    }

    @Test func `the heaviest matching is what trying everything finds`() {
        var random = SplitMix64(seed: 31)
        for round in 0..<400 {
            let (rows, columns) = (1 + random.below(6), 1 + random.below(6))
            let weights = (0..<rows).map { _ in (0..<columns).map { _ in random.below(3) == 0 ? 0 : Double(random.below(round % 2 == 0 ? 5 : 1000)) } }
            let edges = weights.enumerated().flatMap { row, line in
                line.enumerated().map { SparseMatching.Edge(row: row, column: $0.offset, weight: $0.element) }
            }
            let chosen = SparseMatching.heaviest(rows: rows, columns: columns, edges)
            let taken = chosen.filter { $0 >= 0 }
            #expect(Set(taken).count == taken.count)
            let sum = chosen.enumerated().reduce(0.0) { $1.element < 0 ? $0 : $0 + weights[$1.offset][$1.element] }
            #expect(abs(sum - best(0, weights, [])) < 1e-9, "round \(round)")
        }
    }

    @Test func `segments of all lengths are matched for the largest sum that trying everything finds`() throws {
        var random = SplitMix64(seed: 8)
        func units() -> [AnnotatedUnit] {
            (0..<random.below(7)).map { _ in
                let start = Int64(random.below(40))
                return AnnotatedUnit(
                    annotator: 0, start: start, end: start + Int64(random.below(4) == 0 ? 30 : random.below(8)), category: random.below(2))
            }
        }
        for round in 0..<200 {
            let (a, b, same) = (units(), units(), round % 2 == 0)
            let weights = a.map { x in
                b.map { y -> Double in
                    let shared = Double(min(x.end, y.end) - max(x.start, y.start))
                    let overlap = shared <= 0 ? 0 : shared / (Double(x.end - x.start + y.end - y.start) - shared)
                    return overlap >= 0.2 && (!same || x.category == y.category) ? overlap : 0
                }
            }
            let found = try #require(OverlapMatching(segments: a, b, threshold: 0.2, sameCategory: same))
            #expect(abs(found.pairs.reduce(0) { $0 + $1.overlap } - best(0, weights, [])) < 1e-9, "round \(round)")
        }
    }

    private func boxes(_ value: JSONValue?, _ names: [String]) -> [AnnotatedBox] {
        (value?.array ?? []).map { box in
            let numbers = box.doubles
            return AnnotatedBox(
                x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3], category: names.firstIndex(of: box[4]?.string ?? "")!)
        }
    }

    @Test func `boxes of the shared data`() throws {
        for item in try qualityCases("boxes.json") {
            let id = try #require(item["id"]?.string)
            let names = Set(["a", "b"].flatMap { (item[$0]?.array ?? []).compactMap { $0[4]?.string } }).sorted()
            let (a, b) = (boxes(item["a"], names), boxes(item["b"], names))
            for member in try #require(item["expected"]?.object) {
                if member.name == "iou" {
                    for (i, box) in a.enumerated() {
                        for (j, other) in b.enumerated() { check(box.overlap(other), member.value[i]?[j]?.double, tolerance: 1e-12, "\(id) \(i) \(j)") }
                    }
                    continue
                }
                let threshold = try #require(Double(String(member.name.dropFirst(5)))) / 100
                let found = BoxAgreement(a, b, threshold: threshold, categories: names.count)
                #expect(found.matching.pairs.map { [$0.first, $0.second] } == member.value["pairs"]?.array?.map(\.integers), "\(id) \(member.name)")
                #expect([found.agreeing, found.mismatched, found.missing, found.extra]
                    == ["tp", "label_mismatch", "missing", "extra"].compactMap { member.value[$0]?.integer.map(Int.init) }, "\(id) \(member.name)")
                check(found.matching.meanOverlap, member.value["mean_iou"], tolerance: 1e-12, "\(id) \(member.name) mean")
                check(found.alpha, member.value["alpha_missing_as_category"], tolerance: 1e-12, "\(id) \(member.name) alpha")
            }
        }
    }

    @Test func `boundaries match as many as can be, whatever their order`() {
        let matching = BoundaryMatching([100, 200, 290], [240, 150, 100], tolerance: 50)
        #expect(matching.matched == 3 && matching.f1 == 1)
        #expect(BoundaryMatching([], [], tolerance: 1).f1 == 1 && BoundaryMatching([1], [], tolerance: 1).f1 == 0)
        #expect(BoundaryMatching([.min], [.max], tolerance: 5).matched == 0)
    }

    @Test func `the sum of overlaps decides, not the order of segments`() throws {
        func unit(_ start: Int64, _ end: Int64) -> AnnotatedUnit { AnnotatedUnit(annotator: 0, start: start, end: end, category: 0) }
        let matching = try #require(
            OverlapMatching(segments: [unit(0, 10), unit(4, 14)], [unit(3, 13), unit(20, 21)], threshold: 0.3, sameCategory: true))
        #expect(matching.pairs.map { [$0.first, $0.second] } == [[1, 0]])
        #expect(OverlapMatching(segments: [], [], threshold: 0.5, sameCategory: false)?.meanOverlap == .undefined(.noAlignedUnits))
    }
}
