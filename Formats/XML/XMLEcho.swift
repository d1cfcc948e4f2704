import Timeline

/// Elements as text, to be kept in an attribute and written again: without white space between them, with the namespaces they use.
struct XMLEcho {
    private var xml = XMLWriter(indent: 0, declaration: false)
    /// Prefixes that open elements declare; counts of them by element.
    private var declared: [(prefix: String, namespace: String)]
    private var counts: [Int] = []
    private let namespace: String

    private(set) var depth = 0

    /// - Parameter namespace: that of the place where the elements will be written; its elements get no prefix.
    init(namespace: String = "") {
        self.namespace = namespace
        declared = [("xml", XMLName.xmlNamespace), ("", namespace)]
    }

    mutating func open(_ tag: borrowing XMLTag) {
        open(tag.name)
        for index in 0..<tag.count { attribute(tag.attributeName(index), tag.string(index)) }
    }

    mutating func open(_ name: XMLName) {
        let isOwn = !namespace.isEmpty && name.namespace == namespace
        let name = isOwn ? XMLName(local: name.local, namespace: namespace) : name
        xml.open(name.description, keepsSpace: true)
        (depth, counts) = (depth + 1, counts + [0])
        declare(name)
    }

    mutating func open(_ name: String) { open(XMLName(local: name, namespace: namespace)) }

    mutating func attribute(_ name: XMLName, _ value: String) {
        if !name.prefix.isEmpty { declare(name) }
        xml.attribute(name.description, value)
    }

    mutating func attribute(_ name: String, _ value: String) { xml.attribute(name, value) }

    private mutating func declare(_ name: XMLName) {
        let known = declared.last { $0.prefix == name.prefix }?.namespace ?? ""
        guard known != name.namespace, !counts.isEmpty else { return }
        xml.attribute(name.prefix.isEmpty ? "xmlns" : "xmlns:\(name.prefix)", name.namespace)
        declared.append((name.prefix, name.namespace))
        counts[counts.count - 1] += 1
    }

    mutating func text(_ text: [UInt8]) {
        guard text.contains(where: { $0 > Byte.space }) else { return }
        xml.text(text.string(0..<text.count))
    }

    /// Closes the innermost element; the whole text when it was the last.
    mutating func close() -> String? {
        xml.close()
        depth -= 1
        declared.removeLast(counts.popLast() ?? 0)
        guard depth == 0 else { return nil }
        let bytes = xml.take()
        return bytes.string(0..<(bytes.last == Byte.lineFeed ? bytes.count - 1 : bytes.count))
    }
}

/// An element that was kept as text, taken apart as far as its children.
struct XMLFragment {
    let name: String
    let attributes: [Attribute]
    /// All characters inside.
    let content: String
    let children: [(name: String, attributes: [Attribute])]

    /// Nil when the text is not one element.
    init?(_ text: String) {
        let parts = Parts()
        guard (try? XMLReader.read(Array(text.utf8), into: parts)) != nil, let root = parts.elements.first else { return nil }
        (name, attributes, content) = (root.name, root.attributes, parts.content)
        children = Array(parts.elements.dropFirst())
    }

    private final class Parts: XMLHandler {
        var log = DiagnosticLog(file: "")
        var elements: [(name: String, attributes: [Attribute])] = []
        var content = ""
        private var depth = 0

        func startElement(_ tag: borrowing XMLTag) throws(FormatError) {
            depth += 1
            guard depth <= 2 else { return }
            var attributes: [Attribute] = []
            for index in 0..<tag.count { attributes.append(Attribute(tag.attributeName(index).description, tag.string(index))) }
            elements.append((tag.name.local, attributes))
        }

        func endElement(_ name: XMLName, at position: TextPosition) throws(FormatError) { depth -= 1 }
        func characters(_ text: [UInt8], at position: TextPosition) throws(FormatError) { content += text.string(0..<text.count) }
    }
}
