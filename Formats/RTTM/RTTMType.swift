import Timeline

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

    /// The most frequent types first.
    private static let spellings: [(type: RTTMType, folded: StaticString)] = [
        (.speaker, "speaker"), (.lexeme, "lexeme"), (.sentence, "su"), (.segment, "segment"), (.nonLexeme, "non-lex"),
        (.nonSpeech, "non-speech"), (.noscore, "noscore"), (.noMetadata, "no_rt_metadata"), (.filler, "filler"), (.edit, "edit"),
        (.interruption, "ip"), (.clause, "cb"), (.pause, "a/p"), (.speakerInfo, "spkr-info"),
    ]

    /// The type of a field, letter case aside; nil when it is none.
    init?(_ text: [UInt8], _ field: Range<Int>) {
        let length = field.count
        for (type, folded) in Self.spellings where folded.utf8CodeUnitCount == length && text.hasFolded(folded, at: field.lowerBound) {
            self = type
            return
        }
        return nil
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

    /// The type and, behind a point, the channel that the id of such a layer names; nil for another id.
    static func ofLayer(_ id: String) -> (type: RTTMType, channel: String)? {
        guard let type = allCases.first(where: { id == $0.layer || id.hasPrefix($0.layer + ".") }) else { return nil }
        let channel = id.dropFirst(type.layer.count + 1)
        return (type, channel.isEmpty ? "1" : String(channel))
    }

    /// Whether a layer's id is that of a type, with the channel or without.
    static func isLayer(_ id: String) -> Bool { ofLayer(id) != nil }

    /// Whether objects of this type stand at an instant and state no duration.
    var isInstant: Bool { self == .interruption || self == .clause }
}
