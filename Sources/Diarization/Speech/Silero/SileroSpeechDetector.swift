import Neural
import Timeline

/// Speech by the network of Silero VAD, computed here from the weights in its ONNX file: a value for each 32 ms.
///
///     let detector = try SileroSpeechDetector(model: ONNXModel(bytes, file: "silero_vad.onnx"), file: "silero_vad.onnx")
///
/// The last window is filled with zeros.
public struct SileroSpeechDetector: SpeechDetector {
    public let name = "silero-vad"
    public let version: String
    public var sampleRate: Int { network.sampleRate }
    public private(set) var posterior = SpeechPosterior(hop: .milliseconds(32))

    /// Windows that are computed at once.
    private static let batch = 32

    private let network: SileroNetwork
    private var work: SileroNetwork.Workspace
    /// The context of the next window and then the samples that came after it.
    private var pending: [Float]

    /// - Parameters:
    ///   - sampleRate: 16000 or 8000, of which silero_vad.onnx has a network each.
    ///   - version: of the file, for the record.
    /// - Throws: ``ModelError`` when the file holds no such network.
    public init(model: ONNXModel, file: String, sampleRate: Int = 16000, version: String = "") throws(ModelError) {
        network = SileroNetwork(try SileroWeights(model, sampleRate: sampleRate, file: file))
        self.version = version
        work = network.workspace(windows: Self.batch)
        pending = [Float](repeating: 0, count: network.context)
    }

    public mutating func append(_ samples: ArraySlice<Float>) {
        pending += samples
        let size = Self.batch * network.window
        var start = 0
        while pending.count - start - network.context >= size {
            judge(from: start)
            start += size
        }
        pending.removeFirst(start)
    }

    public mutating func finish() {
        let left = pending.count - network.context
        guard left > 0 else { return }
        pending += [Float](repeating: 0, count: Self.batch * network.window - left)
        let known = posterior.values.count
        judge(from: 0)
        posterior.values.removeLast(posterior.values.count - known - (left + network.window - 1) / network.window)
        pending = [Float](repeating: 0, count: network.context)
    }

    /// Values of a batch of windows that begin, with their context, at `start` of what is pending.
    private mutating func judge(from start: Int) {
        for row in 0..<Self.batch {
            let begin = start + row * network.window
            for index in 0..<network.context + network.window { work.sound[row, index] = pending[begin + index] }
        }
        posterior.values += network.probabilities(&work)
    }
}
