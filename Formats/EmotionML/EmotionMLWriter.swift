import Timeline

/// Writes EmotionML 1.0.
///
/// Categories without a vocabulary of their own are from one that the file defines, dimensions from the W3C's `pad-dimensions`.
struct EmotionMLWriter {
    static let ownVocabulary = "slate-categories"
    static let ownSet = "#\(ownVocabulary)"
    private static let dimensions = "http://www.w3.org/TR/emotion-voc/xml#pad-dimensions"

    private let corpus: Corpus
    private var xml = XMLWriter()
    private let ids: Set<String>

    init(_ corpus: Corpus) {
        self.corpus = corpus
        ids = Set(corpus.documents.lazy.flatMap { document in document.layers.lazy.flatMap { layer in layer.labels.lazy.map(\.id.name) } })
    }

    mutating func write() -> [UInt8] {
        xml.open("emotionml")
        xml.attribute("version", "1.0")
        xml.attribute("xmlns", EmotionML.namespace)
        for attribute in corpus.attributes where attribute.name.hasPrefix(Self.root) {
            let name = String(attribute.name.dropFirst(Self.root.utf8.count))
            if TextRule.xmlName.allows(name), name != "version" { xml.attribute(name, attribute.value) }
        }
        add("emotionml.info")
        writeVocabulary()
        add("emotionml.vocabulary")
        add("emotionml.other")
        for document in corpus.documents {
            let spans = Dictionary(document.layers.lazy.filter { $0.kind == .emotions }.flatMap { layer in layer.labels.lazy.map { ($0.id.name, $0.span) } }, uniquingKeysWith: { a, _ in a })
            for layer in document.layers where layer.kind == .emotions {
                for label in layer.labels { write(label, document.media.name, spans) }
            }
        }
        xml.close()
        return xml.take()
    }

    private static let root = "emotionml.root."

    private mutating func add(_ name: String) {
        for text in corpus.attributes.values(of: name) where EmotionBody(text) != nil { xml.add(raw: text.utf8) }
    }

    /// Whether a set is stated for a label, by it or by the root.
    private func hasSet(_ kind: EmotionDescriptorKind, _ label: Label) -> Bool {
        label.attributes["emotionml.\(kind.set)"] != nil || corpus.attributes[Self.root + kind.set] != nil
    }

    private mutating func writeVocabulary() {
        var (names, known) = ([String](), Set<String>())
        for document in corpus.documents {
            for layer in document.layers where layer.kind == .emotions {
                for label in layer.labels {
                    guard case .emotion(let emotion) = label.content, !hasSet(.category, label) else { continue }
                    for category in emotion.categories where known.insert(category.name).inserted { names.append(category.name) }
                }
            }
        }
        guard !names.isEmpty else { return }
        xml.open("vocabulary")
        xml.attribute("type", "category")
        xml.attribute("id", Self.ownVocabulary)
        for name in names {
            xml.open("item")
            xml.attribute("name", name)
            xml.close()
        }
        xml.close()
    }

    // MARK: Emotions

    private mutating func write(_ label: Label, _ media: String, _ spans: [String: Span]) {
        guard case .emotion(let emotion) = label.content else { return }
        let body = body(of: label, emotion)
        let parsed = EmotionBody(body) ?? EmotionBody()
        xml.open("emotion")
        if !label.id.isCounter || label.attributes["emotionml.id"] != nil, TextRule.xmlName.allows(label.id.name) { xml.attribute("id", label.id.name) }
        if !emotion.categories.isEmpty, !hasSet(.category, label) { xml.attribute(EmotionDescriptorKind.category.set, Self.ownSet) }
        if parsed.descriptors.contains(where: { $0.kind == .dimension }), !hasSet(.dimension, label) { xml.attribute(EmotionDescriptorKind.dimension.set, Self.dimensions) }
        for attribute in label.attributes where attribute.name.hasPrefix("emotionml.") {
            let name = String(attribute.name.dropFirst(10))
            guard !Self.ownNames.contains(name), TextRule.xmlName.allows(name) else { continue }
            xml.attribute(name, attribute.value)
        }
        writeTimes(label, media, spans, parsed)
        if !body.isEmpty { xml.add(raw: body.utf8) }
        xml.close()
    }

    /// Attributes of labels that are not attributes of emotions as they are.
    private static let ownNames: Set<String> = ["id", "body", "timing", "time-ref-uri", "time-ref-anchor-point"]

    private mutating func writeTimes(_ label: Label, _ media: String, _ spans: [String: Span], _ body: EmotionBody) {
        let timing = label.attributes["emotionml.timing"].flatMap(EmotionRecord.Timing.init(rawValue:)) ?? .offset
        let start = label.span.start.milliseconds
        let length: Int64? = if case .open = label.span { nil } else { label.span.end.milliseconds - start }
        let stated = label.attributes["emotionml.time-ref-uri"]
        switch timing {
        case .none where label.span == .instant(.zero): return writeReference(stated, label)
        case .fragment where Self.fragment(body) == label.span: return writeReference(stated, label)
        case .start where length == nil && start >= 0: xml.attribute("start", start)
        case .duration where length != nil && start >= 0:
            xml.attribute("start", start)
            if let length { xml.attribute("duration", length) }
        case .end where length != nil && start >= 0:
            xml.attribute("start", start)
            if let length { xml.attribute("end", start + length) }
        default: return writeOffset(label, media, spans, length)
        }
        writeReference(stated, label)
    }

    private static func fragment(_ body: EmotionBody) -> Span? {
        body.references.lazy.filter { $0.role == "expressedBy" }.compactMap { EmotionMLMedia.span(of: $0.uri) }.first
    }

    private mutating func writeReference(_ reference: String?, _ label: Label) {
        if let reference, !reference.isEmpty { xml.attribute("time-ref-uri", reference) }
        if let anchor = label.attributes["emotionml.time-ref-anchor-point"] { xml.attribute("time-ref-anchor-point", anchor) }
    }

    private mutating func writeOffset(_ label: Label, _ media: String, _ spans: [String: Span], _ length: Int64?) {
        let stated = label.attributes["emotionml.time-ref-uri"]
        var start = label.span.start
        if let stated, stated.hasPrefix("#") {
            let origin = spans[String(stated.dropFirst())]
            let anchor = label.attributes["emotionml.time-ref-anchor-point"] == "end" ? origin?.end : origin?.start
            start = start - ((anchor ?? .zero) - .zero)
        }
        xml.attribute("offset-to-start", start.milliseconds)
        if let length { xml.attribute("duration", length) }
        writeReference(stated ?? media.percentEncoded(), label)
    }

    // MARK: Descriptors

    /// What the file said of the emotion, as long as it is what the label says; else new descriptors beside all that the model does not name.
    private func body(of label: Label, _ emotion: Emotion) -> String {
        let new = Self.body(emotion, label.confidence)
        guard let kept = label.attributes["emotionml.body"], let body = EmotionBody(kept) else { return new }
        return body.emotion == emotion && body.confidence == label.confidence ? kept : new + body.others.joined()
    }

    /// The descriptors of an emotion.
    static func body(_ emotion: Emotion, _ confidence: Confidence?) -> String {
        var xml = XMLWriter(indent: 0, declaration: false)
        func add(_ element: String, _ name: String, _ value: Double?) {
            xml.open(element)
            xml.attribute("name", name)
            if let value { xml.attribute("value", "\(value)") }
            if let confidence { xml.attribute("confidence", "\(confidence.value)") }
            xml.close()
        }
        for category in emotion.categories { add("category", category.name, category.score) }
        for (name, value) in [("pleasure", emotion.valence), ("arousal", emotion.arousal), ("dominance", emotion.dominance)] where value != nil {
            add("dimension", name, value)
        }
        return String(decoding: xml.take().filter { $0 != Byte.lineFeed }, as: UTF8.self)
    }
}
