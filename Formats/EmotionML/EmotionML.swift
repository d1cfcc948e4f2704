import Timeline

/// Emotion Markup Language 1.0: emotions as categories, dimensions, appraisals and action tendencies of stated vocabularies.
///
/// W3C Recommendation "Emotion Markup Language (EmotionML) 1.0", 22 May 2014.
enum EmotionML: LabelSyntax {
    static let name = "emotionml"
    static let title = "EmotionML"
    static let suffixes = ["emotionml"]
    static let capabilities = FormatCapabilities(
        kinds: [.emotions: .whole], features: [.overlaps, .instants, .openEnds, .emotionScores, .confidence, .ids, .media], grid: .perSecond(1000),
        attributePrefixes: ["emotionml."], texts: .xmlText, names: .xmlText, ids: .xmlName)

    static let namespace = "http://www.w3.org/2009/10/emotionml"

    static func likelihood(of sample: FormatSample) -> Likelihood {
        sample.text.prefix(4096).firstRange(of: namespace.utf8) != nil && sample.text.prefix(4096).firstRange(of: "emotionml".utf8) != nil ? .certain : .none
    }

    static func read(_ input: LabelInput, _ options: ReadingOptions, log: inout DiagnosticLog) throws(FormatError) -> Corpus {
        let reader = EmotionMLReader(log: log, mode: options.mode)
        defer { log = reader.log }
        try XMLReader.read(try input.bytes(expected: title), encodingName: options.encodingName, into: reader)
        return try reader.corpus(media: input.mediaName)
    }

    static func write(_ corpus: Corpus, _ options: WritingOptions) throws(FormatError) -> [OutputFile] {
        var writer = EmotionMLWriter(corpus)
        return [OutputFile(writer.write())]
    }
}

/// The four kinds of descriptors, each with the attribute that names its vocabulary.
enum EmotionDescriptorKind: String, CaseIterable {
    case category, dimension, appraisal
    case tendency = "action-tendency"

    /// Such as `category-set`.
    var set: String { "\(rawValue)-set" }
}

/// One descriptor of an emotion, such as `<category name="joy" value="0.5"/>`.
struct EmotionDescriptor {
    let kind: EmotionDescriptorKind
    let name: String
    var value: Double?
    var confidence: Confidence?
    var hasTrace = false
    let position: TextPosition
}

/// What the children of an emotion say, taken element by element.
struct EmotionBody {
    private(set) var descriptors: [EmotionDescriptor] = []
    /// Addresses with their roles, such as `expressedBy`.
    private(set) var references: [(uri: String, role: String)] = []
    /// The children as text.
    private(set) var fragments: [(name: String, text: String)] = []
    private var echo = XMLEcho(namespace: EmotionML.namespace)

    var text: String { fragments.map(\.text).joined() }
    var isInsideChild: Bool { echo.depth > 0 }

    mutating func open(_ tag: borrowing XMLTag) {
        if echo.depth == 0 { fragments.append((tag.name.local, "")) }
        echo.open(tag)
        guard tag.name.namespace == EmotionML.namespace else { return }
        if echo.depth == 1 { addChild(tag) }
        if echo.depth == 2, tag.name.is("trace"), !descriptors.isEmpty { descriptors[descriptors.count - 1].hasTrace = true }
    }

    private mutating func addChild(_ tag: borrowing XMLTag) {
        if tag.name.is("reference") { return references.append((tag.string("uri") ?? "", tag.string("role") ?? "expressedBy")) }
        guard let kind = EmotionDescriptorKind(rawValue: tag.name.local) else { return }
        let value = tag.range(of: "value").flatMap { Double(tag.bytes, $0) }
        let confidence = tag.range(of: "confidence").flatMap { Double(tag.bytes, $0) }.flatMap { Confidence($0) }
        descriptors.append(EmotionDescriptor(kind: kind, name: tag.string("name") ?? "", value: value, confidence: confidence, position: tag.position))
    }

    mutating func text(_ text: [UInt8]) { if echo.depth > 0 { echo.text(text) } }

    mutating func close() {
        if let text = echo.close() { fragments[fragments.count - 1].text = text }
    }

    // MARK: The model

    /// The categories, and the dimensions that the model names. Valence is also called pleasure, dominance also potency.
    var emotion: Emotion {
        var emotion = Emotion()
        for descriptor in descriptors {
            switch Self.place(of: descriptor) {
            case .category: emotion.categories.append(ScoredName(descriptor.name, score: descriptor.value))
            case .valence: emotion.valence = descriptor.value
            case .arousal: emotion.arousal = descriptor.value
            case .dominance: emotion.dominance = descriptor.value
            case nil: break
            }
        }
        return emotion
    }

    private enum Place { case category, valence, arousal, dominance }

    private static func place(of descriptor: EmotionDescriptor) -> Place? {
        switch (descriptor.kind, descriptor.name) {
        case (.category, _): .category
        case (.dimension, "valence"), (.dimension, "pleasure"): .valence
        case (.dimension, "arousal"): .arousal
        case (.dimension, "dominance"), (.dimension, "potency"): .dominance
        default: nil
        }
    }

    /// What all descriptors state alike; nil where they differ or one states none.
    var confidence: Confidence? {
        guard let first = descriptors.first?.confidence, descriptors.allSatisfy({ $0.confidence == first }) else { return nil }
        return first
    }

    /// The children that say what the model does not.
    var others: [String] {
        var number = -1
        return fragments.compactMap { fragment in
            guard EmotionDescriptorKind(rawValue: fragment.name) != nil else { return fragment.text }
            number += 1
            return Self.place(of: descriptors[number]) == nil ? fragment.text : nil
        }
    }

    /// Reads children from their text; nil when it is not well formed.
    init?(_ text: String) {
        let reader = Reader()
        let whole = Array("<emotion xmlns=\"\(EmotionML.namespace)\">\(text)</emotion>".utf8)
        guard (try? XMLReader.read(whole, into: reader)) != nil else { return nil }
        self = reader.body
    }

    init() {}

    private final class Reader: XMLHandler {
        var log = DiagnosticLog(file: "")
        var body = EmotionBody()
        private var isInside = false

        func startElement(_ tag: borrowing XMLTag) throws(FormatError) {
            if isInside { body.open(tag) }
            isInside = true
        }

        func endElement(_ name: XMLName, at position: TextPosition) throws(FormatError) { if body.isInsideChild { body.close() } }
        func characters(_ text: [UInt8], at position: TextPosition) throws(FormatError) { body.text(text) }
    }
}
