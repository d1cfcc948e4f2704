import Timeline

/// Comment lines of a line format. Those before the first label are said of the whole file; later ones stay with the label that
/// follows them, so that they return to their place; those after the last label are said of the file under a name of their own.
struct LineComments {
    /// The attribute's name, such as `rttm.comment`.
    private let name: String
    private var waiting: [String] = []
    private var sawLabel = false

    init(_ name: String) { self.name = name }

    /// The name for comments after the last label.
    static func trailing(_ name: String) -> String { "\(name)-after" }

    mutating func add(_ comment: String) { waiting.append(comment) }

    /// What stands before a label that is about to be added.
    mutating func beforeLabel(_ sink: inout some LabelSink) -> [Attribute] {
        guard !waiting.isEmpty || !sawLabel else { return [] }
        let attributes = waiting.map { Attribute(name, $0) }
        waiting.removeAll()
        defer { sawLabel = true }
        guard !sawLabel else { return attributes }
        for attribute in attributes { sink.add(attribute) }
        return []
    }

    /// Called once after the last line.
    mutating func finish(_ sink: inout some LabelSink) {
        for comment in waiting { sink.add(Attribute(sawLabel ? Self.trailing(name) : name, comment)) }
        waiting.removeAll()
    }

    /// Appends the comments of a label or a file, each as a line.
    static func write(_ name: String, of attributes: [Attribute], to bytes: inout [UInt8]) {
        for attribute in attributes where attribute.name == name {
            bytes += attribute.value.utf8.lazy.map { $0 == Byte.lineFeed || $0 == Byte.carriageReturn ? Byte.space : $0 }
            bytes.append(Byte.lineFeed)
        }
    }
}
