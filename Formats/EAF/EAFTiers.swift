import Timeline

/// The layers of a document as tiers of ELAN: one for each, and more where speakers, vocabularies or overlaps need them.
struct EAFTiers {
    struct Tier {
        var id: String
        /// Of the layer in the document.
        let layer: Int
        let kind: LayerKind
        var entries: [TierLanes.Entry]
        var speaker, vocabulary: String?
        /// The tier above, by its id, and how this one sits in it.
        var parent: String?
        var constraint: ParentConstraint?
        /// Whether the annotations refer to others instead of time slots.
        var isReference = false
        /// Whether the layer has other tiers, or this one states what a layer's tier does not.
        var isPart = false
    }

    private(set) var tiers: [Tier] = []
    let document: Document
    /// What each label refers to by a relation of the kind ``EAFWriter/parentRelation``.
    private(set) var parentOfLabel: [LabelID: LabelID] = [:]
    /// Ticks of the medium before the time zero of the annotations.
    private let origin: Int64
    private let types: [EAFType]
    private let end: Int64
    private var ids: Set<String> = []
    /// Where the tiers of each layer begin, and how many there are.
    private var rangeOfLayer: [String: Range<Int>] = [:]

    init(_ document: Document, _ head: EAFHead) {
        (self.document, origin, types) = (document, head.origin, head.types)
        let last = document.layers.lazy.flatMap { layer in layer.labels.indices.lazy.map { layer.labels.span(at: $0).end.ticks } }.max() ?? 0
        end = document.media.duration.map { max($0.ticks, last) } ?? (Timestamp(ticks: last) + .seconds(1)).ticks
        for relation in document.relations where relation.kind == EAFWriter.parentRelation && parentOfLabel[relation.from] == nil {
            parentOfLabel[relation.from] = relation.to
        }
        ids = Set(document.layers.map(\.id))
        // Parents come first; the order of the file is that of the document.
        var byLayer: [[Tier]] = Array(repeating: [], count: document.layers.count)
        for index in parentsFirst() {
            byLayer[index] = tiers(of: index)
            tiers += byLayer[index]
            rangeOfLayer[document.layers[index].id] = tiers.count - byLayer[index].count..<tiers.count
        }
        tiers = byLayer.flatMap { $0 }
    }

    /// Milliseconds of a time.
    func milliseconds(_ ticks: Int64) -> Int64 { max(0, Timestamp(ticks: ticks.subtractingReportingOverflow(origin).partialValue).milliseconds) }

    /// The layers that can be held, those above others first.
    private func parentsFirst() -> [Int] {
        let held = document.layers.indices.filter { EAF.capabilities.kinds[document.layers[$0].kind] != nil }
        let numbers = Dictionary(held.map { (document.layers[$0].id, $0) }, uniquingKeysWith: { first, _ in first })
        var (order, isDone) = ([Int](), Set<Int>())
        for start in held {
            var path: [Int] = []
            var current = Optional(start)
            while let index = current, !isDone.contains(index), !path.contains(index) {
                path.append(index)
                current = document.layers[index].parent.flatMap { numbers[$0] }
            }
            for index in path.reversed() where isDone.insert(index).inserted { order.append(index) }
        }
        return order
    }

    // MARK: Parts of a layer

    private struct Key: Hashable {
        var speaker, vocabulary: String?
    }

    private mutating func tiers(of index: Int) -> [Tier] {
        let layer = document.layers[index]
        let (order, groups) = Self.groups(layer)
        if order.count == 1, order[0].speaker == nil, let tier = referring(layer, index, order[0]) { return [tier] }
        var made: [Tier] = []
        let vocabularies = Set(order.map(\.vocabulary))
        for key in order {
            let lanes = TierLanes(layer.labels, among: groups[key] ?? [], end: end, takesPoints: false, unit: milliseconds).intervals
            for (number, lane) in (lanes.isEmpty ? [[]] : lanes).enumerated() {
                var tier = tier(index, key, lane)
                if let speaker = key.speaker { tier.id += "@\(speaker)" }
                if vocabularies.count > 1, let vocabulary = key.vocabulary { tier.id += " [\(vocabulary)]" }
                if number > 0 { tier.id = TextGridPart(name: tier.id, number: number + 1).description }
                if tier.id != layer.id { tier.id = unused(tier.id) }
                // Annotations stay in the order of the labels where one tier takes all.
                if lanes.count == 1, lane.count == groups[key]?.count { tier.entries.sort { $0.index < $1.index } }
                made.append(tier)
            }
        }
        for place in made.indices { made[place].isPart = made.count > 1 || made[place].speaker != nil }
        if made.count == 1, !made[0].isPart { setParent(of: &made[0], layer) }
        return made
    }

    private func tier(_ index: Int, _ key: Key, _ entries: [TierLanes.Entry]) -> Tier {
        let layer = document.layers[index]
        let kind = if case .turned(let other) = EAF.capabilities.kinds[layer.kind] { other } else { layer.kind }
        return Tier(id: layer.id, layer: index, kind: kind, entries: entries, speaker: key.speaker, vocabulary: key.vocabulary)
    }

    private mutating func unused(_ id: String) -> String {
        var (name, number) = (id, 2)
        while !ids.insert(name).inserted {
            name = "\(id)-\(number)"
            number += 1
        }
        return name
    }

    /// The labels of a layer by who speaks and by vocabulary, in the order in which these come.
    private static func groups(_ layer: Layer) -> (order: [Key], groups: [Key: [Int]]) {
        var (order, groups) = ([Key](), [Key: [Int]]())
        for (index, label) in layer.labels.enumerated() {
            var key = Key(speaker: label.content.speaker)
            if key.speaker?.isEmpty == true { key.speaker = nil }
            if case .tag(let tag) = label.content { key.vocabulary = tag.vocabulary }
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(index)
        }
        return order.isEmpty ? ([Key()], [:]) : (order, groups)
    }

    // MARK: Parents

    /// The one tier of a layer whose labels refer to those of its parent; nil where they do not all.
    private func referring(_ layer: Layer, _ index: Int, _ key: Key) -> Tier? {
        guard let constraint = layer.constraint, constraint.isSymbolic, let parent = parentTier(of: layer) else { return nil }
        let above = Set(document.layers[parent.layer].labels.map(\.id))
        guard layer.labels.allSatisfy({ label in parentOfLabel[label.id].map(above.contains) ?? false }) else { return nil }
        var tier = tier(index, key, layer.labels.indices.map { TierLanes.Entry(start: 0, end: 0, index: $0) })
        (tier.parent, tier.constraint, tier.isReference) = (parent.id, constraint, true)
        return tier
    }

    /// The tier of the parent layer, where that is one tier.
    private func parentTier(of layer: Layer) -> Tier? {
        guard let parent = layer.parent, parent != layer.id, let range = rangeOfLayer[parent], range.count == 1, !tiers[range.lowerBound].isPart else { return nil }
        return tiers[range.lowerBound]
    }

    /// Puts a tier with times under its parent, where ELAN would: a layer that came from ELAN, or one whose labels lie in those of the parent.
    private func setParent(of tier: inout Tier, _ layer: Layer) {
        guard let constraint = layer.constraint, !constraint.isSymbolic, let parent = parentTier(of: layer), !parent.isReference else { return }
        let stated = layer.attributes[EAFSection.type.rawValue].flatMap { id in types.first { $0.id == id } }
        guard stated?.constraint == constraint || Self.lie(tier.entries, in: parent.entries) else { return }
        (tier.parent, tier.constraint) = (parent.id, constraint)
    }

    private static func lie(_ entries: [TierLanes.Entry], in parents: [TierLanes.Entry]) -> Bool {
        let parents = parents.sorted { $0.start < $1.start }
        return entries.allSatisfy { entry in
            var (low, high) = (0, parents.count)
            while low < high {
                let middle = (low + high) / 2
                if parents[middle].start <= entry.start { low = middle + 1 } else { high = middle }
            }
            return low > 0 && entry.end <= parents[low - 1].end
        }
    }
}
