#if canImport(Glibc)
    import Glibc
#endif

/// Which labels are probably wrong, from the class probabilities of a model that did not see them.
///
/// A class counts as confident for an item when its probability reaches the class's threshold, the mean probability of the class
/// over the items labelled with it. The confident joint counts items by given label (row) and confident class (column), the
/// most probable one of several; each diagonal cell is at least 1. Calibrated, its rows sum to the label counts.
///
/// Source: Northcutt, Jiang, Chuang 2021 (doi 10.1613/jair.1.12125), with the tolerances and the rounding of cleanlab 2.9.
public struct ConfidentLearning: Hashable, Sendable {
    public let classes: Int
    public let labels: [Int]
    /// Item after item, one probability per class.
    public let probabilities: [Double]
    /// The confidence threshold of each class; 2 for a class without labels, which nothing reaches.
    public let thresholds: [Double]
    /// Row by row: given label, then confident class.
    public let joint: [[Int]]
    public let calibratedJoint: [[Int]]
    /// Items whose confident class is not their label, ascending.
    private let offDiagonal: [Int]

    // Probabilities that differ by less are equal.
    private static let slack = 1e-6

    /// - Parameters:
    ///   - labels: the given class of each item, 0 up to `classes`.
    ///   - probabilities: `classes` numbers per item, item after item.
    public init(labels: [Int], probabilities: [Double], classes: Int) {
        precondition(classes > 1 && probabilities.count == labels.count * classes, "one probability per item and class")
        precondition(labels.allSatisfy { (0..<classes).contains($0) }, "a label beyond the classes")
        (self.labels, self.probabilities, self.classes) = (labels, probabilities, classes)
        var (sums, counts) = (Array(repeating: 0.0, count: classes), Array(repeating: 0, count: classes))
        for (item, label) in labels.enumerated() {
            sums[label] += probabilities[item * classes + label]
            counts[label] += 1
        }
        let thresholds = zip(sums, counts).map { $1 == 0 ? 2 : max(2 * Self.slack, $0 / Double($1)) }
        var (joint, offDiagonal) = (Array(repeating: Array(repeating: 0, count: classes), count: classes), [Int]())
        for (item, label) in labels.enumerated() {
            let row = probabilities[item * classes..<(item + 1) * classes]
            let confident = (0..<classes).filter { row[row.startIndex + $0] >= thresholds[$0] - Self.slack }
            guard let first = confident.first else { continue }
            let guess = confident.count == 1 ? first : row.firstIndex(of: row.max()!)! - row.startIndex
            joint[label][guess] += 1
            if guess != label { offDiagonal.append(item) }
        }
        for k in 0..<classes { joint[k][k] = max(1, joint[k][k]) }
        (self.thresholds, self.joint, self.offDiagonal) = (thresholds, joint, offDiagonal)
        calibratedJoint = Self.calibrate(joint, counts)
    }

    /// Which rule names the items in doubt.
    public enum Filter: String, Hashable, Sendable, CaseIterable {
        /// For every pair of classes, as many items as the joint counts, those with the widest margin against their label.
        case noiseRate
        /// For every class, as many items as the joint counts off the diagonal, those least like their label.
        case byClass
        /// Those that both rules name.
        case both
        /// Those counted off the diagonal of the joint.
        case confidentJoint
        /// Those whose most probable class is not their label.
        case prediction
    }

    /// The items in doubt, ascending. Items whose label is as probable as any other class are never among them.
    public func issues(_ filter: Filter = .noiseRate) -> [Int] {
        let named: Set<Int> = switch filter {
        case .noiseRate: noiseRateIssues()
        case .byClass: classIssues()
        case .both: noiseRateIssues().intersection(classIssues())
        case .confidentJoint: Set(offDiagonal)
        case .prediction: Set(labels.indices)
        }
        return named.filter { !isPredicted($0) }.sorted()
    }

    /// The probability of the given label.
    public func selfConfidence(_ item: Int) -> Double { probabilities[item * classes + labels[item]] }

    /// (probability of the given label − highest of the others + 1) / 2, 0 to 1.
    public func normalizedMargin(_ item: Int) -> Double { (selfConfidence(item) - highestOther(item) + 1) / 2 }

    private func highestOther(_ item: Int) -> Double {
        (0..<classes).reduce(0) { $1 == labels[item] ? $0 : max($0, probabilities[item * classes + $1]) }
    }

    /// ln(1 + c) / c of c, the entropy of the probabilities (1 for all the same) over the probability of the given label; 0 to 1.
    public func confidenceWeightedEntropy(_ item: Int) -> Double {
        let row = probabilities[item * classes..<(item + 1) * classes]
        let entropy = row.reduce(0.0) { $1 > 0 ? $0 - $1 * log($1) : $0 } / log(Double(classes))
        let weighted = entropy / max(Self.slack, selfConfidence(item))
        return log(weighted + 1) / max(Self.slack, weighted)
    }

    /// Whether no other class is more probable than the label.
    private func isPredicted(_ item: Int) -> Bool {
        let own = selfConfidence(item) + Self.slack
        // The first of equals wins, as for the most probable class everywhere here.
        return (0..<classes).allSatisfy { k in
            let other = probabilities[item * classes + k]
            return k == labels[item] || own > other || (own == other && labels[item] < k)
        }
    }

    /// The items of each class and, for each, how many of them belong to which other class.
    private func noiseRateIssues() -> Set<Int> {
        let (counts, members) = (pruneCounts(), membersByClass())
        var issues: Set<Int> = []
        for k in 0..<classes where members[k].count > 1 {
            for j in 0..<classes where j != k && counts[k][j] > 0 {
                let margins = members[k].map { (probabilities[$0 * classes + j] - probabilities[$0 * classes + k], $0) }
                issues.formUnion(margins.sorted { ($1.0, $0.1) < ($0.0, $1.1) }.prefix(counts[k][j]).map(\.1))
            }
        }
        return issues
    }

    private func classIssues() -> Set<Int> {
        let (counts, members) = (pruneCounts(), membersByClass())
        var issues: Set<Int> = []
        for k in 0..<classes where members[k].count > 1 {
            let number = members[k].count - counts[k][k]
            guard number > 0 else { continue }
            let ranked = members[k].map { (probabilities[$0 * classes + k], $0) }.sorted { $0 < $1 }
            issues.formUnion(ranked.prefix(number).map(\.1))
        }
        return issues
    }

    private func membersByClass() -> [[Int]] {
        var members = Array(repeating: [Int](), count: classes)
        for (item, label) in labels.enumerated() { members[label].append(item) }
        return members
    }

    /// The calibrated joint, row by given label, with one item at least left in every class: what that takes comes off the other
    /// cells evenly, and fractions are cut.
    private func pruneCounts() -> [[Int]] {
        calibratedJoint.enumerated().map { k, row in
            let diagonal = max(1, row[k])
            let share = Double(diagonal - row[k]) / max(1, Double(row.count { $0 != 0 } - 1))
            return row.indices.map { $0 == k ? diagonal : Int(max(0, Double(row[$0]) - share)) }
        }
    }

    private static func calibrate(_ joint: [[Int]], _ labelCounts: [Int]) -> [[Int]] {
        let rows = zip(joint, labelCounts).map { row, count in
            row.map { Double($0) / Double(row.reduce(0, +)) * Double(count) }
        }
        let (sum, total) = (rows.joined().reduce(0, +), Double(labelCounts.reduce(0, +)))
        return rows.map { roundKeepingSum($0.map { sum > 0 ? $0 / sum * total : 0 }) }
    }

    /// Whole numbers with the rounded sum of the numbers: those that rounding changed most move by one.
    private static func roundKeepingSum(_ numbers: [Double]) -> [Int] {
        var whole = numbers.map { $0.rounded(.toNearestOrEven) }
        let target = numbers.reduce(0, +).rounded(.toNearestOrEven)
        while case let missing = target - whole.reduce(0, +), missing != 0 {
            let order = whole.indices.sorted {
                let (a, b) = (numbers[$0] - whole[$0], numbers[$1] - whole[$1])
                return missing > 0 ? (a, $0) > (b, $1) : (a, $0) < (b, $1)
            }
            for index in order.prefix(Int(min(abs(missing), Double(order.count)))) { whole[index] += missing > 0 ? 1 : -1 }
        }
        return whole.map { Int($0) }
    }
}
