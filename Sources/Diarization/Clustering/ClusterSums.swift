/// Clusters of vectors of length 1: the sum of each and what it weighs.
public struct ClusterSums: Sendable {
    public private(set) var sums: [[Float]]
    public private(set) var weights: [Float]

    public init(size: Int, count: Int) {
        sums = [[Float]](repeating: [Float](repeating: 0, count: size), count: count)
        weights = [Float](repeating: 0, count: count)
    }

    /// - Parameters:
    ///   - labels: the cluster of each vector; vectors with a negative one are left out.
    public init(_ vectors: Vectors, weights: [Float], labels: [Int]) {
        self.init(size: vectors.size, count: (labels.max() ?? -1) + 1)
        for (index, label) in labels.enumerated() where label >= 0 { add(vectors[index], weight: weights[index], to: label) }
    }

    public mutating func add(_ vector: ArraySlice<Float>, weight: Float, to cluster: Int) {
        for (index, value) in vector.enumerated() { sums[cluster][index] += weight * value }
        weights[cluster] += weight
    }

    /// Means at length 1.
    public var centroids: [[Float]] { sums.map(\.normalized) }

    /// The cluster whose centroid is most similar to a vector; nil without clusters.
    static func nearest(_ vector: ArraySlice<Float>, in centroids: [[Float]]) -> Int? {
        centroids.indices.max { a, b in
            let (first, second) = (Vectors.product(centroids[a][...], vector), Vectors.product(centroids[b][...], vector))
            return (first, b) < (second, a)
        }
    }
}
