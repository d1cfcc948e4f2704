import Neural

#if canImport(Glibc)
    import Glibc
#endif

/// The network of training/speaker-embedding: log-mel frames of 10 ms in; for each 20 ms, what a voice sounds like, how much
/// that counts, and whether two people speak; and of any set of such frames one vector.
///
/// A time-delay trunk (Waibel et al. 1989) and attentive statistics pooling (Okabe et al. 2018). The weights of the pooling
/// depend on single frames alone, so that the trunk runs once, and each stretch of speech is a matter of sums.
struct EmbeddingNetwork: Sendable {
    static let bands = 40
    /// Channels that are pooled.
    static let wide = 224
    /// Numbers of a vector.
    static let size = 64
    /// Frames of 20 ms on either side that a frame depends on.
    static let reach = 6 + 16 + 2
    private static let channels = 112, attention = 32

    private let first: Convolution
    private let blocks: [Convolution]
    private let widen, attend, score: Convolution
    private let overlap: [Convolution]
    /// `size` rows of 2 · `wide`, and `size` constants.
    private let weights: [Float], constants: [Float]
    /// From vectors to the space in which the voices of a speaker scatter alike in every direction.
    let plda: PLDA

    static let trained = EmbeddingNetwork(EmbeddingWeights.text)

    init(_ text: StaticString) {
        var reader = WeightReader(text)
        let channels = Self.channels
        first = reader.convolution(inputs: Self.bands, outputs: channels, kernel: 5, step: 2)
        blocks = [1, 2, 3].map { reader.convolution(inputs: channels, outputs: channels, kernel: 3, dilation: $0) }
        widen = reader.convolution(inputs: channels, outputs: Self.wide)
        attend = reader.convolution(inputs: Self.wide, outputs: Self.attention)
        score = reader.convolution(inputs: Self.attention, outputs: Self.wide)
        overlap = [
            reader.convolution(inputs: channels, outputs: 24), reader.convolution(inputs: 24, outputs: 16, kernel: 9, dilation: 4),
            reader.convolution(inputs: 16, outputs: 1),
        ]
        weights = reader.next(Self.size * 2 * Self.wide)
        constants = reader.next(Self.size)
        plda = PLDA(mean: reader.next(Self.size), rows: reader.next(Self.size * Self.size), between: reader.next(Self.size))
        precondition(reader.isAtEnd, "more weights than the network has")
    }

    /// What the trunk says of each 20 ms.
    struct Frames {
        /// `wide` channels that are pooled, and the weight of each.
        var values, weights: FrameMatrix
        /// Logits that two people speak.
        var overlap: [Float]
    }

    /// - Parameter features: log-mel frames without their mean, `bands` channels, a margin of 2 or more, an even number of frames.
    func frames(of features: FrameMatrix) -> Frames {
        let count = features.frameCount / 2
        func matrix(_ channels: Int) -> FrameMatrix { FrameMatrix(frames: count, channels: channels, margin: 16) }
        var (x, y) = (matrix(Self.channels), matrix(Self.channels))
        first.apply(to: features, into: &x, ending: .rectified)
        for block in blocks {
            block.apply(to: x, into: &y, ending: .rectifiedPlusInput)
            swap(&x, &y)
        }
        var (values, thin, scores) = (matrix(Self.wide), matrix(Self.attention), matrix(Self.wide))
        widen.apply(to: x, into: &values, ending: .rectified)
        attend.apply(to: values, into: &thin, ending: .rectified)
        score.apply(to: thin, into: &scores)
        scores.replaceEach { Self.weight.value(at: $0) }
        return Frames(values: values, weights: scores, overlap: overlapLogits(of: x))
    }

    private func overlapLogits(of x: FrameMatrix) -> [Float] {
        var parts = [x]
        for (index, convolution) in overlap.enumerated() {
            var next = FrameMatrix(frames: x.frameCount, channels: convolution.outputCount, margin: 16)
            convolution.apply(to: parts[index], into: &next, ending: index < 2 ? .rectified : .plain)
            parts.append(next)
        }
        return (0..<x.frameCount).map { parts[3][$0, 0] }
    }

    /// exp(4 · tanh(score / 4)): between e⁻⁴ and e⁴, so that sums keep their digits.
    private static let weight = FunctionTable(from: -16, to: 16, count: 8192) { expf(4 * tanhf($0 / 4)) }

    /// The vector of a set of frames, of length 1.
    func vector(of sums: PooledSums) -> [Float] {
        let statistics = sums.statistics
        var result = constants
        for row in 0..<Self.size {
            result[row] += Vectors.product(weights[row * statistics.count..<(row + 1) * statistics.count], statistics[...])
        }
        return result.normalized
    }
}
