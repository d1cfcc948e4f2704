/// Two sets of boundary times, matched one to one.
public struct BoundaryMatching: Hashable, Sendable {
    public let matched, first, second: Int

    /// The largest number of pairs within the tolerance of one another, which walking both in order finds. Repeated times count
    /// once. - Complexity: O(n log n).
    public init(_ first: [Int64], _ second: [Int64], tolerance: Int64) {
        let (a, b) = (Set(first).sorted(), Set(second).sorted())
        var (i, j, matched) = (0, 0, 0)
        while i < a.count && j < b.count {
            let (low, high) = (min(a[i], b[j]), max(a[i], b[j]))
            if high.subtractingReportingOverflow(low).overflow || high - low > tolerance {
                if a[i] < b[j] { i += 1 } else { j += 1 }
            } else {
                (i, j, matched) = (i + 1, j + 1, matched + 1)
            }
        }
        (self.matched, self.first, self.second) = (matched, a.count, b.count)
    }

    /// 2 matched / (first + second), 0 to 1; 1 when both are empty.
    public var f1: Double { first + second == 0 ? 1 : 2 * Double(matched) / Double(first + second) }
}
