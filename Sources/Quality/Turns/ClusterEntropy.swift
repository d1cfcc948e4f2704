#if canImport(Glibc)
    import Glibc
#endif

/// How much one side tells of the other (Rosenberg and Hirschberg 2007, "V-Measure", equations 1 and 2).
public struct ClusterEntropy: Hashable, Sendable {
    /// The entropy of one side, and what is left of it when the other is known; in nepers, added up over recordings.
    public internal(set) var entropy = 0.0, left = 0.0

    public init() {}

    /// - Parameter shared: time of each class in each cluster.
    init(classes: Int, clusters: Int, shared: (_ class: Int, _ cluster: Int) -> Double) {
        let total = (0..<classes).reduce(0.0) { sum, row in (0..<clusters).reduce(sum) { $0 + shared(row, $1) } }
        guard total > 0 else { return }
        for row in 0..<classes {
            let part = (0..<clusters).reduce(0.0) { $0 + shared(row, $1) } / total
            if part > 0 { entropy -= part * log(part) }
        }
        for cluster in 0..<clusters {
            let whole = (0..<classes).reduce(0.0) { $0 + shared($1, cluster) }
            for row in 0..<classes where shared(row, cluster) > 0 { left -= shared(row, cluster) / total * log(shared(row, cluster) / whole) }
        }
    }

    /// 1 where the other side tells all, 0 where it tells nothing.
    public var value: Double { entropy == 0 ? (left == 0 ? 1 : 0) : 1 - left / entropy }

    static func += (total: inout Self, other: Self) {
        total.entropy += other.entropy
        total.left += other.left
    }
}
