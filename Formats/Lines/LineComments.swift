import Timeline

/// Comment lines of a line format. Those before the first label are said of the whole file; later ones stay with the label that
/// follows them, so that they return to their place; those after the last label are said of the file under a name of their own.
struct LineComments {
    /// The attribute's name, such as `rttm.comment`.
    private let name: String
    private var waiting: [Attribute] = []
    private var sawLabel = false

    init(_ name: String) { self.name = name }

    /// The name for comments after the last label.
    static func trailing(_ name: String) -> String { "\(name)-after" }

    mutating func add(_ comment: String) { waiting.append(Attribute(name, comment)) }

    /// Adds a line that is no comment but belongs to the label after it, under a name of its own.
    mutating func add(_ line: String, as name: String) { waiting.append(Attribute(name, line)) }

    /// Whether nothing waits for the next label, which is not the first.
    var areQuiet: Bool { waiting.isEmpty && sawLabel }

    /// What stands before a label that is about to be added.
    mutating func beforeLabel(_ sink: inout some LabelSink) -> [Attribute] {
        guard !waiting.isEmpty || !sawLabel else { return [] }
        var attributes = waiting
        waiting.removeAll()
        defer { sawLabel = true }
        guard !sawLabel else { return attributes }
        let head = attributes.prefix { $0.name == name }
        for attribute in head { sink.add(attribute) }
        attributes.removeFirst(head.count)
        return attributes
    }

    /// Called once after the last line.
    mutating func finish(_ sink: inout some LabelSink) {
        for line in waiting { sink.add(sawLabel ? Attribute(Self.trailing(name), line.value) : line) }
        waiting.removeAll()
    }

    /// Appends the lines of some names that a label or a file has, in their order.
    static func write(_ names: String..., of attributes: [Attribute], to bytes: inout [UInt8]) {
        for attribute in attributes where names.contains(attribute.name) {
            bytes += attribute.value.utf8.lazy.map { $0 == Byte.lineFeed || $0 == Byte.carriageReturn ? Byte.space : $0 }
            bytes.append(Byte.lineFeed)
        }
    }
}
