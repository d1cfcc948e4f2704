/// Writes XML 1.0 as UTF-8, one element on a line.
///
///     var xml = XMLWriter()
///     xml.open("tier")
///     xml.attribute("id", "a & b")
///     xml.close()                      // <tier id="a &amp; b"/>
///
/// Namespaces are plain attributes and prefixes part of the names; that both are names of XML is the caller's duty.
struct XMLWriter {
    /// What is written so far and not yet taken.
    private(set) var bytes: [UInt8] = []
    /// Characters that XML 1.0 cannot hold, written as U+FFFD.
    private(set) var replacements = 0

    private struct Element {
        let name: String
        var hasChildren = false
        /// White space inside counts, so none is added.
        var keepsSpace: Bool
    }

    private var elements: [Element] = []
    private var tagIsOpen = false
    private let indent: Int

    /// - Parameter indent: blanks for each level.
    init(indent: Int = 2, declaration: Bool = true) {
        self.indent = indent
        if declaration { bytes += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8 }
    }

    /// The bytes since the last call, so that a long file can be written piece by piece.
    mutating func take() -> [UInt8] {
        let taken = bytes
        bytes.removeAll(keepingCapacity: true)
        return taken
    }

    // MARK: Elements

    /// - Parameter keepsSpace: writes all that is inside without line ends and indent, for text mixed with elements.
    mutating func open(_ name: String, keepsSpace: Bool = false) {
        endTag()
        let inherited = elements.last?.keepsSpace ?? false
        if !elements.isEmpty {
            if !inherited { newLine(elements.count) }
            elements[elements.count - 1].hasChildren = true
        }
        bytes.append(.ascii("<"))
        append(name)
        tagIsOpen = true
        elements.append(Element(name: name, keepsSpace: keepsSpace || inherited))
    }

    /// Closes the innermost element.
    mutating func close() {
        guard let element = elements.popLast() else { preconditionFailure("XMLWriter: close() without open()") }
        if tagIsOpen {
            bytes += "/>".utf8
            tagIsOpen = false
        } else {
            if element.hasChildren, !element.keepsSpace { newLine(elements.count) }
            bytes += "</".utf8
            append(element.name)
            bytes.append(.ascii(">"))
        }
        if elements.isEmpty { bytes.append(Byte.lineFeed) }
    }

    /// An element with text and nothing else.
    mutating func element(_ name: String, _ text: String) {
        open(name)
        if !text.isEmpty { self.text(text) }
        close()
    }

    /// Text inside the innermost element.
    mutating func text(_ text: String) {
        endTag()
        if !elements.isEmpty { elements[elements.count - 1].keepsSpace = true }
        var text = text
        text.withUTF8 { escape($0, isAttribute: false) }
    }

    /// XML inside the innermost element as it is; that it is well formed is the caller's duty.
    mutating func raw(_ xml: some Collection<UInt8>) {
        endTag()
        if !elements.isEmpty { elements[elements.count - 1].keepsSpace = true }
        bytes.append(contentsOf: xml)
    }

    /// An element that is XML already, on a line of its own; it is not checked.
    mutating func add(raw element: some Collection<UInt8>) {
        endTag()
        if !elements.isEmpty {
            if !elements[elements.count - 1].keepsSpace { newLine(elements.count) }
            elements[elements.count - 1].hasChildren = true
        }
        bytes.append(contentsOf: element)
    }

    // MARK: Attributes

    /// An attribute of the element just opened, before any text or child.
    mutating func attribute(_ name: String, _ value: String) {
        beginAttribute(name)
        var value = value
        value.withUTF8 { escape($0, isAttribute: true) }
        bytes.append(.ascii("\""))
    }

    mutating func attribute(_ name: String, _ value: Int64) {
        beginAttribute(name)
        bytes.appendDecimal(value)
        bytes.append(.ascii("\""))
    }

    /// An attribute whose value is ASCII that needs no escapes, such as a formatted time.
    mutating func attribute(_ name: String, plain value: some Collection<UInt8>) {
        beginAttribute(name)
        bytes.append(contentsOf: value)
        bytes.append(.ascii("\""))
    }

    private mutating func beginAttribute(_ name: String) {
        precondition(tagIsOpen, "XMLWriter: an attribute stands before text and children")
        bytes.append(Byte.space)
        append(name)
        bytes += "=\"".utf8
    }

    // MARK: Bytes

    private mutating func endTag() {
        if tagIsOpen { bytes.append(.ascii(">")) }
        tagIsOpen = false
    }

    private mutating func newLine(_ depth: Int) {
        bytes.append(Byte.lineFeed)
        bytes.append(contentsOf: repeatElement(Byte.space, count: indent * depth))
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func escape(_ text: UnsafeBufferPointer<UInt8>, isAttribute: Bool) {
        var (start, index) = (0, 0)
        while index < text.count {
            let length = Self.needsEscape(text, index)
            guard length > 0 else { index += 1; continue }
            let replacement = Self.replacement(text, index, isAttribute: isAttribute)
            if let replacement {
                bytes.append(contentsOf: text[start..<index])
                replacement.withUTF8Buffer { bytes.append(contentsOf: $0) }
                if replacement.utf8Start[0] == 0xEF { replacements += 1 }
                start = index + length
            }
            index += length
        }
        bytes.append(contentsOf: text[start..<text.count])
    }

    /// Bytes of a character that may not stand as it is; 0 for the common ones.
    @inline(__always)
    private static func needsEscape(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
        switch text[index] {
        case 0..<0x20, .ascii("&"), .ascii("<"), .ascii(">"), .ascii("\""): return 1
        // U+FFFE and U+FFFF are no characters of XML.
        case 0xEF: return index + 2 < text.count && text[index + 1] == 0xBF && text[index + 2] >= 0xBE ? 3 : 0
        default: return 0
        }
    }

    /// Nil where the character may stand after all.
    private static func replacement(_ text: UnsafeBufferPointer<UInt8>, _ index: Int, isAttribute: Bool) -> StaticString? {
        switch text[index] {
        case .ascii("&"): "&amp;"
        case .ascii("<"): "&lt;"
        case .ascii(">"): "&gt;"
        case .ascii("\""): isAttribute ? "&quot;" : nil
        // A reader turns these into a blank in attributes, and CR into LF everywhere.
        case Byte.tab: isAttribute ? "&#9;" : nil
        case Byte.lineFeed: isAttribute ? "&#10;" : nil
        case Byte.carriageReturn: "&#13;"
        default: "\u{FFFD}"
        }
    }
}
