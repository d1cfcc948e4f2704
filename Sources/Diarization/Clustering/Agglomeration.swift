/// Agglomerative clustering with average linkage on cosine similarity.
///
/// For vectors of length 1 the mean similarity of the pairs of two clusters is the inner product of their sums over the product
/// of their counts, so that clusters of clusters go on where an earlier clustering stopped. The order of merges comes from chains
/// of nearest neighbours (Benzécri 1982; Müllner 2011, "Modern hierarchical, agglomerative clustering algorithms"), with no
/// matrix of distances.
public struct Agglomeration: Sendable {
    public struct Merge: Hashable, Sendable {
        /// Nodes: below ``leafCount`` a leaf, else the merge that many above it.
        public var first, second: Int
        /// The mean similarity of the pairs that it joins.
        public var similarity: Float
    }

    public let leafCount: Int
    /// In the order of falling similarity, each after the merges that it joins.
    public let merges: [Merge]

    /// - Parameters:
    ///   - sums: for each leaf, the sum of its vectors of length 1.
    ///   - weights: how many vectors each leaf stands for, above 0.
    /// - Complexity: O(*n*² · size) time, O(*n* · size) memory.
    public init(sums: Vectors, weights: [Float]) {
        precondition(sums.count == weights.count)
        leafCount = weights.count
        var chain = NeighbourChain(sums: sums, weights: weights)
        merges = Self.sorted(chain.merges(), leaves: weights.count)
    }

    /// Merges by falling similarity, their nodes numbered anew. Average linkage never makes a merge more similar than one in it.
    private static func sorted(_ merges: [Merge], leaves: Int) -> [Merge] {
        let order = merges.indices.sorted { (merges[$0].similarity, $1) > (merges[$1].similarity, $0) }
        var place = [Int](repeating: 0, count: merges.count)
        for (new, old) in order.enumerated() { place[old] = new }
        func renumbered(_ node: Int) -> Int { node < leaves ? node : leaves + place[node - leaves] }
        return order.map { Merge(first: renumbered(merges[$0].first), second: renumbered(merges[$0].second), similarity: merges[$0].similarity) }
    }

    /// The clusters of all merges of at least this similarity, numbered in the order of their first leaves.
    public func labels(similarity threshold: Float) -> [Int] { labels(merges: merges.prefix { $0.similarity >= threshold }.count) }

    /// The clusters when this many are left, or as many as there are leaves.
    public func labels(clusters count: Int) -> [Int] { labels(merges: max(0, min(merges.count, leafCount - count))) }

    private func labels(merges count: Int) -> [Int] {
        var parent = Array(0..<leafCount + count)
        for (index, merge) in merges.prefix(count).enumerated() {
            parent[merge.first] = leafCount + index
            parent[merge.second] = leafCount + index
        }
        for node in parent.indices.reversed() { parent[node] = parent[parent[node]] }
        var numbers: [Int: Int] = [:]
        return (0..<leafCount).map { leaf in
            let number = numbers[parent[leaf]] ?? numbers.count
            numbers[parent[leaf]] = number
            return number
        }
    }
}

/// Walks from cluster to nearest cluster until two are each other's nearest, and joins them.
private struct NeighbourChain {
    private let size: Int
    private var sums: [Float]
    private var weights: [Float]
    /// The node that each place holds; places that were joined to another one are empty.
    private var nodes: [Int]
    private var places: [Int]

    init(sums: Vectors, weights: [Float]) {
        (size, self.sums, self.weights) = (sums.size, sums.values, weights)
        nodes = Array(weights.indices)
        places = nodes
    }

    mutating func merges() -> [Agglomeration.Merge] {
        var (result, chain): ([Agglomeration.Merge], [Int]) = ([], [])
        let leaves = weights.count
        while places.count > 1 {
            if chain.isEmpty { chain = [places[0]] }
            let last = chain[chain.count - 1]
            let previous = chain.count > 1 ? chain[chain.count - 2] : nil
            let (next, similarity) = nearest(to: last, preferring: previous)
            guard next == previous else { chain.append(next); continue }
            result.append(.init(first: nodes[min(last, next)], second: nodes[max(last, next)], similarity: similarity))
            chain.removeLast(2)
            join(max(last, next), to: min(last, next), as: leaves + result.count - 1)
        }
        return result
    }

    /// The most similar other place: the preferred one where it is as similar, else the lowest.
    private func nearest(to place: Int, preferring preferred: Int?) -> (place: Int, similarity: Float) {
        var best = preferred.map { (place: $0, similarity: similarity($0, place)) } ?? (place: -1, similarity: -.infinity)
        for other in places where other != place {
            let value = similarity(other, place)
            if value > best.similarity { best = (other, value) }
        }
        return best
    }

    @inline(__always)
    private func similarity(_ a: Int, _ b: Int) -> Float {
        Vectors.product(sums[a * size..<(a + 1) * size], sums[b * size..<(b + 1) * size]) / (weights[a] * weights[b])
    }

    private mutating func join(_ gone: Int, to kept: Int, as node: Int) {
        for index in 0..<size { sums[kept * size + index] += sums[gone * size + index] }
        weights[kept] += weights[gone]
        nodes[kept] = node
        places.removeAll { $0 == gone }
    }
}
