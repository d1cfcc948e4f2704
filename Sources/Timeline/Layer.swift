/// Labels of one kind that belong together: what ELAN and Praat call a tier.
public struct Layer: Hashable, Sendable {
    /// Unique in the document.
    public var id: String
    public var kind: LayerKind
    /// BCP 47 tag of the labels' text; nil when nobody stated one.
    public var language: String?
    /// The layer whose labels these refine, by id.
    public var parent: String?
    /// In the order in which they were made or read, which need not be the order of their times.
    public var labels: [Label]
    public var attributes: [Attribute]

    public init(
        id: String, kind: LayerKind, language: String? = nil, parent: String? = nil, labels: [Label] = [],
        attributes: [Attribute] = []
    ) {
        (self.id, self.kind, self.language, self.parent) = (id, kind, language, parent)
        (self.labels, self.attributes) = (labels, attributes)
    }
}

/// What the labels of a layer are; each label's ``Content`` has the case of the same name.
public enum LayerKind: String, Hashable, Sendable, CaseIterable {
    case cues, words, phones, turns, emotions, tags, entities
}
