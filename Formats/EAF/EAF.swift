import Timeline

/// ELAN's annotation format, versions 2.7 to 3.0: tiers of annotations on time slots or on other annotations.
///
/// EAFv3.0.xsd (2016) and "EAF Annotation Format 3.0 and ELAN" (The Language Archive, 2017).
enum EAF: LabelSyntax {
    static let name = "eaf"
    static let title = "ELAN EAF"
    static let suffixes = ["eaf"]
    static let capabilities = FormatCapabilities(
        kinds: [
            .cues: .whole, .words: .whole, .phones: .whole, .turns: .whole, .emotions: .whole, .tags: .whole, .entities: .turned(.cues),
        ],
        features: [.overlaps, .text, .speaker, .vocabulary, .ids, .layers, .layerParents, .layerLanguage, .layerSpeaker, .relations],
        grid: .perSecond(1000), attributePrefixes: ["eaf."], ids: .xmlName)

    static func likelihood(of sample: FormatSample) -> Likelihood {
        sample.text.prefix(4096).firstRange(of: "<ANNOTATION_DOCUMENT".utf8) != nil ? .certain : .none
    }

    static func read(_ input: LabelInput, _ options: ReadingOptions, log: inout DiagnosticLog) throws(FormatError) -> Corpus {
        let reader = EAFReader(log: log, mode: options.mode)
        defer { log = reader.log }
        try XMLReader.read(try input.bytes(expected: title), encodingName: options.encodingName, into: reader)
        return Corpus([try reader.document(media: input.mediaName)])
    }

    static func write(_ corpus: Corpus, _ options: WritingOptions) throws(FormatError) -> [OutputFile] {
        var writer = EAFWriter(try corpus.onlyDocument(for: title))
        return [OutputFile(writer.write())]
    }
}

extension ParentConstraint {
    /// The name of ELAN's stereotype.
    var stereotype: String {
        switch self {
        case .timeSubdivision: "Time_Subdivision"
        case .includedIn: "Included_In"
        case .symbolicSubdivision: "Symbolic_Subdivision"
        case .symbolicAssociation: "Symbolic_Association"
        }
    }

    init?(stereotype: String) {
        guard let found = Self.allCases.first(where: { $0.stereotype == stereotype }) else { return nil }
        self = found
    }

    /// What ELAN says of the stereotype in its files.
    var stereotypeDescription: String {
        switch self {
        case .timeSubdivision: "Time subdivision of parent annotation's time interval, no time gaps allowed within this interval"
        case .includedIn: "Time alignable annotations within the parent annotation's time interval, gaps are allowed"
        case .symbolicSubdivision: "Symbolic subdivision of a parent annotation. Annotations refering to the same parent are ordered"
        case .symbolicAssociation: "1-1 association with a parent annotation"
        }
    }

    /// Whether labels have no times of their own.
    var isSymbolic: Bool { self == .symbolicSubdivision || self == .symbolicAssociation }
}

/// A linguistic type: what the annotations of a tier are and how they sit in those of the parent tier.
struct EAFType {
    var id: String
    var constraint: ParentConstraint?
    var vocabulary: String?

    /// What the labels of a tier of this type are. The format does not say: a type may have the name of a kind, as those have that Slate
    /// writes; a tier with a controlled vocabulary holds tags; of other tiers the name tells as it does in a TextGrid.
    func kind(ofTier tier: String) -> LayerKind {
        let stem = constraint.map { id.hasSuffix("-" + $0.rawValue) ? String(id.dropLast($0.rawValue.utf8.count + 1)) : id } ?? id
        if let kind = LayerKind(rawValue: stem), kind != .turns, kind != .entities, kind != .tracks { return kind }
        return vocabulary != nil ? .tags : TextGrid.kind(ofTier: tier)
    }

    /// The type that Slate gives to layers of a kind.
    init(_ kind: LayerKind, _ constraint: ParentConstraint?, vocabulary: String?) {
        let stem = vocabulary.map { "\(kind.rawValue)-\($0)" } ?? kind.rawValue
        (id, self.constraint, self.vocabulary) = (constraint.map { "\(stem)-\($0.rawValue)" } ?? stem, constraint, vocabulary)
    }

    /// The type that an element states.
    init(_ attributes: [Attribute]) {
        id = attributes["LINGUISTIC_TYPE_ID"] ?? ""
        constraint = attributes["CONSTRAINTS"].flatMap(ParentConstraint.init(stereotype:))
        vocabulary = attributes["CONTROLLED_VOCABULARY_REF"]
    }
}

/// Properties of the header that hold what EAF has no place for; ELAN keeps them.
enum EAFProperty {
    /// The layer that a tier is a part of, where it takes several tiers.
    static let layer = "slate.layer:"
    /// The kind of a layer, where its type does not tell.
    static let kind = "slate.kind:"
    /// Whose the whole layer is, where its tiers name other participants.
    static let speaker = "slate.speaker:"
    /// The parent of a layer, where the tiers cannot have one in ELAN's sense: the constraint, a blank, the layer's id.
    static let parent = "slate.parent:"

    static let lastAnnotation = "lastUsedAnnotationId"
    /// The set of links that holds relations.
    static let relations = "slate-relations"
}
