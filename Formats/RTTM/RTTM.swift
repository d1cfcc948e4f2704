import Timeline

/// NIST Rich Transcription Time Marked: one object a line, of fourteen types, in nine or ten fields.
///
/// Rich Transcription evaluation plans, appendix A (RT-03F to RT-09).
enum RTTM: LineSyntax {
    typealias Reader = RTTMReader
    typealias Writer = RTTMWriter

    static let name = "rttm"
    static let title = "RTTM"
    static let suffixes = ["rttm"]
    static let capabilities = FormatCapabilities(
        kinds: [.turns: .whole, .words: .whole, .tags: .whole, .cues: .turned(.turns)],
        features: [.overlaps, .instants, .text, .speaker, .confidence, .media, .layers, .vocabulary], grid: .exact,
        attributePrefixes: ["rttm."], texts: .oneWord, names: .oneWord, keepsLayer: RTTMType.isLayer)

    static func likelihood(of sample: FormatSample) -> Likelihood {
        let lines = sample.lines(20)
        let fitting = lines.count { line in
            let fields = LineFields(sample.text, line)
            return fields.count >= 8 && RTTMType(sample.text, fields[0]) != nil
        }
        guard fitting > 0 else { return .none }
        return fitting == lines.count ? .certain : .likely
    }
}

/// The types of RTTM objects, with the kind of label that each becomes.
enum RTTMType: String, CaseIterable {
    case segment = "SEGMENT"
    case noscore = "NOSCORE"
    case noMetadata = "NO_RT_METADATA"
    case lexeme = "LEXEME"
    case nonLexeme = "NON-LEX"
    case nonSpeech = "NON-SPEECH"
    case filler = "FILLER"
    case edit = "EDIT"
    case interruption = "IP"
    case sentence = "SU"
    case clause = "CB"
    case pause = "A/P"
    case speaker = "SPEAKER"
    case speakerInfo = "SPKR-INFO"

    /// The type of a field, letter case aside; nil when it is none.
    init?(_ text: [UInt8], _ field: Range<Int>) {
        if text.has("SPEAKER", at: field.lowerBound, before: field.upperBound), field.count == 7 { self = .speaker; return }
        guard field.count <= 14 else { return nil }
        self.init(rawValue: text.string(field).uppercased())
    }

    var kind: LayerKind {
        switch self {
        case .speaker: .turns
        case .lexeme: .words
        default: .tags
        }
    }

    /// The id of the layer that holds such objects.
    var layer: String { rawValue.lowercased() }

    /// Whether a layer's id is that of a type, with the channel or without.
    static func isLayer(_ id: String) -> Bool {
        allCases.contains { id == $0.layer || id.hasPrefix($0.layer + ".") }
    }
}
