import Timeline

/// Writes EAF 3.0.
struct EAFWriter {
    static let version = "3.0"
    /// A document has no date of its own, and writing it twice gives the same bytes.
    static let noDate = "1970-01-01T00:00:00+00:00"
    /// The kind of the relation from a label to the one it refers to.
    static let parentRelation = "parent"

    private let document: Document
    private let head: EAFHead
    private let tiers: EAFTiers
    private let order: EAFTimeOrder
    private var names: EAFNames
    private var types: EAFTypes
    private var xml = XMLWriter(indent: 4)
    /// Labels whose relation to their parent their annotation states.
    private var referring: Set<LabelID> = []

    init(_ document: Document) {
        self.document = document
        head = EAFHead(document)
        tiers = EAFTiers(document, head)
        order = EAFTimeOrder(tiers)
        names = EAFNames(tiers, head)
        types = EAFTypes(tiers, head)
    }

    mutating func write() -> [UInt8] {
        xml.open("ANNOTATION_DOCUMENT")
        for (name, value) in rootAttributes { xml.attribute(name, value) }
        raw(.license)
        writeHeader()
        order.write(to: &xml)
        for index in tiers.tiers.indices { write(index) }
        raw(.type)
        for type in types.added { write(type) }
        raw(.locale)
        raw(.language)
        for language in addedLanguages { write(language: language) }
        raw(.constraint)
        for constraint in ParentConstraint.allCases where types.needs(constraint) && !head.has("STEREOTYPE", constraint.stereotype, in: .constraint) {
            xml.open("CONSTRAINT")
            xml.attribute("DESCRIPTION", constraint.stereotypeDescription)
            xml.attribute("STEREOTYPE", constraint.stereotype)
            xml.close()
        }
        raw(.vocabulary)
        for vocabulary in types.addedVocabularies { write(vocabulary: vocabulary.name, entries: vocabulary.entries) }
        raw(.lexicon)
        raw(.links)
        writeRelations()
        raw(.external)
        raw(.other)
        xml.close()
        return xml.take()
    }

    private mutating func raw(_ section: EAFSection) {
        for text in head.texts(section) { xml.add(raw: text.utf8) }
    }

    // MARK: Head

    private var rootAttributes: [(String, String)] {
        [
            ("AUTHOR", document.attributes["eaf.AUTHOR"] ?? ""), ("DATE", document.attributes["eaf.DATE"] ?? Self.noDate), ("FORMAT", Self.version),
            ("VERSION", Self.version), ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            ("xsi:noNamespaceSchemaLocation", "http://www.mpi.nl/tools/elan/EAFv\(Self.version).xsd"),
        ]
    }

    private mutating func writeHeader() {
        xml.open("HEADER")
        xml.attribute("MEDIA_FILE", document.attributes["eaf.MEDIA_FILE"] ?? "")
        xml.attribute("TIME_UNITS", "milliseconds")
        if !head.namesMedia { write(media: document.media.name) }
        for text in head.texts(.media).dropFirst(head.namesMedia ? 0 : 1) { xml.add(raw: text.utf8) }
        raw(.linkedFile)
        for property in head.properties {
            if property.name == EAFProperty.lastAnnotation, let value = Int(property.value) {
                write(property: property.name, String(max(value, names.lastNumber)))
            } else {
                xml.add(raw: property.text.utf8)
            }
        }
        writeLayerProperties()
        raw(.header)
        xml.close()
    }

    private mutating func write(media name: String) {
        xml.open("MEDIA_DESCRIPTOR")
        xml.attribute("MEDIA_URL", EAFMediaURL.url(of: name))
        xml.attribute("MIME_TYPE", EAFMediaURL.mimeType(of: name))
        xml.close()
    }

    private mutating func write(property name: String, _ value: String) {
        xml.open("PROPERTY")
        xml.attribute("NAME", name)
        xml.text(value)
        xml.close()
    }

    /// What the tiers do not say of their layers.
    private mutating func writeLayerProperties() {
        var latest = -1
        for (index, tier) in tiers.tiers.enumerated() {
            let layer = document.layers[tier.layer]
            if tier.isPart { write(property: EAFProperty.layer + tier.id, layer.id) }
            guard tier.layer != latest else { continue }
            latest = tier.layer
            if types.type(of: index).kind(ofTier: layer.id) != tier.kind { write(property: EAFProperty.kind + layer.id, tier.kind.rawValue) }
            if tier.isPart, let speaker = layer.speaker { write(property: EAFProperty.speaker + layer.id, speaker) }
            if tier.parent == nil, let parent = layer.parent {
                write(property: EAFProperty.parent + layer.id, "\(layer.constraint?.rawValue ?? "") \(parent)")
            }
        }
    }

    private var addedLanguages: [String] {
        var languages: [String] = []
        let needsUnknown = !types.addedVocabularies.isEmpty || head.texts(.vocabulary).contains { $0.contains("LANG_REF=\"\(EAFVocabularyUpgrade.language)\"") }
        for language in document.layers.compactMap(\.language).filter(TextRule.xmlName.allows) + (needsUnknown ? [EAFVocabularyUpgrade.language] : [])
        where !languages.contains(language) && !head.has("LANG_ID", language, in: .language) { languages.append(language) }
        return languages
    }

    private mutating func write(language: String) {
        let isUnknown = language == EAFVocabularyUpgrade.language
        xml.open("LANGUAGE")
        if isUnknown { xml.attribute("LANG_DEF", "http://cdb.iso.org/lg/CDB-00130975-001") }
        xml.attribute("LANG_ID", language)
        xml.attribute("LANG_LABEL", isUnknown ? "undetermined (und)" : language)
        xml.close()
    }

    private mutating func write(_ type: EAFType) {
        xml.open("LINGUISTIC_TYPE")
        if let constraint = type.constraint { xml.attribute("CONSTRAINTS", constraint.stereotype) }
        if let vocabulary = type.vocabulary { xml.attribute("CONTROLLED_VOCABULARY_REF", vocabulary) }
        xml.attribute("GRAPHIC_REFERENCES", "false")
        xml.attribute("LINGUISTIC_TYPE_ID", type.id)
        xml.attribute("TIME_ALIGNABLE", type.constraint?.isSymbolic == true ? "false" : "true")
        xml.close()
    }

    private mutating func write(vocabulary name: String, entries: [String]) {
        xml.open("CONTROLLED_VOCABULARY")
        xml.attribute("CV_ID", name)
        for (number, entry) in entries.enumerated() {
            xml.open("CV_ENTRY_ML")
            xml.attribute("CVE_ID", "cveid_\(number + 1)")
            xml.open("CVE_VALUE")
            xml.attribute("LANG_REF", EAFVocabularyUpgrade.language)
            if !entry.isEmpty { xml.text(entry) }
            xml.close()
            xml.close()
        }
        xml.close()
    }

    // MARK: Tiers

    private mutating func write(_ index: Int) {
        let tier = tiers.tiers[index]
        let layer = document.layers[tier.layer]
        xml.open("TIER")
        for attribute in layer.attributes where attribute.name != EAFSection.type.rawValue { write(attribute) }
        if let language = layer.language, TextRule.xmlName.allows(language) { xml.attribute("LANG_REF", language) }
        xml.attribute("LINGUISTIC_TYPE_REF", types.type(of: index).id)
        if let parent = tier.parent { xml.attribute("PARENT_REF", parent) }
        if let speaker = tier.speaker ?? (tier.isPart ? nil : layer.speaker) { xml.attribute("PARTICIPANT", speaker) }
        xml.attribute("TIER_ID", tier.id)
        var latest: [LabelID: LabelID] = [:]
        for (place, entry) in tier.entries.enumerated() {
            let label = layer.labels[entry.index]
            xml.open("ANNOTATION")
            if tier.isReference, let parent = tiers.parentOfLabel[label.id] {
                write(label, referringTo: parent, after: tier.constraint == .symbolicSubdivision ? latest.updateValue(label.id, forKey: parent) : nil)
            } else {
                write(label, order.slots[index][place])
            }
            xml.close()
        }
        xml.close()
    }

    /// An attribute that EAF states and the model does not name.
    private mutating func write(_ attribute: Attribute) {
        guard attribute.name.hasPrefix("eaf.") else { return }
        let name = String(attribute.name.dropFirst(4))
        guard name != "previous", name != "unaligned", TextRule.xmlName.allows(name) else { return }
        xml.attribute(name, attribute.value)
    }

    private mutating func write(_ label: Label, _ slots: (start: Int, end: Int)) {
        xml.open("ALIGNABLE_ANNOTATION")
        xml.attribute("ANNOTATION_ID", names[label.id])
        for attribute in label.attributes { write(attribute) }
        xml.attribute("TIME_SLOT_REF1", plain: EAFTimeOrder.id(order.numbers[slots.start]))
        xml.attribute("TIME_SLOT_REF2", plain: EAFTimeOrder.id(order.numbers[slots.end]))
        writeValue(label)
        xml.close()
    }

    private mutating func write(_ label: Label, referringTo parent: LabelID, after previous: LabelID?) {
        referring.insert(label.id)
        xml.open("REF_ANNOTATION")
        xml.attribute("ANNOTATION_ID", names[label.id])
        xml.attribute("ANNOTATION_REF", names[parent])
        for attribute in label.attributes { write(attribute) }
        // What the file stated counts as long as the annotation is there; nothing stands for none.
        let stated = label.attributes["eaf.previous"].flatMap { $0.isEmpty || names.isKnown(LabelID($0)) ? $0 : nil }
        if let previous = stated ?? previous.map({ names[$0] }), !previous.isEmpty { xml.attribute("PREVIOUS_ANNOTATION", previous) }
        writeValue(label)
        xml.close()
    }

    private mutating func writeValue(_ label: Label) {
        let text: String = if case .turn(let turn) = label.content { turn.text ?? "" } else { label.content.plainText }
        xml.element("ANNOTATION_VALUE", text)
    }

    // MARK: Relations

    private mutating func writeRelations() {
        let links = document.relations.filter { relation in
            guard names.isKnown(relation.from), names.isKnown(relation.to) else { return false }
            return relation.kind != Self.parentRelation || !referring.contains(relation.from) || tiers.parentOfLabel[relation.from] != relation.to
        }
        guard !links.isEmpty else { return }
        xml.open("REF_LINK_SET")
        xml.attribute("LINK_SET_ID", EAFProperty.relations)
        for (number, relation) in links.enumerated() {
            xml.open("CROSS_REF_LINK")
            xml.attribute("DIRECTIONALITY", "unidirectional")
            xml.attribute("REF1", names[relation.from])
            xml.attribute("REF2", names[relation.to])
            xml.attribute("REF_LINK_ID", "\(EAFProperty.relations)-\(number + 1)")
            xml.attribute("REF_TYPE", relation.kind)
            xml.close()
        }
        xml.close()
    }
}
