/// Labels of one kind that belong together: what ELAN and Praat call a tier.
public struct Layer: Hashable, Sendable {
    /// Unique in the document.
    public var id: String
    public var kind: LayerKind
    /// BCP 47 tag of the labels' text; nil when nobody stated one.
    public var language: String?
    /// The layer whose labels these refine, by id.
    public var parent: String?
    /// How the labels sit inside the parent's; nil when nobody stated it.
    public var constraint: ParentConstraint?
    /// Whose speech or acts the whole layer holds; nil when nobody stated it.
    public var speaker: String?
    /// In the order in which they were made or read, which need not be the order of their times.
    public var labels: LabelList
    public var attributes: [Attribute]

    public init(
        id: String, kind: LayerKind, language: String? = nil, parent: String? = nil, constraint: ParentConstraint? = nil,
        speaker: String? = nil, labels: LabelList = [], attributes: [Attribute] = []
    ) {
        (self.id, self.kind, self.language, self.parent) = (id, kind, language, parent)
        (self.constraint, self.speaker, self.labels, self.attributes) = (constraint, speaker, labels, attributes)
    }
}

/// What the labels of a layer are; each label's ``Content`` has the case of the same name.
public enum LayerKind: String, Hashable, Sendable, CaseIterable {
    case cues, words, phones, turns, emotions, tags, entities, tracks
}

/// How the labels of a layer sit inside those of its parent, in the terms of ELAN.
public enum ParentConstraint: String, Hashable, Sendable, CaseIterable {
    /// They divide the parent's label without a gap, each with a time of its own.
    case timeSubdivision = "time-subdivision"
    /// They lie inside the parent's label, with gaps.
    case includedIn = "included-in"
    /// They divide the parent's label in an order, without times of their own.
    case symbolicSubdivision = "symbolic-subdivision"
    /// One for one with the parent's labels, without times of their own.
    case symbolicAssociation = "symbolic-association"
}
