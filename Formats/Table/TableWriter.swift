import Timeline

/// Writes a row for each label, with the columns that any label needs.
struct TableWriter {
    private let corpus: Corpus
    private let separator: UInt8
    private let prefix: String

    /// - Parameter prefix: what the names of attributes begin with that become columns.
    init(_ corpus: Corpus, prefix: String, separator: UInt8) { (self.corpus, self.prefix, self.separator) = (corpus, prefix, separator) }

    /// The table, with a header, LF between rows.
    func bytes(_ isHeld: @escaping (LayerKind) -> Bool) -> [UInt8] {
        let order = WritingOrder(corpus, isHeld: isHeld)
        var use = Use(prefix: prefix)
        order.forEach { label, _ in use.add(label) }
        var bytes: [UInt8] = []
        let columns = use.columns
        appendRow(["media", "layer", "kind", "begin", "end", "text"] + columns.map(\.name), to: &bytes)
        order.forEach { label, place in
            var fields = fields(label, place)
            for column in columns { fields.append(field(column, label)) }
            appendRow(fields, to: &bytes)
        }
        return bytes
    }

    private enum Column: Hashable {
        case id, speaker, confidence, review, vocabulary, duration, attribute(String, prefixLength: Int)

        var name: String {
            switch self {
            case .id: "id"
            case .speaker: "speaker"
            case .confidence: "confidence"
            case .review: "review"
            case .vocabulary: "vocabulary"
            case .duration: "duration"
            case .attribute(let name, let length): String(name.dropFirst(length))
            }
        }
    }

    /// Which columns the labels need beside those that every table has.
    private struct Use {
        let prefix: String
        private var needed: Set<Column> = []
        private var attributes: [String] = []
        private var seen: Set<String> = []

        init(prefix: String) { self.prefix = prefix }

        var columns: [Column] {
            [.id, .speaker, .confidence, .review, .vocabulary, .duration].filter(needed.contains) + attributes.map { .attribute($0, prefixLength: prefix.utf8.count) }
        }

        mutating func add(_ label: Label) {
            if !label.id.isCounter { needed.insert(.id) }
            if label.content.speaker != nil { needed.insert(.speaker) }
            if label.confidence != nil { needed.insert(.confidence) }
            if label.review != .candidate { needed.insert(.review) }
            if TableWriter.vocabulary(label.content) != nil { needed.insert(.vocabulary) }
            for attribute in label.attributes where attribute.name.hasPrefix(prefix) && seen.insert(attribute.name).inserted { add(attribute.name) }
        }

        /// Of two columns with one meaning the first counts, so that a carried one may not stand alone.
        private mutating func add(_ attribute: String) {
            attributes.append(attribute)
            switch TableColumns.meaning(of: String(attribute.dropFirst(prefix.utf8.count))) {
            case .id: needed.insert(.id)
            case .speaker: needed.insert(.speaker)
            case .confidence: needed.insert(.confidence)
            case .review: needed.insert(.review)
            case .vocabulary: needed.insert(.vocabulary)
            case .duration: needed.insert(.duration)
            case .media, .layer, .kind, .begin, .end, .text, nil: break
            }
        }
    }

    // MARK: Fields

    private func fields(_ label: Label, _ place: LabelPlace) -> [String?] {
        [place.media.name, place.layer.id, place.layer.kind.rawValue, Self.seconds(label.span.start), Self.end(label.span), Self.text(label.content)]
    }

    private func field(_ column: Column, _ label: Label) -> String? {
        switch column {
        case .id: label.id.isCounter ? nil : label.id.name
        case .speaker: label.content.speaker
        case .confidence: label.confidence.map { "\($0.value)" }
        case .review: label.review == .candidate ? nil : label.review.rawValue
        case .vocabulary: Self.vocabulary(label.content)
        case .duration: nil
        case .attribute(let name, _): label.attributes[name]
        }
    }

    /// Nil where the label states none, which is another thing than an empty one.
    private static func text(_ content: Content) -> String? {
        switch content {
        case .turn(let turn): turn.text
        case .emotion(let emotion): emotion.categories.first?.name
        default: content.plainText
        }
    }

    /// The set that the text is from: the alphabet of a phone, the vocabulary of a tag, the kind of an entity.
    private static func vocabulary(_ content: Content) -> String? {
        switch content {
        case .phone(let phone): phone.alphabet
        case .tag(let tag): tag.vocabulary
        case .entity(let entity): entity.kind
        default: nil
        }
    }

    private static func seconds(_ time: Timestamp) -> String {
        var bytes: [UInt8] = []
        DecimalSeconds.append(time.ticks, least: 3, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func end(_ span: Span) -> String? {
        if case .open = span { nil } else { seconds(span.end) }
    }

    /// Nothing for nil; an empty text in quotes.
    private func appendRow(_ fields: [String?], to bytes: inout [UInt8]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(separator) }
            if let field { append(field, to: &bytes) }
        }
        bytes.append(Byte.lineFeed)
    }

    private func append(_ field: String, to bytes: inout [UInt8]) {
        let needsQuotes = field.utf8.isEmpty || field.utf8.contains { $0 == separator || $0 == 0x22 || $0 == Byte.lineFeed || $0 == Byte.carriageReturn }
        guard needsQuotes else { return bytes += field.utf8 }
        bytes.append(0x22)
        for byte in field.utf8 {
            if byte == 0x22 { bytes.append(0x22) }
            bytes.append(byte)
        }
        bytes.append(0x22)
    }
}
