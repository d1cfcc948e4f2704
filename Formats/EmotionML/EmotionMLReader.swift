import Timeline

/// Takes an EmotionML file element by element; ``corpus(media:)`` makes labels of it.
final class EmotionMLReader: XMLHandler {
    var log: DiagnosticLog
    let mode: ReadingMode
    private(set) var attributes: [Attribute] = []
    private(set) var emotions: [EmotionRecord] = []
    private(set) var vocabularies = EmotionVocabularies()
    /// The sets that the root names.
    private(set) var rootSets: [EmotionDescriptorKind: String] = [:]

    private var depth = 0
    private var isEmotion = false
    private var echo: XMLEcho?
    private var echoName = ""
    private var echoID: String?

    init(log: DiagnosticLog, mode: ReadingMode) { (self.log, self.mode) = (log, mode) }

    // MARK: Elements

    func startElement(_ tag: borrowing XMLTag) throws(FormatError) {
        depth += 1
        if depth == 1 { return try startRoot(tag) }
        if isEmotion { return try startInEmotion(tag) }
        if echo != nil {
            echo?.open(tag)
            try vocabularies.open(tag, depth: depth, self)
            return
        }
        if tag.name.is("emotion", in: EmotionML.namespace) {
            isEmotion = true
            return emotions.append(try EmotionRecord(tag, self))
        }
        echo = XMLEcho(namespace: EmotionML.namespace)
        echo?.open(tag)
        echoName = tag.name.namespace == EmotionML.namespace ? tag.name.local : ""
        echoID = tag.string("id")
        if !["info", "vocabulary"].contains(echoName) {
            try remark("emotionml-element", at: tag.position, found: "<\(tag.name)>", expected: "<info>, <vocabulary> or <emotion>", effect: "it is kept as it is")
        }
        try vocabularies.open(tag, depth: depth, self)
    }

    private func startRoot(_ tag: borrowing XMLTag) throws(FormatError) {
        guard tag.name.is("emotionml", in: EmotionML.namespace) else {
            throw FormatError(.unknownFormat, file: log.file, at: tag.position, found: "root element <\(tag.name)>", expected: "<emotionml> in the namespace \(EmotionML.namespace)")
        }
        if tag.string("version") != "1.0" {
            try remark("emotionml-version", at: tag.position, found: "version '\(tag.string("version") ?? "")'", expected: "1.0", effect: "it is read as 1.0")
        }
        for index in 0..<tag.count where tag.attributeName(index).namespace.isEmpty && !tag.attributeName(index).is("version") {
            let (name, value) = (tag.attributeName(index).local, tag.string(index))
            if let kind = EmotionDescriptorKind.allCases.first(where: { $0.set == name }) { rootSets[kind] = value }
            if value != EmotionMLWriter.ownSet { attributes.append(Attribute("emotionml.root.\(name)", value)) }
        }
    }

    private func startInEmotion(_ tag: borrowing XMLTag) throws(FormatError) {
        let last = emotions.count - 1
        if !emotions[last].body.isInsideChild { try EmotionRules.check(tag, self) } else if tag.name.is("trace", in: EmotionML.namespace) { try EmotionRules.checkTrace(tag, self) }
        emotions[last].body.open(tag)
    }

    func endElement(_ name: XMLName, at position: TextPosition) throws(FormatError) {
        depth -= 1
        if isEmotion {
            if depth > 1 { emotions[emotions.count - 1].body.close() } else {
                isEmotion = false
                try EmotionRules.check(emotions[emotions.count - 1].body, at: emotions[emotions.count - 1].position, self)
            }
        } else if let text = echo?.close() {
            echo = nil
            // The writer makes its own again.
            if echoName != "vocabulary" || echoID != EmotionMLWriter.ownVocabulary {
                attributes.append(Attribute(["info", "vocabulary"].contains(echoName) ? "emotionml.\(echoName)" : "emotionml.other", text))
            }
        }
    }

    func characters(_ text: [UInt8], at position: TextPosition) throws(FormatError) {
        if isEmotion, emotions[emotions.count - 1].body.isInsideChild { return emotions[emotions.count - 1].body.text(text) }
        if echo != nil { return echo?.text(text) ?? () }
        guard text.contains(where: { $0 > Byte.space }) else { return }
        try remark("emotionml-text", at: position, found: "text \(text.excerpt(0..<text.count))", expected: "elements", effect: "it is left out")
    }

    /// Says that the file breaks a rule of the format; strict readings end here.
    func remark(
        _ code: String, at position: TextPosition, found: String, expected: String? = nil, effect: String
    ) throws(FormatError) {
        guard mode == .lenient else { throw FormatError(.malformed, file: log.file, at: position, found: found, expected: expected) }
        log.add(.warning, code, at: position, found: found, expected: expected, effect: effect)
    }
}

/// The vocabularies that a file defines.
struct EmotionVocabularies {
    private struct Vocabulary {
        let type: String
        var names: Set<String> = []
    }

    private var vocabularies: [String: Vocabulary] = [:]
    private var current: String?

    /// Takes the start of an element outside emotions.
    mutating func open(_ tag: borrowing XMLTag, depth: Int, _ reader: EmotionMLReader) throws(FormatError) {
        guard tag.name.namespace == EmotionML.namespace else { return }
        if depth == 2 {
            current = nil
            if tag.name.is("vocabulary") { try begin(tag, reader) }
        } else if depth == 3, let current, tag.name.is("item") {
            let name = tag.string("name") ?? ""
            if name.isEmpty || vocabularies[current]?.names.insert(name).inserted == false {
                try reader.remark("emotionml-vocabulary", at: tag.position, found: "item '\(name)'", expected: "a name that no other item has", effect: "it is kept")
            }
        }
    }

    private mutating func begin(_ tag: borrowing XMLTag, _ reader: EmotionMLReader) throws(FormatError) {
        let (type, id) = (tag.string("type") ?? "", tag.string("id") ?? "")
        if EmotionDescriptorKind(rawValue: type) == nil {
            try reader.remark(
                "emotionml-vocabulary", at: tag.position, found: "type '\(type)'", expected: "category, dimension, appraisal or action-tendency", effect: "it is kept")
        }
        if id.isEmpty || vocabularies[id] != nil {
            try reader.remark("emotionml-id", at: tag.position, found: "vocabulary '\(id)'", expected: "an id that nothing else has", effect: "it is kept")
        }
        vocabularies[id] = Vocabulary(type: type)
        current = id
    }

    /// Why a descriptor of a set breaks a rule; nil when it breaks none. Vocabularies of other files are not fetched.
    func problem(of descriptor: EmotionDescriptor, in set: String?) -> (code: String, found: String, expected: String)? {
        let kind = descriptor.kind
        guard let set, !set.isEmpty else { return ("emotionml-set", "<\(kind.rawValue)> without a vocabulary", "\(kind.set) at the emotion or the root") }
        guard set.hasPrefix("#") else { return nil }
        guard let vocabulary = vocabularies[String(set.dropFirst())], vocabulary.type == kind.rawValue else {
            return ("emotionml-set", "\(kind.set) '\(set)'", "a vocabulary of type \(kind.rawValue) in the file")
        }
        guard !vocabulary.names.contains(descriptor.name) else { return nil }
        return ("emotionml-name", "\(kind.rawValue) '\(descriptor.name)'", "a name of the vocabulary '\(set)'")
    }
}

/// Rules of the Recommendation that one emotion can break (section 2).
enum EmotionRules {
    /// Checks a child of an emotion.
    static func check(_ tag: borrowing XMLTag, _ reader: EmotionMLReader) throws(FormatError) {
        let isOwn = tag.name.namespace == EmotionML.namespace
        guard isOwn, EmotionDescriptorKind(rawValue: tag.name.local) != nil else {
            guard isOwn, tag.name.is("info") || tag.name.is("reference") else {
                return try reader.remark("emotionml-element", at: tag.position, found: "<\(tag.name)> in an emotion", expected: "a descriptor, <reference> or <info>", effect: "it is kept as it is")
            }
            if tag.name.is("reference"), tag.string("uri")?.isEmpty != false {
                try reader.remark("emotionml-reference", at: tag.position, found: "a reference without an address", expected: "uri", effect: "it is kept")
            }
            if let role = tag.string("role"), !["expressedBy", "experiencedBy", "triggeredBy", "targetedAt"].contains(role) {
                try reader.remark("emotionml-reference", at: tag.position, found: "role '\(role)'", expected: "expressedBy, experiencedBy, triggeredBy or targetedAt", effect: "it is kept")
            }
            return
        }
        if tag.string("name")?.isEmpty != false {
            try reader.remark("emotionml-name", at: tag.position, found: "<\(tag.name)> without a name", expected: "a name", effect: "it is kept")
        }
        try checkShare("value", of: tag, code: "emotionml-value", reader)
        try checkShare("confidence", of: tag, code: "emotionml-confidence", reader)
    }

    private static func checkShare(_ name: StaticString, of tag: borrowing XMLTag, code: String, _ reader: EmotionMLReader) throws(FormatError) {
        guard let range = tag.range(of: name) else { return }
        if let value = Double(tag.bytes, range), (0...1).contains(value) { return }
        let found = "\(name) \(tag.bytes.excerpt(range))"
        try reader.remark(code, at: tag.position, found: found, expected: "a number from 0 to 1", effect: "it is kept as it is")
    }

    /// Section 2.4.3.
    static func checkTrace(_ tag: borrowing XMLTag, _ reader: EmotionMLReader) throws(FormatError) {
        let frequency = tag.string("freq") ?? ""
        let digits = Array(frequency.utf8.prefix { $0 != .ascii("H") })
        if !frequency.hasSuffix("Hz") || (Double(digits, 0..<digits.count) ?? 0) <= 0 {
            try reader.remark("emotionml-trace", at: tag.position, found: "freq '\(frequency)'", expected: "a number above 0 and Hz, such as 10Hz", effect: "it is kept as it is")
        }
        let samples = (tag.string("samples") ?? "").split(whereSeparator: \.isWhitespace).map { Array($0.utf8) }
        if samples.isEmpty || samples.contains(where: { sample in Double(sample, 0..<sample.count).map { !(0...1).contains($0) } ?? true }) {
            try reader.remark("emotionml-trace", at: tag.position, found: "samples of a trace", expected: "numbers from 0 to 1", effect: "they are kept as they are")
        }
    }

    /// Checks the whole of an emotion.
    static func check(_ body: EmotionBody, at position: TextPosition, _ reader: EmotionMLReader) throws(FormatError) {
        if body.descriptors.isEmpty {
            try reader.remark("emotionml-empty", at: position, found: "an emotion without a descriptor", expected: "at least one", effect: "it is kept")
        }
        var seen: Set<String> = []
        for descriptor in body.descriptors {
            if !seen.insert("\(descriptor.kind) \(descriptor.name)").inserted {
                try reader.remark("emotionml-repeated", at: descriptor.position, found: "\(descriptor.kind.rawValue) '\(descriptor.name)' again", effect: "both are kept")
            }
            if descriptor.value != nil, descriptor.hasTrace {
                try reader.remark("emotionml-value", at: descriptor.position, found: "a value and a trace", expected: "one of them", effect: "both are kept")
            }
            if descriptor.kind == .dimension, descriptor.value == nil, !descriptor.hasTrace {
                try reader.remark("emotionml-value", at: descriptor.position, found: "a dimension without a value", expected: "a value or a trace", effect: "it is kept")
            }
        }
    }
}
