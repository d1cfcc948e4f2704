/// Decodes the character references of subtitles: `&amp;`, `&#233;`, `&#xE9;` and the names that WebVTT defines.
enum CharacterReference {
    private static let names: [(name: StaticString, text: StaticString)] = [
        ("amp;", "&"), ("lt;", "<"), ("gt;", ">"), ("nbsp;", "\u{A0}"), ("lrm;", "\u{200E}"), ("rlm;", "\u{200F}"),
        ("quot;", "\""), ("apos;", "'"),
    ]

    /// The characters that a reference at a position stands for and where it ends; nil when there is none.
    ///
    /// - Parameter position: of the `&`.
    static func decode(_ text: [UInt8], at position: Int) -> (bytes: [UInt8], end: Int)? {
        if text.has("#", at: position + 1) { return number(text, at: position + 2) }
        for entry in names where text.has(entry.name, at: position + 1) {
            let bytes = entry.text.withUTF8Buffer { Array($0) }
            return (bytes, position + 1 + entry.name.utf8CodeUnitCount)
        }
        return nil
    }

    private static func number(_ text: [UInt8], at start: Int) -> (bytes: [UInt8], end: Int)? {
        let isHex = text.hasFolded("x", at: start)
        let radix: UInt32 = isHex ? 16 : 10
        var (position, value, digits) = (start + (isHex ? 1 : 0), UInt32(0), 0)
        while position < text.count, let digit = digit(text[position], radix) {
            value = min(value * radix + digit, 0x11_0000)
            position += 1
            digits += 1
        }
        guard digits > 0, text.has(";", at: position) else { return nil }
        let scalar = value == 0 ? nil : Unicode.Scalar(value)
        return (Array(String(Character(scalar ?? "\u{FFFD}")).utf8), position + 1)
    }

    private static func digit(_ byte: UInt8, _ radix: UInt32) -> UInt32? {
        if Byte.isDigit(byte) { return UInt32(byte &- 0x30) }
        let letter = (byte | 0x20) &- 0x61
        return radix == 16 && letter < 6 ? UInt32(letter) + 10 : nil
    }
}
