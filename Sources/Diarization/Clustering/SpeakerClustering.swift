/// Groups the vectors of a recording by speaker.
///
/// Vectors are grouped in blocks first, cautiously, then the groups of all blocks; a recording that fits into one block is grouped
/// at once. Time grows with the length of the recording times the number of groups, memory with the vectors alone.
public struct SpeakerClustering: Hashable, Sendable {
    /// Vectors in one block.
    public var blockSize = 500
    /// In a block, groups are joined down to this mean similarity.
    public var blockSimilarity: Float = 0.6
    /// Groups of groups are joined down to each of these: as many answers.
    public var similarities: [Float] = [0.2, 0.25, 0.3, 0.35, 0.4, 0.45]
    /// The least and the greatest number of speakers.
    public var speakers: ClosedRange<Int> = 1...40
    /// A group that weighs less is dissolved, and so is one that weighs less than `leastShare` of all.
    public var leastWeight: Float = 2, leastShare: Float = 0.0

    public init() {}

    /// - Parameters:
    ///   - vectors: of length 1.
    ///   - weights: how much each counts, 0 for those that are to be put into a group and form none.
    /// - Returns: for each of ``similarities``, repetitions left out, a label for each vector, from 0 on without a gap.
    public func labels(of vectors: Vectors, weights: [Float]) -> [[Int]] {
        let heard = weights.indices.filter { weights[$0] > 0 }
        guard !heard.isEmpty else { return [[Int](repeating: 0, count: vectors.count)] }
        let (groups, nodes) = nodes(of: vectors, weights, heard)
        let tree = Agglomeration(sums: nodes.vectors, weights: nodes.weights)
        var answers: [[Int]] = []
        for similarity in similarities {
            let nodeLabels = chosen(tree, similarity, nodes.weights)
            guard !answers.contains(nodeLabels) else { continue }
            answers.append(nodeLabels)
        }
        return answers.map { nodeLabels in
            var labels = [Int](repeating: -1, count: vectors.count)
            for (index, group) in zip(heard, groups) { labels[index] = nodeLabels[group] }
            return assigned(labels, vectors, weights)
        }
    }

    // MARK: Blocks

    private struct Nodes {
        var vectors: Vectors
        var weights: [Float] = []
    }

    /// The groups of all blocks, and for each vector that is heard its group.
    private func nodes(of vectors: Vectors, _ weights: [Float], _ heard: [Int]) -> ([Int], Nodes) {
        var (groups, nodes) = ([Int](), Nodes(vectors: Vectors(size: vectors.size)))
        let isOne = heard.count <= blockSize
        for start in stride(from: 0, to: heard.count, by: blockSize) {
            let block = heard[start..<min(heard.count, start + blockSize)]
            let labels = isOne ? Array(block.indices) : blockLabels(vectors, weights, block)
            var sums = ClusterSums(size: vectors.size, count: (labels.max() ?? -1) + 1)
            for (index, label) in zip(block, labels) { sums.add(vectors[index], weight: weights[index], to: label) }
            groups += labels.map { $0 + nodes.weights.count }
            for sum in sums.sums { nodes.vectors.append(sum) }
            nodes.weights += sums.weights
        }
        return (groups, nodes)
    }

    private func blockLabels(_ vectors: Vectors, _ weights: [Float], _ block: ArraySlice<Int>) -> [Int] {
        var sums = Vectors(size: vectors.size)
        for index in block { sums.append(vectors[index].map { $0 * weights[index] }) }
        return Agglomeration(sums: sums, weights: block.map { weights[$0] }).labels(similarity: blockSimilarity)
    }

    // MARK: The number of speakers

    /// The clusters at the similarity that is asked for, or at the number of speakers next to it that is allowed. Clusters that
    /// are too small are -1, as far as enough others are left.
    private func chosen(_ tree: Agglomeration, _ similarity: Float, _ weights: [Float]) -> [Int] {
        let free = kept(tree.labels(similarity: similarity), weights)
        let count = (free.max() ?? -1) + 1
        guard !speakers.contains(count) else { return free }
        let wanted = min(max(count, speakers.lowerBound), speakers.upperBound)
        for clusters in wanted...max(wanted, min(tree.leafCount, wanted * 8 + 40)) {
            let labels = kept(tree.labels(clusters: clusters), weights)
            if (labels.max() ?? -1) + 1 >= wanted { return largest(wanted, labels, weights) }
        }
        return tree.labels(clusters: wanted)
    }

    /// Labels without clusters that weigh too little; the heaviest stays in any case.
    private func kept(_ labels: [Int], _ weights: [Float]) -> [Int] {
        let sizes = Self.sizes(labels, weights)
        let least = max(leastWeight, leastShare * weights.reduce(0, +))
        let count = sizes.count { $0 >= least }
        return largest(max(1, count), labels, weights)
    }

    /// Labels of the heaviest clusters, numbered in the order of their appearance; -1 for the others.
    private func largest(_ count: Int, _ labels: [Int], _ weights: [Float]) -> [Int] {
        let sizes = Self.sizes(labels, weights)
        let heaviest = Set(sizes.indices.sorted { (sizes[$0], $1) > (sizes[$1], $0) }.prefix(count))
        var numbers: [Int: Int] = [:]
        return labels.map { label in
            guard heaviest.contains(label) else { return -1 }
            let number = numbers[label] ?? numbers.count
            numbers[label] = number
            return number
        }
    }

    private static func sizes(_ labels: [Int], _ weights: [Float]) -> [Float] {
        var sizes = [Float](repeating: 0, count: (labels.max() ?? -1) + 1)
        for (label, weight) in zip(labels, weights) where label >= 0 { sizes[label] += weight }
        return sizes
    }

    /// Puts vectors without a label into the cluster next to them.
    private func assigned(_ labels: [Int], _ vectors: Vectors, _ weights: [Float]) -> [Int] {
        let centroids = ClusterSums(vectors, weights: weights, labels: labels).centroids
        return labels.indices.map { labels[$0] >= 0 ? labels[$0] : ClusterSums.nearest(vectors[$0], in: centroids) ?? 0 }
    }
}
