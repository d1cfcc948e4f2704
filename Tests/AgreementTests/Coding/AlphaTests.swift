import Agreement
import Testing
import Timeline

/// Krippendorff's alpha against the answers of his paper and against its definition walked pair by pair.
@Suite struct AlphaTests {
    /// Krippendorff 2011, "Computing Krippendorff's alpha-reliability", section C: four observers, twelve units, missing data.
    private let published = RatingTable(values: [
        [1, 1, nil, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4], [4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2],
        [nil, 5, 5, 5], [nil, nil, 1, 1], [nil, nil, 3, nil],
    ])

    @Test func `the published example has alpha .743, .815, .849 and .797`() throws {
        let metrics: [(AlphaMetric, Double)] = [
            (.nominal, 0.743), (.ordinal, 0.815), (.interval(published.values), 0.849), (.ratio(published.values), 0.797),
        ]
        for (metric, expected) in metrics {
            #expect(abs(try #require(published.summary.alpha(metric).value) - expected) < 0.0005, "\(metric)")
        }
    }

    @Test func `alpha is what its definition gives over every pair, for few and for many annotators`() throws {
        for (annotators, seed) in [(2, 1), (3, 2), (5, 5), (8, 3), (13, 4)] as [(Int, UInt64)] {
            var random = SplitMix64(seed: seed)
            let rows: [[Double?]] = (0..<14).map { _ in
                (0..<annotators).map { _ in random.below(4) == 0 ? nil : Double(random.below(5) * random.below(4)) }
            }
            let table = RatingTable(values: rows)
            let values = table.values
            let metrics: [(AlphaMetric, (Double, Double) -> Double)] = [
                (.nominal, { $0 == $1 ? 0 : 1 }), (.interval(values), { ($0 - $1) * ($0 - $1) }),
                (.ratio(values), { $0 + $1 == 0 ? 0 : ($0 - $1) * ($0 - $1) / (($0 + $1) * ($0 + $1)) }),
                (.ordinal, ordinalDistance(rows)),
            ]
            for (metric, distance) in metrics {
                let alpha = try #require(table.summary.alpha(metric).value)
                #expect(abs(alpha - pairwiseAlpha(rows, distance)) < 1e-12, "\(metric) seed \(seed)")
            }
        }
    }

    @Test func `more categories than a dense matrix holds change nothing`() throws {
        var random = SplitMix64(seed: 5)
        let rows: [[Double?]] = (0..<900).map { _ in [Double(random.below(4000)), Double(random.below(4000))] }
        let table = RatingTable(values: rows)
        #expect(table.categories > 256)
        let alpha = try #require(table.summary.alpha(.interval(table.values)).value)
        #expect(abs(alpha - pairwiseAlpha(rows) { ($0 - $1) * ($0 - $1) }) < 1e-12)
    }

    @Test func `counting whole rows, pairs and tallies gives one summary, with gaps, in any width of codes`() {
        var random = SplitMix64(seed: 15)
        for annotators in [3, 6, 11] {
            let codes = (0..<60 * annotators).map { _ in UInt8(random.below(5)) }
            let few = RatingSummary(codes: codes, annotators: annotators, categories: 4)
            #expect(few == RatingSummary(codes: codes.map(UInt16.init), annotators: annotators, categories: 4))
            #expect(few == RatingSummary(codes: codes.map { $0 == 4 ? -1 : Int32($0) }, annotators: annotators, categories: 4))
            var rows = RatingSummary(categories: 4)
            for start in stride(from: 0, to: codes.count, by: annotators) {
                rows.add(codes: codes[start..<start + annotators].filter { $0 < 4 }.map(Int32.init))
            }
            #expect(few == rows)
        }
    }

    @Test func `a ratio scale refuses values below zero`() {
        let table = RatingTable(values: [[-1, 1], [1, -1], [2, 2]])
        #expect(table.summary.alpha(.ratio(table.values)) == .undefined(.negativeValue))
    }

    @Test func `summaries of recordings add up to the summary of all, in any order`() {
        let half = RatingTable(codes: [0, 1, 1, -1, 2, 2], annotators: 2, categories: 3).summary
        let rest = RatingTable(codes: [1, 1, 0, 2], annotators: 2, categories: 3).summary
        var (sum, turned) = (RatingSummary(categories: 3), RatingSummary(categories: 3))
        sum.add(half); sum.add(rest, times: 2)
        turned.add(rest, times: 2); turned.add(half)
        #expect(sum == turned)
        #expect(sum == RatingTable(codes: [0, 1, 1, -1, 2, 2, 1, 1, 0, 2, 1, 1, 0, 2], annotators: 2, categories: 3).summary)
    }
}

/// Alpha by walking every pair of pairable values.
private func pairwiseAlpha(_ rows: [[Double?]], _ distance: (Double, Double) -> Double) -> Double {
    let units = rows.map { $0.compactMap { $0 } }.filter { $0.count > 1 }
    let all = units.flatMap { $0 }
    let n = Double(all.count)
    func total(_ values: [Double]) -> Double { values.reduce(0) { sum, a in sum + values.reduce(0) { $0 + distance(a, $1) } } }
    let observed = units.reduce(0) { $0 + total($1) / Double($1.count - 1) } / n
    return 1 - observed / (total(all) / (n * (n - 1)))
}

/// The ordinal distance straight from its definition.
private func ordinalDistance(_ rows: [[Double?]]) -> (Double, Double) -> Double {
    let all = rows.map { $0.compactMap { $0 } }.filter { $0.count > 1 }.flatMap { $0 }
    return { a, b in
        let (low, high) = (min(a, b), max(a, b))
        let between = all.count { $0 >= low && $0 <= high }
        let ends = all.count { $0 == low } + all.count { $0 == high }
        return low == high ? 0 : (Double(between) - Double(ends) / 2) * (Double(between) - Double(ends) / 2)
    }
}
