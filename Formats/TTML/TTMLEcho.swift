/// Writes elements of a TTML document again as they came; TTML's own get no prefix.
struct TTMLEcho {
    private var xml = XMLWriter(declaration: false)
    private let isParagraph: Bool
    /// Whether each open element is of another namespace and has no prefix.
    private var defaults: [Bool] = []
    /// Whether something stood there that ``TextRun`` has no place for.
    private(set) var isRich = false

    /// - Parameter isParagraph: what comes is the inside of a `p`, in which white space counts.
    init(inParagraph isParagraph: Bool = false) {
        self.isParagraph = isParagraph
        if isParagraph { xml.open("p", keepsSpace: true) }
    }

    mutating func open(_ tag: borrowing XMLTag) {
        let isTT = TTMLReader.Namespace.isTT(tag.name.namespace)
        xml.open(isTT ? tag.name.local : tag.name.description)
        let changesDefault = !isTT && tag.name.prefix.isEmpty
        if changesDefault != defaults.last ?? false, isTT || changesDefault { xml.attribute("xmlns", isTT ? TTMLReader.Namespace.tt : tag.name.namespace) }
        defaults.append(isTT || tag.name.prefix.isEmpty ? changesDefault : defaults.last ?? false)
        if !isTT || !(tag.name.is("span") || tag.name.is("br")) { isRich = true }
        for index in 0..<tag.count {
            let name = tag.attributeName(index)
            xml.attribute(name.description, tag.string(index))
            if !Self.isModelled(name) { isRich = true }
        }
    }

    /// Whether the model has a place for an attribute of a span.
    private static func isModelled(_ name: XMLName) -> Bool {
        switch TTMLReader.Namespace.part(name.namespace) {
        case "styling": ["fontWeight", "fontStyle", "textDecoration"].contains(name.local)
        case "metadata": name.local == "agent"
        default: name.namespace == XMLName.xmlNamespace && name.local == "lang"
        }
    }

    mutating func text(_ text: [UInt8]) {
        guard isParagraph || text.contains(where: { $0 > Byte.space }) else { return }
        xml.text(text.string(0..<text.count))
    }

    mutating func close() {
        xml.close()
        defaults.removeLast()
    }

    /// The elements; of a paragraph what stands inside.
    mutating func finish() -> [UInt8] {
        guard isParagraph else { return xml.take() }
        xml.close()
        return Array(xml.take().dropFirst("<p>".utf8.count).dropLast("</p>\n".utf8.count))
    }
}
