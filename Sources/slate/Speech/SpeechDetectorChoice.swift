import ArgumentParser
import Diarization
import Models
import Neural

/// What `--detector` names.
enum SpeechDetectorChoice: String, ExpressibleByArgument, CaseIterable {
    case slate, silero

    /// A detector that has heard nothing yet.
    ///
    /// - Throws: ``ModelError`` when its model file is missing or no such model.
    func make() throws -> any SpeechDetector {
        switch self {
        case .slate: return NetworkSpeechDetector()
        case .silero:
            let store = ModelStore.standard
            let (record, path) = (try store.record(of: ModelStore.silero), try store.path(of: ModelStore.silero))
            let model = try ONNXModel(try store.bytes(of: ModelStore.silero), file: path)
            return try SileroSpeechDetector(model: model, file: path, version: record.version ?? "sha256:\(record.sha256.prefix(16))")
        }
    }

    /// The segment settings that go with it.
    var profile: SpeechProfile { self == .silero ? .silero : .general }
}
