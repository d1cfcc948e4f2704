import Agreement

/// What annotators said about recordings, ready to be measured: for each measure, a figure from how often each recording counts.
struct AgreeStudy {
    let annotators: [String]
    let recordings: [String]
    /// Labels or ratings of all annotators.
    let units: Int
    let patterns: AgreePatterns
    /// How a weight of the patterns is told to people: as items, or as seconds.
    let weightText: (Int) -> String
    /// What categories each category of the patterns stands for: several labels may be open at one time.
    let members: [[Int]]
    let memberNames: [String]
    /// Whether recordings were stated; items are drawn otherwise.
    let hasRecordings: Bool
    let defaults: [AgreeMeasure]
    /// Nil for a measure that the input does not have.
    let figure: (AgreeMeasure, [Int]) -> Figure?

    /// Everything once.
    var all: [Int] { Array(repeating: 1, count: recordings.count) }

    /// The categories that are used most, at most so many, in their order.
    func mostUsed(_ limit: Int) -> [Int] {
        var sums = Array(repeating: 0.0, count: memberNames.count)
        for (codes, weight) in zip(patterns.patterns, patterns.weights(all)) {
            for code in codes where code >= 0 { for member in members[Int(code)] { sums[member] += Double(weight) } }
        }
        return sums.indices.sorted { (sums[$1], $0) < (sums[$0], $1) }.prefix(limit).sorted()
    }

    func categoryAlpha(_ member: Int, _ times: [Int]) -> Figure {
        let has = members.map { Int32($0.contains(member) ? 1 : 0) }
        return patterns.summary(patterns.weights(times), categories: 2) { has[Int($0)] }.alpha(.nominal)
    }
}
