/// The name of an element or attribute. One object for each name of a file, so that passing it copies nothing.
final class XMLName: Sendable {
    /// Without the prefix.
    let local: String
    /// Empty where the file wrote none.
    let prefix: String
    /// The namespace's address; empty for a name in no namespace.
    let namespace: String
    private let localBytes: [UInt8]

    /// The namespace of `xml:lang`, `xml:id` and `xml:space`.
    static let xmlNamespace = "http://www.w3.org/XML/1998/namespace"

    init(local: String, prefix: String = "", namespace: String = "") {
        (self.local, self.prefix, self.namespace) = (local, prefix, namespace)
        localBytes = Array(local.utf8)
    }

    /// Whether this is the local name, whatever the namespace.
    func `is`(_ local: StaticString) -> Bool {
        local.utf8CodeUnitCount == localBytes.count && localBytes.has(local, at: 0)
    }

    /// Whether this is the local name in a namespace; `""` stands for no namespace.
    func `is`(_ local: StaticString, in namespace: String) -> Bool { self.is(local) && self.namespace == namespace }
}

extension XMLName: CustomStringConvertible {
    /// As the file wrote it.
    var description: String { prefix.isEmpty ? local : "\(prefix):\(local)" }
}
