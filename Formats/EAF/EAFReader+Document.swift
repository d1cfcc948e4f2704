import Timeline

extension EAFReader {
    /// The file as a document. Times are those of the first medium: its `TIME_ORIGIN` is added.
    func document(media name: String) throws(FormatError) -> Document {
        var builder = EAFDocumentBuilder(self, mediaName: name)
        return try builder.build()
    }
}

/// Makes the layers of an EAF file.
private struct EAFDocumentBuilder {
    private let reader: EAFReader
    private var document: Document
    private var types: [String: EAFType] = [:]
    /// What the header says of layers of ours, see ``EAFProperty``.
    private var properties: [String: String] = [:]
    private var origin = TimeDelta.zero
    private var ids: [String] = []

    init(_ reader: EAFReader, mediaName: String) {
        (self.reader, document) = (reader, Document(media: Media(name: mediaName)))
    }

    mutating func build() throws(FormatError) -> Document {
        readHead()
        try nameTiers()
        let parents = try parents()
        let times = try EAFTimes(reader, order: Self.order(parents))
        for index in reader.tiers.indices { try addTier(index, parents[index].map { ids[$0] }, times) }
        return document
    }

    // MARK: Head

    private mutating func readHead() {
        var hasMedia = false
        for attribute in reader.attributes {
            switch EAFSection(rawValue: attribute.name) {
            case .media where !hasMedia:
                hasMedia = true
                readMedia(attribute.value)
            case .property: if takeProperty(attribute.value) { continue }
            case .links: if takeRelations(attribute.value) { continue }
            case .type:
                if let fragment = XMLFragment(attribute.value) {
                    let type = EAFType(fragment.attributes)
                    types[type.id] = type
                }
            default: break
            }
            document.attributes.append(attribute)
        }
        // Tells the writer not to add one.
        if !hasMedia { document.attributes.append(Attribute(EAFSection.media.rawValue, "")) }
    }

    private mutating func readMedia(_ xml: String) {
        guard let fragment = XMLFragment(xml) else { return }
        if let url = fragment.attributes["MEDIA_URL"], let name = EAFMediaURL.name(of: url) { document.media.name = name }
        guard let text = fragment.attributes["TIME_ORIGIN"].map({ Array($0.utf8) }), let value = Int64(bytes: text, 0..<text.count) else { return }
        let delta = TimeDelta.milliseconds(value)
        guard delta.isRepresentable, value != 0 else { return }
        origin = delta
        reader.log.add(.note, "eaf-origin", found: "a medium that starts \(value) ms before the annotations", effect: "times are those of the medium")
    }

    /// Whether the property is one of ours.
    private mutating func takeProperty(_ xml: String) -> Bool {
        guard let fragment = XMLFragment(xml), let name = fragment.attributes["NAME"], name.hasPrefix("slate.") else { return false }
        properties[name] = fragment.content
        return true
    }

    /// Whether the links are relations of ours.
    private mutating func takeRelations(_ xml: String) -> Bool {
        guard let fragment = XMLFragment(xml), fragment.attributes["LINK_SET_ID"] == EAFProperty.relations else { return false }
        for link in fragment.children {
            guard let from = link.attributes["REF1"], let to = link.attributes["REF2"], let kind = link.attributes["REF_TYPE"] else { continue }
            document.relations.append(Relation(kind: kind, from: LabelID(from), to: LabelID(to)))
        }
        return true
    }

    // MARK: Tiers

    /// The ids of the tiers, made different where they repeat.
    private mutating func nameTiers() throws(FormatError) {
        var taken: Set<String> = []
        for (index, tier) in reader.tiers.enumerated() {
            var (id, number) = (tier.id.isEmpty ? "tier \(index + 1)" : tier.id, 2)
            while !taken.insert(id).inserted {
                id = "\(tier.id)-\(number)"
                number += 1
            }
            if id != tier.id {
                try reader.repair(.warning, "eaf-tier", at: tier.position, found: "tier '\(tier.id)'", expected: "an id that no other tier has", effect: "it is called '\(id)'")
            }
            ids.append(id)
            if types[tier.type] == nil {
                try reader.repair(
                    .warning, "eaf-type", at: tier.position, found: "linguistic type '\(tier.type)'", expected: "a type of the file", effect: "the tier has none")
            }
        }
    }

    /// The parent of each tier, by number. A parent that is not there, and one that makes a circle, is left out.
    private func parents() throws(FormatError) -> [Int?] {
        let numbers = Dictionary(ids.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
        var parents = reader.tiers.map { $0.parent.flatMap { numbers[$0] } }
        // 0 not seen, 1 on the path, 2 done.
        var states = Array(repeating: 0, count: parents.count)
        for (index, tier) in reader.tiers.enumerated() {
            if let parent = tier.parent, parents[index] == nil { try leaveOut(parent, of: tier) }
        }
        for start in parents.indices {
            var path: [Int] = []
            var current = Optional(start)
            while let index = current, states[index] == 0 {
                states[index] = 1
                path.append(index)
                current = parents[index]
                if let parent = current, states[parent] == 1 {
                    try leaveOut(ids[parent], of: reader.tiers[index])
                    parents[index] = nil
                    current = nil
                }
            }
            for index in path { states[index] = 2 }
        }
        return parents
    }

    private func leaveOut(_ parent: String, of tier: EAFTier) throws(FormatError) {
        try reader.repair(
            .warning, "eaf-parent", at: tier.position, found: "parent '\(parent)' of tier '\(tier.id)'", expected: "another tier, not below this one",
            effect: "the tier stands by itself")
    }

    /// The tiers, parents before children.
    private static func order(_ parents: [Int?]) -> [Int] {
        var children: [[Int]] = Array(repeating: [], count: parents.count)
        for (index, parent) in parents.enumerated() { if let parent { children[parent].append(index) } }
        var order = parents.indices.filter { parents[$0] == nil }
        var next = 0
        while next < order.count {
            order += children[order[next]]
            next += 1
        }
        return order
    }

    private mutating func addTier(_ index: Int, _ parent: String?, _ times: EAFTimes) throws(FormatError) {
        let tier = reader.tiers[index]
        let part = properties[EAFProperty.layer + tier.id]
        let id = part ?? ids[index]
        let type = types[tier.type] ?? EAFType([])
        let kind = properties[EAFProperty.kind + id].flatMap(LayerKind.init(rawValue:)) ?? type.kind(ofTier: id)
        var place = document.layers.count
        if part != nil, let known = document.layers.firstIndex(where: { $0.id == id }), document.layers[known].kind == kind {
            place = known
        } else {
            document.layers.append(layer(id, kind, tier, type, parent, isPart: part != nil))
        }
        addLabels(of: tier, type, to: place, speaker: part == nil ? nil : tier.participant, times)
    }

    private func layer(_ id: String, _ kind: LayerKind, _ tier: EAFTier, _ type: EAFType, _ parent: String?, isPart: Bool) -> Layer {
        var layer = Layer(id: id, kind: kind, language: tier.language, parent: parent, constraint: parent == nil ? nil : type.constraint)
        layer.speaker = properties[EAFProperty.speaker + id] ?? (isPart ? nil : tier.participant)
        if let stated = properties[EAFProperty.parent + id] {
            let fields = stated.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
            layer.constraint = fields.first.flatMap { ParentConstraint(rawValue: String($0)) }
            if fields.count == 2, ids.contains(String(fields[1])) || properties.contains(where: { $0.key.hasPrefix(EAFProperty.layer) && $0.value == fields[1] }) {
                layer.parent = String(fields[1])
            }
        }
        if !isPart, !tier.type.isEmpty { layer.attributes.append(Attribute(EAFSection.type.rawValue, tier.type)) }
        layer.attributes += tier.attributes
        return layer
    }

    private mutating func addLabels(of tier: EAFTier, _ type: EAFType, to place: Int, speaker: String?, _ times: EAFTimes) {
        let annotations = reader.annotations
        let kind = document.layers[place].kind
        var latest: [Int32: Int32] = [:]
        document.layers[place].labels.reserveCapacity(document.layers[place].labels.count + tier.range.count)
        for index in tier.range {
            let record = annotations.records[index]
            guard let span = times.spans[index] else { continue }
            var attributes = record.attributes < 0 ? [] : annotations.attributes[Int(record.attributes)]
            let id = LabelID(annotations.ids.string(index))
            if record.isReference {
                document.relations.append(Relation(kind: EAFWriter.parentRelation, from: id, to: LabelID(annotations.ids.string(times.parents[index]))))
                let expected = type.constraint == .symbolicSubdivision ? latest[record.parent] : nil
                latest[record.parent] = Int32(index)
                let previous = record.previous < 0 ? "" : annotations.names.string(Int(record.previous))
                if previous != expected.map({ annotations.ids.string(Int($0)) }) ?? "" { attributes.append(Attribute("eaf.previous", previous)) }
            } else {
                let unaligned = (reader.slots.times[Int(record.slot1)] == nil, reader.slots.times[Int(record.slot2)] == nil)
                if unaligned.0 || unaligned.1 { attributes.append(Attribute("eaf.unaligned", unaligned.0 ? unaligned.1 ? "both" : "start" : "end")) }
            }
            let content = Self.content(annotations.value(record), kind, type, speaker)
            document.layers[place].labels.append(Label(id: id, span: origin == .zero ? span : span.shifted(by: origin), content: content, attributes: attributes))
        }
    }

    private static func content(_ text: String, _ kind: LayerKind, _ type: EAFType, _ speaker: String?) -> Content {
        switch kind {
        case .words: .word(Word(text, speaker: speaker))
        case .phones: .phone(Phone(text))
        case .turns: .turn(SpeakerTurn(speaker: speaker ?? "", text: text.isEmpty ? nil : text))
        case .emotions: .emotion(Emotion(categories: text.isEmpty ? [] : [ScoredName(text)]))
        case .tags: .tag(Tag(text, vocabulary: type.vocabulary))
        case .cues, .entities, .tracks: .cue(Cue(CueText(text), speaker: speaker))
        }
    }
}

extension Span {
    fileprivate func shifted(by delta: TimeDelta) -> Span {
        switch self {
        case .segment(let segment): segment.shifted(by: delta).map(Span.segment) ?? self
        case .instant(let time): .instant(time + delta)
        case .open(let time): .open(time + delta)
        }
    }
}

/// Names of media in addresses.
enum EAFMediaURL {
    /// The last part of an address, its escapes resolved; nil when there is none.
    static func name(of url: String) -> String? { url.split(separator: "/").last.map { String($0).percentDecoded } }

    /// A name as a relative address.
    static func url(of name: String) -> String { name.percentEncoded() }

    /// The kind of medium as ELAN names it, by the suffix.
    static func mimeType(of name: String) -> String {
        switch name.lowercased().split(separator: ".").last {
        case "wav": "audio/x-wav"
        case "mp3": "audio/mpeg"
        case "mp4", "m4v": "video/mp4"
        case "mpg", "mpeg": "video/mpeg"
        case "mov": "video/quicktime"
        default: "unknown"
        }
    }
}
