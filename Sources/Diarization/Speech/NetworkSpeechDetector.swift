import Neural
import Signal
import Timeline

#if canImport(Glibc)
    import Glibc
#endif

/// Speech by the network that is built in (training/speech-detector), at 20 ms.
///
/// The sound is judged in stretches of 80 s, each with the 5.7 s around it that its values depend on, so that memory
/// does not grow and the values are the same however the sound comes in.
public struct NetworkSpeechDetector: SpeechDetector {
    public let name = "slate-speech"
    public let version = "1"
    public let sampleRate = 16000
    public private(set) var posterior = SpeechPosterior(hop: .milliseconds(20))

    /// Output frames of 20 ms in one stretch, and around it.
    private let stretch: Int
    private static let around = SpeechNetwork.reach + levelRadius / 2
    /// Frames of 10 ms on either side over which the level is taken.
    private static let levelRadius = 200
    /// What the levelled features are divided by.
    private static let scale: Float = 4

    private let network = SpeechNetwork.trained
    private let analyzer = LogMelAnalyzer()
    /// Log-mel frames of 10 ms, from `firstFrame` on.
    private var mel: [Float] = []
    private var firstFrame = 0

    public init() { self.init(stretch: 4000) }

    /// - Parameter stretch: values that are judged at once.
    init(stretch: Int) { self.stretch = stretch }

    public mutating func append(_ samples: ArraySlice<Float>) {
        analyzer.append(samples, into: &mel)
        while firstFrame + mel.count / SpeechNetwork.bands >= 2 * (posterior.values.count + stretch + Self.around) { judge(stretch) }
    }

    public mutating func finish() {
        analyzer.finish(into: &mel)
        let frames = firstFrame + mel.count / SpeechNetwork.bands
        while posterior.values.count < frames / 2 { judge(min(stretch, frames / 2 - posterior.values.count)) }
    }

    /// Appends the next `count` values, and lets go of what no later one needs.
    private mutating func judge(_ count: Int) {
        let begin = posterior.values.count
        let first = max(0, begin - Self.around) * 2
        let last = min(firstFrame + mel.count / SpeechNetwork.bands, 2 * (begin + count + Self.around)) / 2 * 2
        let logits = network.logits(of: features(first, last))
        for logit in logits[(begin - first / 2)...].prefix(count) { posterior.values.append(1 / (1 + expf(-logit))) }
        let needed = max(0, begin + count - Self.around) * 2
        if needed > firstFrame {
            mel.removeFirst((needed - firstFrame) * SpeechNetwork.bands)
            firstFrame = needed
        }
    }

    /// Frames `first` up to `last` without their level: the mean over all bands of the frames around each.
    private func features(_ first: Int, _ last: Int) -> FrameMatrix {
        let bands = SpeechNetwork.bands
        let begin = (first - firstFrame) * bands
        var means = FrameMatrix(frames: last - first, channels: 1)
        for frame in 0..<last - first { means[frame, 0] = mel[begin + frame * bands..<begin + (frame + 1) * bands].reduce(0, +) / Float(bands) }
        let level = means.boxMean(radius: Self.levelRadius)
        var result = FrameMatrix(frames: last - first, channels: bands, margin: 2)
        for frame in 0..<last - first {
            for band in 0..<bands { result[frame, band] = (mel[begin + frame * bands + band] - level[frame, 0]) / Self.scale }
        }
        return result
    }
}
