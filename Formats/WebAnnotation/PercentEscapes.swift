/// Percent escapes of IRIs (RFC 3987).
enum PercentEscapes {
    /// Every escape resolved.
    static func resolved(_ text: [UInt8]) -> [UInt8] { resolve(text) { _ in true } }

    /// A name as an IRI reference: what an IRI cannot hold is escaped, and so is `#` in the name of a medium.
    static func iri(_ name: String, escaping isEscaped: (UInt8) -> Bool) -> String {
        guard name.utf8.contains(where: { isEscaped($0) || $0 == .ascii("%") }) else { return name }
        let bytes = Array(name.utf8)
        var text: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            // A percent sign stays unless what follows would be taken for one of our escapes.
            let isOurs = byte == .ascii("%") && (escape(bytes, at: index).map { isEscaped($0) || $0 == .ascii("%") } ?? false)
            if isEscaped(byte) || isOurs {
                let digits = Array("0123456789ABCDEF".utf8)
                text += [.ascii("%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            } else {
                text.append(byte)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The name that ``iri(_:escaping:)`` made a reference of; all other escapes stay.
    static func name(_ iri: String, escaping isEscaped: (UInt8) -> Bool) -> String {
        guard iri.utf8.contains(.ascii("%")) else { return iri }
        return String(decoding: resolve(Array(iri.utf8)) { isEscaped($0) || $0 == .ascii("%") }, as: UTF8.self)
    }

    /// Bytes that no IRI may hold.
    static func isForbidden(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == 0x7F || "\"<>\\^`{|}".utf8.contains(byte) }

    /// Bytes that the IRI of a medium before its fragment may not hold.
    static func isForbiddenInMedia(_ byte: UInt8) -> Bool { isForbidden(byte) || byte == .ascii("#") }

    private static func resolve(_ text: [UInt8], _ isResolved: (UInt8) -> Bool) -> [UInt8] {
        var (result, position) = ([UInt8](), 0)
        while position < text.count {
            if let byte = escape(text, at: position), isResolved(byte) {
                result.append(byte)
                position += 3
            } else {
                result.append(text[position])
                position += 1
            }
        }
        return result
    }

    private static func escape(_ text: [UInt8], at position: Int) -> UInt8? {
        guard text[position] == .ascii("%"), position + 2 < text.count, let high = text[position + 1].hexadecimalDigit,
            let low = text[position + 2].hexadecimalDigit
        else { return nil }
        return high << 4 | low
    }
}
