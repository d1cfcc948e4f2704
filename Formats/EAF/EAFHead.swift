import Timeline

/// The elements outside the tiers that a document carries from its file.
struct EAFHead {
    struct Property {
        let name, value, text: String
    }

    private var sections: [EAFSection: [String]] = [:]
    private var attributes: [EAFSection: [[Attribute]]] = [:]
    private(set) var properties: [Property] = []
    private(set) var types: [EAFType] = []
    /// Ticks of the first medium before the time zero of the annotations.
    private(set) var origin: Int64 = 0
    /// Whether the media that the file stated are those of the document; also where it stated none.
    private(set) var namesMedia = false

    /// What is not a well-formed element is left out.
    init(_ document: Document) {
        for attribute in document.attributes {
            guard let section = EAFSection(rawValue: attribute.name), section != .inTier else { continue }
            if section == .media, attribute.value.isEmpty { namesMedia = true }
            guard let fragment = XMLFragment(attribute.value) else { continue }
            if section == .media, sections[.media] == nil { readMedia(fragment, document.media.name) }
            if section == .property {
                properties.append(Property(name: fragment.attributes["NAME"] ?? "", value: fragment.content, text: attribute.value))
                continue
            }
            if section == .type { types.append(EAFType(fragment.attributes)) }
            sections[section, default: []].append(attribute.value)
            attributes[section, default: []].append(fragment.attributes)
        }
    }

    private mutating func readMedia(_ fragment: XMLFragment, _ name: String) {
        let url = fragment.attributes["MEDIA_URL"] ?? ""
        namesMedia = EAFMediaURL.name(of: url) ?? name == name
        guard let value = fragment.attributes["TIME_ORIGIN"].flatMap({ Int64($0) }), TimeDelta.milliseconds(value).isRepresentable else { return }
        origin = TimeDelta.milliseconds(value).ticks
    }

    func texts(_ section: EAFSection) -> [String] { sections[section] ?? [] }

    /// Whether an element of a section has an attribute of a value.
    func has(_ name: String, _ value: String, in section: EAFSection) -> Bool { attributes[section]?.contains { $0[name] == value } ?? false }

    /// Values of attributes that are ids of the whole file.
    var ids: Set<String> {
        let names = ["LANG_ID", "LANGUAGE_CODE", "STEREOTYPE", "EXT_REF_ID", "LEX_REF_ID", "LINK_SET_ID", "REF_LINK_ID"]
        return Set(attributes.values.joined().flatMap { list in names.compactMap { list[$0] } } + ParentConstraint.allCases.map(\.stereotype))
    }
}

/// The ids of annotations: those of the labels where XML allows them and nothing else in the file has them.
struct EAFNames {
    private var changed: [LabelID: String] = [:]
    private var known: Set<LabelID> = []
    /// The largest number of an id such as `a12`.
    private(set) var lastNumber = 0

    init(_ tiers: EAFTiers, _ head: EAFHead) {
        let taken = head.ids.union(tiers.document.layers.compactMap(\.language))
        var nameless: [LabelID] = []
        for tier in tiers.tiers {
            let labels = tiers.document.layers[tier.layer].labels
            for entry in tier.entries {
                let id = labels[entry.index].id
                guard known.insert(id).inserted else { continue }
                if Self.isFree(id.name, taken) { lastNumber = max(lastNumber, Self.number(id.name)) } else { nameless.append(id) }
            }
        }
        for id in nameless {
            repeat { lastNumber += 1 } while known.contains(LabelID("a\(lastNumber)"))
            changed[id] = "a\(lastNumber)"
        }
    }

    private static func isFree(_ name: String, _ taken: Set<String>) -> Bool {
        guard TextRule.xmlName.allows(name), !taken.contains(name), !name.hasPrefix(EAFProperty.relations) else { return false }
        // Time slots are numbered so.
        return !name.hasPrefix("ts") || name.utf8.count < 3 || !name.utf8.dropFirst(2).allSatisfy(Byte.isDigit)
    }

    private static func number(_ name: String) -> Int { name.utf8.first == .ascii("a") ? Int(name.dropFirst()) ?? 0 : 0 }

    func isKnown(_ id: LabelID) -> Bool { known.contains(id) }

    subscript(id: LabelID) -> String { changed.isEmpty ? id.name : changed[id] ?? id.name }
}

/// The linguistic types of the tiers: those of the file where they fit, others made for the kind of layer.
struct EAFTypes {
    private var byTier: [EAFType] = []
    private(set) var added: [EAFType] = []
    private(set) var addedVocabularies: [(name: String, entries: [String])] = []

    init(_ tiers: EAFTiers, _ head: EAFHead) {
        for tier in tiers.tiers {
            let layer = tiers.document.layers[tier.layer]
            let stated = layer.attributes[EAFSection.type.rawValue].flatMap { id in head.types.first { $0.id == id } }
            if let stated, stated.constraint == tier.constraint, tier.kind != .tags || stated.vocabulary == tier.vocabulary || tier.entries.isEmpty {
                byTier.append(stated)
            } else {
                byTier.append(make(for: tier, head))
            }
            if let vocabulary = tier.vocabulary, !head.has("CV_ID", vocabulary, in: .vocabulary) { addEntries(of: tier, layer, to: vocabulary) }
        }
    }

    func type(of tier: Int) -> EAFType { byTier[tier] }

    func needs(_ constraint: ParentConstraint) -> Bool { byTier.contains { $0.constraint == constraint } }

    private mutating func make(for tier: EAFTiers.Tier, _ head: EAFHead) -> EAFType {
        var type = EAFType(tier.kind, tier.constraint, vocabulary: tier.vocabulary)
        let name = type.id
        var number = 2
        while let known = (head.types + added).first(where: { $0.id == type.id }) {
            if known.constraint == type.constraint, known.vocabulary == type.vocabulary { return known }
            type.id = "\(name)-\(number)"
            number += 1
        }
        added.append(type)
        return type
    }

    private mutating func addEntries(of tier: EAFTiers.Tier, _ layer: Layer, to vocabulary: String) {
        let place = addedVocabularies.firstIndex { $0.name == vocabulary } ?? addedVocabularies.count
        if place == addedVocabularies.count { addedVocabularies.append((vocabulary, [])) }
        var known = Set(addedVocabularies[place].entries)
        for entry in tier.entries {
            let name = layer.labels[entry.index].content.plainText
            if known.insert(name).inserted { addedVocabularies[place].entries.append(name) }
        }
    }
}
