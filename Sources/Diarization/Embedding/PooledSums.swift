/// Sums over frames from which the statistics of the attentive pooling follow: of the weights, the weighted values, and the
/// weighted squares. Sums of two sets of frames add up to those of both.
struct PooledSums: Sendable {
    /// 3 · ``EmbeddingNetwork/wide`` sums: weights, then values, then squares.
    private(set) var sums = [Float](repeating: 0, count: 3 * EmbeddingNetwork.wide)
    /// Frames that were added.
    private(set) var count = 0

    mutating func add(_ frame: Int, of frames: EmbeddingNetwork.Frames) {
        let wide = EmbeddingNetwork.wide
        let begin = (frame + frames.values.margin) * frames.values.stride
        sums.withUnsafeMutableBufferPointer { sums in
            frames.values.values.withUnsafeBufferPointer { values in
                frames.weights.values.withUnsafeBufferPointer { weights in
                    for channel in 0..<wide {
                        let (value, weight) = (values[begin + channel], weights[begin + channel])
                        sums[channel] += weight
                        sums[wide + channel] += weight * value
                        sums[2 * wide + channel] += weight * value * value
                    }
                }
            }
        }
        count += 1
    }

    mutating func add(_ other: PooledSums) {
        for index in sums.indices { sums[index] += other.sums[index] }
        count += other.count
    }

    /// Weighted means, then weighted standard deviations, of each channel.
    var statistics: [Float] {
        let wide = EmbeddingNetwork.wide
        return (0..<2 * wide).map { index in
            let channel = index % wide
            let total = max(sums[channel], .leastNormalMagnitude)
            let mean = sums[wide + channel] / total
            return index < wide ? mean : max(1e-4, sums[2 * wide + channel] / total - mean * mean).squareRoot()
        }
    }
}
