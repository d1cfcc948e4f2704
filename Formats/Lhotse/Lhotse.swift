import Timeline

/// Manifests of Lhotse: recordings, supervisions or cuts, as JSON Lines or as one JSON array.
///
/// Lhotse 1.33, `lhotse.audio.Recording`, `lhotse.supervision.SupervisionSegment`, `lhotse.cut`. A supervision is a turn; the items of its
/// alignments are words and phones.
enum Lhotse: LabelSyntax {
    static let name = "lhotse"
    static let title = "Lhotse manifest"
    static let suffixes = ["lhotse.jsonl", "lhotse.json"]
    static let capabilities = FormatCapabilities(
        kinds: [.turns: .whole, .cues: .turned(.turns), .words: .whole, .phones: .whole],
        features: [.overlaps, .ids, .text, .speaker, .media, .confidence, .layers], grid: .exact, attributePrefixes: ["lhotse."])

    /// The layer of supervisions that name no other.
    static let layer = "supervisions"
    /// The layer of cuts.
    static let cutLayer = "cuts"

    static func likelihood(of sample: FormatSample) -> Likelihood {
        guard let first = JSONSample(sample.text) else { return .none }
        if first.names.isSuperset(of: ["id", "recording_id", "start", "duration"]) { return .certain }
        if first.names.isSuperset(of: ["id", "sources", "sampling_rate"]) { return .certain }
        if let type = first.texts["type"], Cut.types.contains(type) { return .certain }
        if first.names.isSuperset(of: ["id", "start", "duration", "supervisions"]) || first.names.isSuperset(of: ["id", "tracks"]) { return .likely }
        return first.names.isSuperset(of: ["id", "start", "duration"]) ? .possible : .none
    }

    static func read(_ input: LabelInput, _ options: ReadingOptions, log: inout DiagnosticLog) throws(FormatError) -> Corpus {
        var reader = LhotseReader(try input.bytes(expected: title), file: input.name, media: input.mediaName, log: log)
        let corpus = try reader.corpus()
        log = reader.log
        return corpus
    }

    static func write(_ corpus: Corpus, _ options: WritingOptions) throws(FormatError) -> [OutputFile] {
        [OutputFile(LhotseWriter(corpus).bytes())]
    }

    enum Cut {
        static let types = ["MonoCut", "MultiCut", "MixedCut", "PaddingCut", "Cut"]
    }

    /// What Slate keeps in the custom field of a supervision: where Lhotse has no place for it.
    enum Custom {
        /// An object with the members below.
        static let name = "slate"
        /// The layer, where it is not ``Lhotse/layer``.
        static let layer = "layer"
        /// True where the supervision only carries words that no turn has.
        static let container = "container"
        /// For each alignment the ids of its items, null for those that only count.
        static let ids = "ids"
        /// Beside that object: how sure the maker of the supervision was, 0 to 1.
        static let confidence = "confidence"
    }
}

/// The name of an alignment in a supervision, which tells the kind of its items: those that begin with `phone` are phones, others words.
enum LhotseAlignmentName {
    static func kind(_ name: String) -> LayerKind { name.hasPrefix("phone") ? .phones : .words }

    /// The id of the layer: the name without what was put before it.
    static func layer(_ name: String) -> String {
        for prefix in ["phone.", "word."] where name.hasPrefix(prefix) && name.count > prefix.count { return String(name.dropFirst(prefix.count)) }
        return name
    }

    static func name(_ layer: Layer) -> String {
        let (kind, isPlain) = (Self.kind(layer.id), Self.layer(layer.id) == layer.id)
        return kind == layer.kind && isPlain ? layer.id : layer.kind == .phones ? "phone.\(layer.id)" : "word.\(layer.id)"
    }
}
