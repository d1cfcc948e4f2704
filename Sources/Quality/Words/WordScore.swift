import Timeline

/// A word and when it is said.
public struct ScoredWord: Hashable, Sendable {
    public var text: String
    public var start, end: Timestamp

    public init(_ text: String, start: Timestamp, end: Timestamp) { (self.text, self.start, self.end) = (text, start, end) }
}

/// How far word boundaries lie from those of a reference.
///
/// Where both have as many words, words are paired by their number. Otherwise those are paired that are the same after the
/// rules where the fewest edits turn one text into the other, and between these as many more as there are; others have no boundary that counts.
public struct WordScore: Hashable, Sendable {
    /// Distances of the starts and ends of paired words, in order.
    public private(set) var starts = BoundaryErrors(), ends = BoundaryErrors()
    /// Words of the reference without a pair, and of the hypothesis.
    public private(set) var missing = 0, extra = 0

    public init() {}

    public init(reference: [ScoredWord], hypothesis: [ScoredWord], rules: TextRules = .plain) {
        let pairs = Self.pairs(reference, hypothesis, rules)
        (missing, extra) = (reference.count - pairs.count, hypothesis.count - pairs.count)
        for (own, other) in pairs {
            starts.append(reference[own].start - hypothesis[other].start)
            ends.append(reference[own].end - hypothesis[other].end)
        }
    }

    /// Both boundaries.
    public var all: BoundaryErrors { starts + ends }

    public static func += (total: inout WordScore, more: WordScore) {
        (total.starts, total.ends) = (total.starts + more.starts, total.ends + more.ends)
        (total.missing, total.extra) = (total.missing + more.missing, total.extra + more.extra)
    }

    private static func pairs(_ reference: [ScoredWord], _ hypothesis: [ScoredWord], _ rules: TextRules) -> [(Int, Int)] {
        if reference.count == hypothesis.count { return reference.indices.map { ($0, $0) } }
        func keys(_ words: [ScoredWord]) -> [String] { words.map { rules.words(of: $0.text).joined(separator: " ") } }
        return WordPairing(reference, hypothesis, keys(reference), keys(hypothesis)).pairs
    }
}

/// Pairs the same words of two texts: those that the fewest edits leave, and between these as many more as there are, the nearest in time first.
private struct WordPairing {
    private let reference, hypothesis: [ScoredWord]
    private let own, other: [String]
    /// In order.
    private(set) var pairs: [(Int, Int)] = []

    /// Cells of a stretch of edits that is looked at.
    private static let greatestTable = 1 << 20

    init(_ reference: [ScoredWord], _ hypothesis: [ScoredWord], _ own: [String], _ other: [String]) {
        (self.reference, self.hypothesis, self.own, self.other) = (reference, hypothesis, own, other)
        var (i, j) = (0, 0)
        for step in EditAlignment(own, other).steps {
            guard case .match(let first, let second) = step else { continue }
            appendStretch(i..<first, j..<second)
            pairs.append((first, second))
            (i, j) = (first + 1, second + 1)
        }
        appendStretch(i..<own.count, j..<other.count)
    }

    /// The longest common list of words of a stretch; of those as long, that with the least distance of starts in all.
    private mutating func appendStretch(_ rows: Range<Int>, _ columns: Range<Int>) {
        guard !rows.isEmpty, !columns.isEmpty, rows.count <= Self.greatestTable / columns.count else { return }
        let width = columns.count + 1
        var counts = [Int](repeating: 0, count: (rows.count + 1) * width), costs = [TimeDelta](repeating: .zero, count: counts.count)
        for i in rows.indices.reversed() {
            for j in columns.indices.reversed() {
                let place = (i - rows.lowerBound) * width + j - columns.lowerBound
                var best = place + width
                if (counts[place + 1], -costs[place + 1]) > (counts[best], -costs[best]) { best = place + 1 }
                (counts[place], costs[place]) = (counts[best], costs[best])
                guard own[i] == other[j] else { continue }
                let paired = (counts[place + width + 1] + 1, costs[place + width + 1] + distance(i, j))
                if (paired.0, -paired.1) > (counts[place], -costs[place]) { (counts[place], costs[place]) = paired }
            }
        }
        follow(rows, columns, counts, costs)
    }

    private mutating func follow(_ rows: Range<Int>, _ columns: Range<Int>, _ counts: [Int], _ costs: [TimeDelta]) {
        var (i, j) = (rows.lowerBound, columns.lowerBound)
        while i < rows.upperBound, j < columns.upperBound {
            let width = columns.count + 1
            let place = (i - rows.lowerBound) * width + j - columns.lowerBound
            let isKept = { (next: Int) in counts[place] == counts[next] && costs[place] == costs[next] }
            if isKept(place + width) {
                i += 1
            } else if isKept(place + 1) {
                j += 1
            } else {
                pairs.append((i, j))
                (i, j) = (i + 1, j + 1)
            }
        }
    }

    private func distance(_ i: Int, _ j: Int) -> TimeDelta {
        let difference = reference[i].start - hypothesis[j].start
        return difference < .zero ? -difference : difference
    }
}

/// Distances of boundaries, without their signs.
public struct BoundaryErrors: Hashable, Sendable {
    private var errors: [TimeDelta] = []

    public init() {}

    public var count: Int { errors.count }

    mutating func append(_ difference: TimeDelta) { errors.append(difference < .zero ? -difference : difference) }

    public static func + (a: BoundaryErrors, b: BoundaryErrors) -> BoundaryErrors {
        var sum = a
        sum.errors += b.errors
        return sum
    }

    /// The figures; nil of no boundaries.
    ///
    /// - Parameter limits: for each the share of boundaries that are at most so far off.
    public func summary(within limits: [TimeDelta]) -> Summary? {
        guard !errors.isEmpty else { return nil }
        let sorted = errors.sorted()
        let middle = (sorted[(sorted.count - 1) / 2].ticks, sorted[sorted.count / 2].ticks)
        let sum = sorted.reduce(0.0) { $0 + Double($1.ticks) }
        return Summary(
            count: sorted.count, median: TimeDelta(ticks: middle.0 + (middle.1 - middle.0) / 2),
            mean: TimeDelta(ticks: Int64(min((sum / Double(sorted.count)).rounded(), 0x1p62))), percentile95: sorted[(sorted.count - 1) * 95 / 100],
            shares: limits.map { limit in Double(sorted.count { $0 <= limit }) / Double(sorted.count) })
    }

    public struct Summary: Hashable, Sendable {
        public let count: Int
        /// Of an even number, the mean of the two in the middle.
        public let median: TimeDelta
        public let mean: TimeDelta
        /// The value at place ⌊0.95 · (count − 1)⌋ in ascending order.
        public let percentile95: TimeDelta
        /// From 0 to 1.
        public let shares: [Double]
    }
}
