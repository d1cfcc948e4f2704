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

    func categoryAlpha(_ member: Int, _ times: [Int]) -> Figure {
        let has = members.map { Int32($0.contains(member) ? 1 : 0) }
        return patterns.summary(patterns.weights(times), categories: 2) { has[Int($0)] }.alpha(.nominal)
    }
}
