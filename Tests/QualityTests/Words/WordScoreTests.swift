import Testing
import Timeline

@testable import Quality

@Suite struct WordScoreTests {
    private static func words(_ rows: [(String, Int64, Int64)]) -> [ScoredWord] {
        rows.map { ScoredWord($0.0, start: .milliseconds($0.1), end: .milliseconds($0.2)) }
    }

    private static let truth = words([("One", 0, 100), ("two", 100, 300), ("three", 300, 400)])

    @Test func `distances of as many words are taken by number`() throws {
        let score = WordScore(reference: Self.truth, hypothesis: Self.words([("1", 10, 80), ("two", 80, 350), ("three", 350, 600)]))
        #expect(score.missing == 0 && score.extra == 0)
        let starts = try #require(score.starts.summary(within: [.milliseconds(10), .milliseconds(20), .milliseconds(50)]))
        #expect(starts.median == .milliseconds(20) && starts.percentile95 == .milliseconds(20) && starts.shares == [1.0 / 3, 2.0 / 3, 1])
        // (10 + 20 + 50) / 3 ms and (20 + 50 + 200) / 3 ms
        #expect(starts.mean.ticks == 705_600 * 80 / 3 && score.ends.summary(within: [])?.mean == .milliseconds(90))
        // 10 20 20 50 50 200
        #expect(score.all.summary(within: [])?.median == .milliseconds(35))
    }

    @Test func `another number of words is paired by what they say`() {
        let score = WordScore(reference: Self.truth, hypothesis: Self.words([("one,", 0, 100), ("Three", 310, 400), ("four", 500, 600), ("five", 600, 700)]))
        #expect(score.missing == 1 && score.extra == 2 && score.starts.count == 2)
        #expect(score.starts.summary(within: [.zero])?.shares == [0.5])
    }

    @Test func `nothing has no figures, and totals are over all boundaries`() {
        #expect(WordScore(reference: [], hypothesis: []).all.summary(within: []) == nil)
        var total = WordScore(reference: Self.truth, hypothesis: [])
        total += WordScore(reference: Self.truth, hypothesis: Self.truth)
        #expect(total.missing == 3 && total.all.count == 6)
    }
}
