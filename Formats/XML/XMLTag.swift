/// A start tag with its attributes, lent to a handler for the length of one call.
///
/// Attribute values lie one behind the other in ``bytes``, decoded and in UTF-8. They become strings only when asked for:
///
///     guard let value = tag.range(of: "TIME_VALUE") else { ... }
///     let time = DecimalTime(tag.bytes, value)
///
/// Declarations of namespaces (`xmlns`) are not among the attributes.
struct XMLTag: ~Copyable {
    private(set) var name = XMLName(local: "")
    /// Of the `<`.
    private(set) var position = TextPosition(line: 1)
    /// The values of all attributes.
    private(set) var bytes: [UInt8] = []
    private var attributes: [Attribute] = []

    private struct Attribute {
        let name: XMLName
        let value: Range<Int>
    }

    /// Number of attributes.
    var count: Int { attributes.count }

    /// The name of an attribute, in the order of the file.
    func attributeName(_ index: Int) -> XMLName { attributes[index].name }

    /// Where the value of an attribute lies in ``bytes``.
    func range(_ index: Int) -> Range<Int> { attributes[index].value }

    func string(_ index: Int) -> String { bytes.string(range(index)) }

    /// Where the value of an attribute lies in ``bytes``; nil when the tag has no such attribute.
    ///
    /// - Parameter namespace: empty for attributes without a prefix.
    func range(of local: StaticString, in namespace: String = "") -> Range<Int>? {
        for attribute in attributes where attribute.name.is(local) && attribute.name.namespace == namespace { return attribute.value }
        return nil
    }

    /// The value of an attribute; nil when the tag has no such attribute.
    func string(_ local: StaticString, in namespace: String = "") -> String? {
        range(of: local, in: namespace).map(bytes.string)
    }

    // MARK: For the parser

    mutating func begin(_ name: XMLName, at position: TextPosition) {
        (self.name, self.position) = (name, position)
        bytes.removeAll(keepingCapacity: true)
        attributes.removeAll(keepingCapacity: true)
    }

    mutating func add(_ name: XMLName, _ value: some Collection<UInt8>) {
        let start = bytes.count
        bytes.append(contentsOf: value)
        attributes.append(Attribute(name: name, value: start..<bytes.count))
    }
}
