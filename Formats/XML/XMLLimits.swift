/// Bounds of an XML reading. Past one the file is refused.
struct XMLLimits: Sendable {
    /// Elements inside one another.
    var depth = 512
    /// Bytes of the file.
    var size = 1 << 30
    /// Bytes of the characters between two tags.
    var text = 1 << 26
    /// Bytes of one tag with its attributes, of one comment and of one processing instruction.
    var tag = 1 << 22
    /// Attributes of one tag. libxml2 compares each with each.
    var attributes = 4096

    static let standard = XMLLimits()
}
