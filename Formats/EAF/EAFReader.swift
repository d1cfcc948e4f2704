import Timeline

/// Takes an EAF file element by element; ``document(media:)`` makes the layers of it.
///
/// What stands outside the tiers is kept as XML in attributes of the document, see ``EAFSection``.
final class EAFReader: XMLHandler {
    var log: DiagnosticLog
    let mode: ReadingMode
    var attributes: [Attribute] = []
    var slots = EAFSlots()
    var tiers: [EAFTier] = []
    var annotations = EAFAnnotations()

    private var open: [Element] = []
    private var value: [UInt8] = []
    /// The element that is being kept as XML, and what it belongs to.
    private var echo: XMLEcho?
    private var echoSection = EAFSection.other
    private var vocabulary = EAFVocabularyUpgrade()

    private enum Element {
        case document, header, timeOrder, timeSlot, tier, annotation, alignable, reference, value
    }

    init(log: DiagnosticLog, mode: ReadingMode) { (self.log, self.mode) = (log, mode) }

    // MARK: Elements

    func startElement(_ tag: borrowing XMLTag) throws(FormatError) {
        if echo != nil {
            if !vocabulary.open(tag, into: &echo!) { echo?.open(tag) }
            return
        }
        guard let element = try element(tag) else { return begin(tag) }
        open.append(element)
        switch element {
        case .document: startDocument(tag)
        case .header: startHeader(tag)
        case .timeSlot: try addSlot(tag)
        case .tier: try startTier(tag)
        case .alignable: try startAnnotation(tag, isReference: false)
        case .reference: try startAnnotation(tag, isReference: true)
        case .value: value.removeAll(keepingCapacity: true)
        case .timeOrder, .annotation: break
        }
    }

    /// Nil for elements that are kept as they are.
    private func element(_ tag: borrowing XMLTag) throws(FormatError) -> Element? {
        guard let parent = open.last else {
            guard tag.name.is("ANNOTATION_DOCUMENT") else {
                throw FormatError(.unknownFormat, file: log.file, at: tag.position, found: "root element <\(tag.name)>", expected: "<ANNOTATION_DOCUMENT>")
            }
            return .document
        }
        switch parent {
        case .document: return tag.name.is("TIER") ? .tier : tag.name.is("HEADER") ? .header : tag.name.is("TIME_ORDER") ? .timeOrder : nil
        case .timeOrder: return tag.name.is("TIME_SLOT") ? .timeSlot : nil
        case .tier: return tag.name.is("ANNOTATION") ? .annotation : nil
        case .annotation: return tag.name.is("ALIGNABLE_ANNOTATION") ? .alignable : tag.name.is("REF_ANNOTATION") ? .reference : nil
        case .alignable, .reference: return tag.name.is("ANNOTATION_VALUE") ? .value : nil
        case .header, .timeSlot, .value: return nil
        }
    }

    func endElement(_ name: XMLName, at position: TextPosition) throws(FormatError) {
        if echo != nil {
            if !vocabulary.close(name, into: &echo!), let text = echo?.close() { keep(text) }
            return
        }
        if open.popLast() == .value { annotations.setValue(value) }
    }

    func characters(_ text: [UInt8], at position: TextPosition) throws(FormatError) {
        if echo != nil { echo?.text(text) } else if open.last == .value { value += text }
    }

    // MARK: Kept elements

    private func begin(_ tag: borrowing XMLTag) {
        echoSection = switch open.last {
        case .document: EAFSection.of(tag.name.local, in: .document)
        case .header: EAFSection.of(tag.name.local, in: .header)
        case .tier, .annotation, .alignable, .reference, .value: .inTier
        case .timeOrder, .timeSlot, nil: .other
        }
        if echoSection == .inTier {
            log.addHabit(.warning, "eaf-element", at: tag.position, found: "<\(tag.name)> inside a tier", expected: "<ANNOTATION>", effect: "it is left out")
        }
        var echo = XMLEcho()
        if !vocabulary.open(tag, into: &echo) { echo.open(tag) }
        self.echo = echo
    }

    private func keep(_ text: String) {
        echo = nil
        guard echoSection != .inTier else { return }
        attributes.append(Attribute(echoSection.rawValue, text))
    }

    // MARK: Head

    private func startDocument(_ tag: borrowing XMLTag) {
        for index in 0..<tag.count {
            let (name, value) = (tag.attributeName(index), tag.string(index))
            switch name.local {
            case "noNamespaceSchemaLocation", "VERSION": break
            case "DATE" where value == EAFWriter.noDate, "AUTHOR" where value.isEmpty, "FORMAT" where value == EAFWriter.version: break
            default: if name.namespace.isEmpty { attributes.append(Attribute("eaf.\(name.local)", value)) }
            }
        }
        if let version = tag.string("FORMAT") ?? tag.string("VERSION"), version != EAFWriter.version {
            log.add(.note, "eaf-version", at: tag.position, found: "version \(version)", effect: "it is written again as \(EAFWriter.version)")
        }
    }

    private func startHeader(_ tag: borrowing XMLTag) {
        if let file = tag.string("MEDIA_FILE"), !file.isEmpty { attributes.append(Attribute("eaf.MEDIA_FILE", file)) }
        guard let unit = tag.string("TIME_UNITS"), unit != "milliseconds" else { return }
        switch unit {
        case "PAL-frames": slots.unit = (1, 25)
        case "NTSC-frames": slots.unit = (1001, 30000)
        default:
            return log.add(.warning, "eaf-units", at: tag.position, found: "time units '\(unit)'", expected: "milliseconds", effect: "times are read as milliseconds")
        }
        log.add(.note, "eaf-units", at: tag.position, found: "times in \(unit)", effect: "they are written again in milliseconds")
    }

    private func addSlot(_ tag: borrowing XMLTag) throws(FormatError) {
        guard let id = tag.range(of: "TIME_SLOT_ID") else {
            return try repair(.error, "eaf-slot", at: tag.position, found: "a time slot without an id", effect: "it is left out")
        }
        var time: Int64?
        if let value = tag.range(of: "TIME_VALUE") {
            time = slots.ticks(tag.bytes, value)
            if time == nil {
                let found = "time \(tag.bytes.excerpt(value))"
                try repair(.warning, "eaf-time", at: tag.position, found: found, expected: "whole milliseconds", effect: "it is put between its neighbours")
            }
        }
        if !slots.add(tag.bytes, id, time) {
            try repair(.warning, "eaf-slot", at: tag.position, found: "time slot \(tag.bytes.excerpt(id)) again", effect: "the first counts")
        }
    }

    /// Remarks on what the reader repairs; strict readings end here.
    func repair(
        _ severity: Diagnostic.Severity, _ code: String, at position: TextPosition, found: String, expected: String? = nil, effect: String
    ) throws(FormatError) {
        guard mode == .lenient else { throw FormatError(.malformed, file: log.file, at: position, found: found, expected: expected) }
        log.add(severity, code, at: position, found: found, expected: expected, effect: effect)
    }

    // MARK: Tiers

    private func startTier(_ tag: borrowing XMLTag) throws(FormatError) {
        var tier = EAFTier(position: tag.position, first: annotations.count)
        for index in 0..<tag.count {
            let value = tag.string(index)
            switch tag.attributeName(index).description {
            case "TIER_ID": tier.id = value
            case "LINGUISTIC_TYPE_REF": tier.type = value
            case "PARENT_REF": tier.parent = value
            case "PARTICIPANT": tier.participant = value
            case "LANG_REF": tier.language = value
            case let name where tag.attributeName(index).namespace.isEmpty: tier.attributes.append(Attribute("eaf.\(name)", value))
            default:
                log.addHabit(
                    .warning, "eaf-attribute", at: tag.position, found: "attribute \(tag.attributeName(index)) of a tier", expected: "those of EAF",
                    effect: "it is left out")
            }
        }
        tiers.append(tier)
    }

    private func startAnnotation(_ tag: borrowing XMLTag, isReference: Bool) throws(FormatError) {
        if let problem = annotations.add(tag, isReference: isReference, slots: slots) {
            try repair(problem.severity, problem.code, at: tag.position, found: problem.found, expected: problem.expected, effect: problem.effect)
        }
        if !tiers.isEmpty { tiers[tiers.count - 1].end = annotations.count }
    }
}

/// Where an element outside the tiers stands; the raw value is the name of the attribute that keeps it.
enum EAFSection: String, CaseIterable {
    case license = "eaf.license"
    case media = "eaf.media"
    case linkedFile = "eaf.linked-file"
    case property = "eaf.property"
    case header = "eaf.header"
    case type = "eaf.type"
    case locale = "eaf.locale"
    case language = "eaf.language"
    case constraint = "eaf.constraint"
    case vocabulary = "eaf.vocabulary"
    case lexicon = "eaf.lexicon"
    case links = "eaf.links"
    case external = "eaf.external"
    case other = "eaf.other"
    /// Not kept.
    case inTier = ""

    enum Parent { case document, header }

    private static let sections: [String: EAFSection] = [
        "LICENSE": .license, "LINGUISTIC_TYPE": .type, "LOCALE": .locale, "LANGUAGE": .language, "CONSTRAINT": .constraint,
        "CONTROLLED_VOCABULARY": .vocabulary, "LEXICON_REF": .lexicon, "REF_LINK_SET": .links, "EXTERNAL_REF": .external,
    ]

    static func of(_ element: String, in parent: Parent) -> EAFSection {
        guard parent == .header else { return sections[element] ?? .other }
        return element == "MEDIA_DESCRIPTOR" ? .media : element == "LINKED_FILE_DESCRIPTOR" ? .linkedFile : element == "PROPERTY" ? .property : .header
    }
}

/// Turns the vocabularies of version 2.7 and earlier into those of 2.8 and later, whose entries have ids and values in languages.
struct EAFVocabularyUpgrade {
    /// The language that is not known.
    static let language = "und"
    private var count = 0
    private var isInside = false

    /// Whether the element was taken.
    mutating func open(_ tag: borrowing XMLTag, into echo: inout XMLEcho) -> Bool {
        if tag.name.is("CONTROLLED_VOCABULARY") {
            (isInside, count) = (true, 0)
            guard let description = tag.string("DESCRIPTION") else { return false }
            echo.open(tag.name)
            for index in 0..<tag.count where !tag.attributeName(index).is("DESCRIPTION") { echo.attribute(tag.attributeName(index), tag.string(index)) }
            if !description.isEmpty {
                echo.open("DESCRIPTION")
                echo.attribute("LANG_REF", Self.language)
                echo.text(Array(description.utf8))
                _ = echo.close()
            }
            return true
        }
        guard isInside, tag.name.is("CV_ENTRY") else { return false }
        count += 1
        echo.open("CV_ENTRY_ML")
        echo.attribute("CVE_ID", "cveid_\(count)")
        if let reference = tag.string("EXT_REF") { echo.attribute("EXT_REF", reference) }
        echo.open("CVE_VALUE")
        if let description = tag.string("DESCRIPTION") { echo.attribute("DESCRIPTION", description) }
        echo.attribute("LANG_REF", Self.language)
        return true
    }

    /// Whether the end was taken.
    mutating func close(_ name: XMLName, into echo: inout XMLEcho) -> Bool {
        if name.is("CONTROLLED_VOCABULARY") { isInside = false }
        guard isInside, name.is("CV_ENTRY") else { return false }
        _ = echo.close()
        _ = echo.close()
        return true
    }
}
