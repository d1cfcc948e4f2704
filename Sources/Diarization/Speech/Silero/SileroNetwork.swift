import Media
import Neural

/// The network of Silero VAD 5 and 6, for one sample rate: windows of sound in, a probability of speech for each out.
///
/// A short-time spectrum of four frames, four convolutions over them, a layer of long short-term memory and one output.
/// Nothing but the memory and the last samples of the window before goes from window to window, so many are computed at once.
struct SileroNetwork: Sendable {
    /// New samples of a window, and samples of the window before that are put in front of them.
    let window, context: Int
    let sampleRate: Int

    static let channels = 128
    /// Frames of the spectrum in a window.
    static let positions = 4

    private let bins: Int
    private let spectrum: SileroSpectrum
    private let encoder: [Dense]
    private let memory: LSTM
    /// Of the output: a weight for each cell, then the bias.
    private let output: Dense

    init(_ weights: SileroWeights) {
        (window, context, sampleRate) = (weights.length * 2, weights.length / 4, weights.length * 125 / 2)
        bins = weights.length / 2 + 1
        spectrum = SileroSpectrum(basis: weights.basis, length: weights.length)
        encoder = weights.encoder.map { Self.dense($0) }
        memory = LSTM(
            weights: weights.input, recurrent: weights.recurrent, bias: zip(weights.inputBias, weights.recurrentBias).map { $0 + $1 },
            inputs: Self.channels)
        output = Dense(weights: weights.output, bias: [weights.outputBias], inputs: Self.channels)
    }

    /// The taps of a convolution beside one another, as the frames of a window lie.
    private static func dense(_ convolution: SileroWeights.Convolution) -> Dense {
        let (inputs, kernel) = (convolution.inputs, SileroWeights.kernel)
        let weights = convolution.weights.indices.map { index in
            let (output, place) = (index / (inputs * kernel), index % (inputs * kernel))
            return convolution.weights[output * inputs * kernel + place % inputs * kernel + place / inputs]
        }
        return Dense(weights: weights, bias: convolution.bias, inputs: inputs * kernel)
    }

    /// Room for the values of several windows, and the memory from window to window.
    struct Workspace {
        let windows: Int
        /// The samples of each window: the context, the new ones, and room for the spectrum's own padding.
        var sound: FrameMatrix
        fileprivate var levels: [FrameMatrix]
        fileprivate var gates, hidden, result: FrameMatrix
        fileprivate var state: LSTM.State
        fileprivate var transform: SileroSpectrum.Workspace

        fileprivate init(windows: Int, network: SileroNetwork) {
            func matrix(_ channels: Int) -> FrameMatrix { FrameMatrix(frames: windows, channels: channels) }
            self.windows = windows
            sound = matrix(network.spectrum.soundCount)
            levels = [matrix(positions * network.bins), matrix(4 * channels), matrix(2 * 64), matrix(64), matrix(channels)]
            (gates, hidden, result) = (matrix(4 * channels), matrix(channels), matrix(1))
            state = LSTM.State(size: channels)
            transform = network.spectrum.workspace(windows: windows)
        }
    }

    func workspace(windows: Int) -> Workspace { Workspace(windows: windows, network: self) }

    /// The probabilities of the windows in `work.sound`, which follow those of the call before.
    ///
    /// - Returns: a value for each of `work.windows`.
    func probabilities(_ work: inout Workspace) -> [Float] {
        spectrum.magnitudes(of: &work.sound, into: &work.levels[0], &work.transform)
        convolve(0, 4, 1, bins, &work.levels)
        convolve(1, 4, 2, Self.channels, &work.levels)
        convolve(2, 2, 2, 64, &work.levels)
        convolve(3, 1, 1, 64, &work.levels)
        memory.apply(to: work.levels[4], state: &work.state, gates: &work.gates, into: &work.hidden)
        work.hidden.replaceEach { $0 < 0 ? 0 : $0 }
        output.apply(to: work.hidden, into: &work.result)
        work.result.replaceEachBySigmoid()
        return (0..<work.windows).map { work.result[$0, 0] }
    }

    /// A convolution of three taps over the frames of each window, with zeros before the first and behind the last.
    private func convolve(_ layer: Int, _ positions: Int, _ step: Int, _ inputs: Int, _ levels: inout [FrameMatrix]) {
        for (place, middle) in stride(from: 0, to: positions, by: step).enumerated() {
            let (first, last) = (max(0, middle - 1), min(positions - 1, middle + 1))
            let taps = (first - middle + 1) * inputs..<(last - middle + 2) * inputs
            var target = FrameMatrix(frames: 0, channels: 0)
            swap(&target, &levels[layer + 1])
            encoder[layer].apply(
                to: levels[layer], column: first * inputs, inputs: taps, into: &target, at: place * encoder[layer].outputCount, rectified: true)
            swap(&target, &levels[layer + 1])
        }
    }
}
