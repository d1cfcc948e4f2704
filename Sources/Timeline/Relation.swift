/// A stated tie between two labels, such as a translation of one by the other.
public struct Relation: Hashable, Sendable {
    /// What the tie is, such as `translates`, `corrects` or `answers`.
    public var kind: String
    public var from, to: LabelID

    public init(kind: String, from: LabelID, to: LabelID) { (self.kind, self.from, self.to) = (kind, from, to) }
}
