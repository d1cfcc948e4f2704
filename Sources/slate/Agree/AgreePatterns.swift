import Agreement

/// What all annotators said together, and how often (or how long) in each recording: everything that measures of categories need, so
/// that drawing recordings again never returns to the labels.
struct AgreePatterns {
    let annotators: Int
    /// The names of the categories, in their order.
    let categories: [String]
    /// One code per annotator, negative for none.
    private(set) var patterns: [[Int32]] = []
    /// For each recording, patterns and their weights.
    private(set) var recordings: [[(pattern: Int, weight: Int)]]
    private var known: [[Int32]: Int] = [:]
    /// For each recording, where it keeps a pattern.
    private var places: [[Int: Int]]

    init(annotators: Int, categories: [String], recordings: Int) {
        (self.annotators, self.categories) = (annotators, categories)
        self.recordings = Array(repeating: [], count: recordings)
        places = Array(repeating: [:], count: recordings)
    }

    /// Counts what the annotators said in a recording.
    mutating func add(_ codes: [Int32], weight: Int, recording: Int) {
        let pattern = known[codes] ?? patterns.count
        if pattern == patterns.count { patterns.append(codes); known[codes] = pattern }
        if let place = places[recording][pattern] {
            recordings[recording][place].weight += weight
        } else {
            places[recording][pattern] = recordings[recording].count
            recordings[recording].append((pattern, weight))
        }
    }

    /// The weight of each pattern when each recording is taken so many times.
    func weights(_ times: [Int]) -> [Int] {
        var weights = Array(repeating: 0, count: patterns.count)
        for (recording, n) in zip(recordings, times) where n > 0 {
            for (pattern, weight) in recording { weights[pattern] += weight * n }
        }
        return weights
    }

    /// - Parameter code: what each code counts as; nil to keep it.
    func summary(_ weights: [Int], categories: Int? = nil, code: ((Int32) -> Int32)? = nil) -> RatingSummary {
        var summary = RatingSummary(categories: categories ?? self.categories.count)
        for (codes, weight) in zip(patterns, weights) where weight > 0 {
            let present = codes.filter { $0 >= 0 }
            if !present.isEmpty { summary.add(codes: code.map { present.map($0) } ?? present, times: weight) }
        }
        return summary
    }

    func contingency(_ first: Int, _ second: Int, _ weights: [Int]) -> ContingencyTable {
        var table = ContingencyTable(categories: categories.count)
        for (codes, weight) in zip(patterns, weights) where weight > 0 && codes[first] >= 0 && codes[second] >= 0 {
            table.add(weight, Int(codes[first]), Int(codes[second]))
        }
        return table
    }

    /// The mean over all pairs of annotators; undefined as soon as one pair is.
    func pairMean(_ weights: [Int], _ figure: (ContingencyTable) -> Figure) -> Figure {
        var (sum, pairs) = (0.0, 0)
        for second in 0..<annotators {
            for first in 0..<second {
                let value = figure(contingency(first, second, weights))
                guard case .value(let number) = value else { return value }
                (sum, pairs) = (sum + number, pairs + 1)
            }
        }
        return pairs == 0 ? .undefined(.tooFewAnnotators) : .value(sum / Double(pairs))
    }

    /// A measure of categories; nil for others.
    func figure(_ measure: AgreeMeasure, values: [Double]?, _ weights: [Int]) -> Figure? {
        switch measure {
        case .percent: summary(weights).observedAgreement()
        case .kappa: pairMean(weights, \.cohenKappa)
        case .scott: pairMean(weights, \.scottPi)
        case .s: summary(weights).randolphKappa
        case .fleiss: summary(weights).fleissKappa()
        case .ac1: summary(weights).gwetAC()
        case .alpha: summary(weights).alpha(.nominal)
        case .kappaLinear: values.map { values in pairMean(weights) { $0.weightedKappa(.linear(values)) } }
        case .kappaQuadratic: values.map { values in pairMean(weights) { $0.weightedKappa(.quadratic(values)) } }
        case .alphaOrdinal: values.map { _ in summary(weights).alpha(.ordinal) }
        case .alphaInterval: values.map { summary(weights).alpha(.interval($0)) }
        case .alphaRatio: values.map { summary(weights).alpha(.ratio($0)) }
        default: nil
        }
    }

    /// Pairs of categories that annotators gave to one and the same thing, by weight.
    func confusions(_ weights: [Int]) -> [(first: Int, second: Int, weight: Int)] {
        var sums: [Int: Int] = [:]
        for (codes, weight) in zip(patterns, weights) {
            for (place, a) in codes.enumerated() where a >= 0 {
                for b in codes[..<place] where b >= 0 && b != a { sums[Int(min(a, b)) * categories.count + Int(max(a, b)), default: 0] += weight }
            }
        }
        let sorted = sums.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return sorted.map { ($0.key / categories.count, $0.key % categories.count, $0.value) }
    }
}
