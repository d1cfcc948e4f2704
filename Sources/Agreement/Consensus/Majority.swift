extension Ballots {
    /// The categories with the most labels of each item, all that tie, ascending; none for an item without labels.
    public func majority() -> [[Int]] {
        (0..<items).map { item in
            var counts = Array(repeating: 0, count: categories)
            for vote in votes(of: item) { counts[Int(vote.category)] += 1 }
            guard let most = counts.max(), most > 0 else { return [] }
            return counts.indices.filter { counts[$0] == most }
        }
    }

    /// The share of each annotator's labels that agree with the majority, 0 to 1. A label among n categories that tie counts 1/n, so
    /// that no order of categories decides. Undefined for an annotator without labels.
    ///
    /// Source: "worker agreement with aggregate" (Wawa) as in crowd-kit, which lets the order of its columns break ties.
    public func agreementWithMajority() -> [Figure] {
        let winners = majority()
        var (agreeing, given) = (Array(repeating: 0.0, count: annotators), Array(repeating: 0.0, count: annotators))
        for item in 0..<items {
            for vote in votes(of: item) {
                given[Int(vote.annotator)] += 1
                if winners[item].contains(Int(vote.category)) { agreeing[Int(vote.annotator)] += 1 / Double(winners[item].count) }
            }
        }
        return zip(agreeing, given).map { .quotient($0, $1, else: .noRatings) }
    }
}
