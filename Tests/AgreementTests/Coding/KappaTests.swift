import Agreement
import Testing
import Timeline

/// Known answers of the kappa family from the papers that define it, and what no data may change.
@Suite struct KappaTests {
    /// Cohen 1960, table of p. 45: 200 cases, three categories.
    private let cohen = ContingencyTable(cells: [[88, 14, 18], [10, 40, 10], [2, 6, 12]])

    @Test func `Cohen's own example has kappa .492 and a largest kappa of .831`() throws {
        #expect(cohen.observedAgreement == .value(0.7))
        #expect(abs(try #require(cohen.cohenKappa.value) - 0.492) < 0.0005)
        #expect(abs(try #require(cohen.maximumKappa.value) - 0.831) < 0.0005)
    }

    @Test func `Fleiss's formula gives .210 for the ten subjects and fourteen raters of the textbook table`() throws {
        let rows = [
            [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1], [7, 7, 0, 0, 0], [3, 2, 6, 3, 0],
            [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
        ]
        var summary = RatingSummary(categories: 5)
        for row in rows { summary.add(counts: row) }
        #expect(abs(try #require(summary.fleissKappa().value) - 0.210) < 0.0005)
        #expect(abs(try #require(summary.observedAgreement().value) - 0.378) < 0.0005)
    }

    @Test func `one category alone is undefined, with the reason, while the observed agreement is 1`() {
        let table = ContingencyTable(cells: [[7, 0], [0, 0]])
        #expect(table.observedAgreement == .value(1))
        #expect([table.cohenKappa, table.scottPi, table.maximumKappa, table.weightedKappa(.linear([0, 1])), table.kappaStandardError]
            .allSatisfy { $0 == .undefined(.oneCategory) })
        let ratings = RatingTable(values: [[4, 4, 4], [4, 4, nil]])
        #expect([ratings.summary.fleissKappa(), ratings.summary.alpha(.nominal), ratings.summary.randolphKappa, ratings.summary.gwetAC()]
            .allSatisfy { $0 == .undefined(.oneCategory) })
    }

    @Test func `no item rated twice is undefined for every measure`() {
        let ratings = RatingTable(values: [[1, nil], [nil, 2], [nil, nil]])
        let (pair, all) = (ratings.contingency(0, 1), ratings.summary)
        for figure in [
            pair.observedAgreement, pair.cohenKappa, pair.scottPi, pair.bennettS, pair.weightedKappa(.identity), all.observedAgreement(),
            all.fleissKappa(), all.randolphKappa, all.gwetAC(), all.alpha(.ordinal), all.fleissKappa(category: 0),
        ] { #expect(figure == .undefined(.noItemRatedTwice)) }
        #expect(ratings.congerKappa == .undefined(.missingRatings))
    }

    @Test func `an annotator who uses one category alone has kappa 0`() {
        #expect(ContingencyTable(cells: [[3, 2], [0, 0]]).cohenKappa == .value(0))
    }

    @Test func `two annotators without gaps have one Fleiss kappa and one Scott's pi`() throws {
        var random = SplitMix64(seed: 3)
        let rows: [[Double?]] = (0..<80).map { _ in [Double(random.below(4)), Double(random.below(4))] }
        let table = RatingTable(values: rows)
        #expect(abs(try #require(table.summary.fleissKappa().value) - #require(table.contingency(0, 1).scottPi.value)) < 1e-12)
        #expect(abs(try #require(table.lightKappa.value) - #require(table.contingency(0, 1).cohenKappa.value)) < 1e-12)
        #expect(abs(try #require(table.congerKappa.value) - #require(table.contingency(0, 1).cohenKappa.value)) < 1e-12)
    }

    @Test func `weighted kappa is what summing over every pair of categories gives`() throws {
        var random = SplitMix64(seed: 19)
        let values = [-2.0, 0, 0.5, 3, 7]
        let cells = (0..<5).map { _ in (0..<5).map { _ in random.below(30) } }
        let table = ContingencyTable(cells: cells)
        for (weights, distance) in [(AgreementWeights.linear(values), { abs($0) }), (.quadratic(values), { $0 * $0 })] as [(AgreementWeights, (Double) -> Double)] {
            var (observed, chance) = (0.0, 0.0)
            for i in 0..<5 {
                for j in 0..<5 {
                    observed += distance((values[i] - values[j]) / 9) * Double(cells[i][j]) * Double(table.total)
                    chance += distance((values[i] - values[j]) / 9) * Double(table.rows[i]) * Double(table.columns[j])
                }
            }
            #expect(abs(try #require(table.weightedKappa(weights).value) - (1 - observed / chance)) < 1e-12)
        }
    }

    @Test func `codes of one, two and four bytes and counts added by recording give one table`() {
        var random = SplitMix64(seed: 9)
        let codes = (0..<3001).map { _ in (UInt8(random.below(6)), UInt8(random.below(6))) }
        let bytes = ContingencyTable(first: codes.map(\.0), second: codes.map(\.1), categories: 5)
        #expect(bytes == ContingencyTable(first: codes.map { UInt16($0.0) }, second: codes.map { UInt16($0.1) }, categories: 5))
        var sum = ContingencyTable(categories: 5)
        for part in [codes[..<1000], codes[1000...]] {
            sum += ContingencyTable(first: part.map(\.0), second: part.map(\.1), categories: 5)
        }
        #expect(sum == bytes)
        #expect(bytes.total == codes.count { $0.0 < 5 && $0.1 < 5 })
    }
}
