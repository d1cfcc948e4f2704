import Timeline

/// Manifests of NVIDIA NeMo: JSON Lines, one stretch of a sound file each.
///
/// NeMo, "Datasets" of the speech collections. A line with a text or a speaker is a turn; one with a class alone is a tag.
enum NeMo: LineSyntax {
    typealias Reader = NeMoReader
    typealias Writer = NeMoWriter

    static let name = "nemo"
    static let title = "NeMo manifest"
    static let suffixes = ["nemo.jsonl", "nemo.json"]
    static let capabilities = FormatCapabilities(
        kinds: [.turns: .whole, .cues: .turned(.turns), .tags: .whole],
        features: [.overlaps, .openEnds, .ids, .text, .speaker, .media, .confidence, .layers, .vocabulary], grid: .exact, attributePrefixes: ["nemo."])

    /// Layers that need no name in the file.
    static func layer(_ kind: LayerKind) -> String { kind == .tags ? "labels" : "segments" }

    /// The members that name the medium, the usual one first.
    static let paths = ["audio_filepath", "audio_filename", "video_filepath", "video_filename"]

    /// Attributes that are written as what they mean; all others are members.
    static let own: Set = ["nemo.path", "nemo.offset", "nemo.label", "nemo.vocabulary"]

    /// The attribute that holds a member which the model has no place for; a point before its name parts it from ``own``.
    static func attribute(ofMember name: String) -> String {
        let plain = "nemo." + name
        return own.contains(plain) || name.hasPrefix(".") ? "nemo.." + name : plain
    }

    /// The member that an attribute holds; nil for ``own`` and for those of other formats.
    static func member(ofAttribute name: String) -> String? {
        guard name.hasPrefix("nemo."), !own.contains(name) else { return nil }
        return String(name.dropFirst(name.hasPrefix("nemo..") ? 6 : 5))
    }

    static func likelihood(of sample: FormatSample) -> Likelihood {
        guard let first = JSONSample(sample.text), !first.isArray, !first.names.isDisjoint(with: paths) else { return .none }
        return first.names.isDisjoint(with: ["duration", "text", "label", "offset"]) ? .likely : .certain
    }
}
