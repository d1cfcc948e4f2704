import Neural

/// The network of training/speech-detector: log-mel frames of 10 ms in, one logit for each 20 ms out.
///
/// A convolution of step 2, five residual ones with growing dilation, and before the last two the mean of ±3 s.
struct SpeechNetwork: Sendable {
    static let bands = 40
    private static let channels = 48
    private static let dilations = [1, 2, 4, 8, 16]
    private static let sceneryRadius = 150
    /// Output frames on either side that an output frame depends on.
    static let reach = 1 + 31 + sceneryRadius + 4

    private let entry, scenery, hidden, exit: Convolution
    private let blocks: [Convolution]

    static let trained = SpeechNetwork(SpeechWeights.text)

    init(_ text: StaticString) {
        var reader = WeightReader(text)
        let channels = Self.channels
        entry = reader.convolution(inputs: Self.bands, outputs: channels, kernel: 5, step: 2)
        blocks = Self.dilations.map { reader.convolution(inputs: channels, outputs: channels, kernel: 3, dilation: $0) }
        scenery = reader.convolution(inputs: channels, outputs: channels)
        hidden = reader.convolution(inputs: channels, outputs: channels / 2)
        exit = reader.convolution(inputs: channels / 2, outputs: 1)
        precondition(reader.isAtEnd, "more weights than the network has")
    }

    /// - Parameter features: levelled log-mel frames, `bands` channels, a margin of 2 or more, an even number of frames.
    /// - Returns: one logit for each two frames.
    func logits(of features: FrameMatrix) -> [Float] {
        let frames = features.frameCount / 2
        func matrix(_ channels: Int = Self.channels) -> FrameMatrix { FrameMatrix(frames: frames, channels: channels, margin: 16) }
        var (x, y) = (matrix(), matrix())
        entry.apply(to: features, into: &x, ending: .rectified)
        for (index, block) in blocks.enumerated() {
            if index == blocks.count - 2 { add(scenery, of: x.boxMean(radius: Self.sceneryRadius), to: &x) }
            block.apply(to: x, into: &y, ending: .rectifiedPlusInput)
            swap(&x, &y)
        }
        var (thin, result) = (matrix(Self.channels / 2), matrix(1))
        hidden.apply(to: x, into: &thin, ending: .rectified)
        exit.apply(to: thin, into: &result)
        return (0..<frames).map { result[$0, 0] }
    }

    private func add(_ convolution: Convolution, of input: FrameMatrix, to sum: inout FrameMatrix) {
        var part = FrameMatrix(frames: input.frameCount, channels: Self.channels, margin: sum.margin)
        convolution.apply(to: input, into: &part)
        sum.add(part)
    }
}
