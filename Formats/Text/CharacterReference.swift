/// Decodes character references: the few that subtitles without a standard use, and all of HTML.
enum CharacterReference {
    private static let names: [(name: StaticString, text: StaticString)] = [
        ("amp;", "&"), ("lt;", "<"), ("gt;", ">"), ("nbsp;", "\u{A0}"), ("lrm;", "\u{200E}"), ("rlm;", "\u{200F}"),
        ("quot;", "\""), ("apos;", "'"),
    ]

    /// The characters that a reference at a position stands for and where it ends; nil when there is none.
    ///
    /// Takes the eight names above and numbers, each with its semicolon.
    ///
    /// - Parameter position: of the `&`.
    static func decode(_ text: [UInt8], at position: Int, before end: Int? = nil) -> (bytes: [UInt8], end: Int)? {
        let end = end ?? text.count
        if let number = number(text, at: position, before: end) { return number.isClosed ? (utf8(number.value), number.end) : nil }
        for entry in names where text.has(entry.name, at: position + 1, before: end) {
            let bytes = entry.text.withUTF8Buffer { Array($0) }
            return (bytes, position + 1 + entry.name.utf8CodeUnitCount)
        }
        return nil
    }

    /// As ``decode(_:at:before:)``, by the rules of HTML: all its names, some of them without a semicolon, and numbers with or
    /// without one, of which 128 to 159 stand for the characters of Windows-1252 (HTML Standard, section 13.2.5.72 to 80).
    static func decodeHTML(_ text: [UInt8], at position: Int, before end: Int) -> (bytes: [UInt8], end: Int)? {
        if let number = number(text, at: position, before: end) { return (utf8(windows1252[number.value] ?? number.value), number.end) }
        let start = position + 1
        var nameEnd = start
        while nameEnd < end, nameEnd - start <= HTMLCharacterNames.longestName, Byte.isLetter(text[nameEnd]) || Byte.isDigit(text[nameEnd]) { nameEnd += 1 }
        guard nameEnd > start else { return nil }
        if nameEnd < end, text[nameEnd] == .ascii(";"), let entry = HTMLCharacterNames.table[text.string(start..<nameEnd)] {
            return (entry.text, nameEnd + 1)
        }
        var length = min(nameEnd - start, HTMLCharacterNames.longestOpenName)
        while length > 1 {
            if let entry = HTMLCharacterNames.table[text.string(start..<start + length)], entry.mayBeOpen { return (entry.text, start + length) }
            length -= 1
        }
        return nil
    }

    private struct Number {
        var value: UInt32
        var end: Int
        var isClosed: Bool
    }

    private static func number(_ text: [UInt8], at position: Int, before end: Int) -> Number? {
        guard text.has("#", at: position + 1, before: end) else { return nil }
        let isHex = text.hasFolded("x", at: position + 2, before: end)
        let radix: UInt32 = isHex ? 16 : 10
        let start = position + (isHex ? 3 : 2)
        var (index, value) = (start, UInt32(0))
        while index < end, let digit = digit(text[index], radix) {
            value = min(value * radix + digit, 0x11_0000)
            index += 1
        }
        guard index > start else { return nil }
        let isClosed = index < end && text[index] == .ascii(";")
        return Number(value: value, end: isClosed ? index + 1 : index, isClosed: isClosed)
    }

    private static func digit(_ byte: UInt8, _ radix: UInt32) -> UInt32? {
        if Byte.isDigit(byte) { return UInt32(byte &- 0x30) }
        let letter = (byte | 0x20) &- 0x61
        return radix == 16 && letter < 6 ? UInt32(letter) + 10 : nil
    }

    /// U+FFFD for zero, surrogates and what lies beyond Unicode.
    private static func utf8(_ value: UInt32) -> [UInt8] {
        let scalar = value == 0 ? nil : Unicode.Scalar(value)
        return Array(String(Character(scalar ?? "\u{FFFD}")).utf8)
    }

    private static let windows1252: [UInt32: UInt32] = [
        0x80: 0x20AC, 0x82: 0x201A, 0x83: 0x0192, 0x84: 0x201E, 0x85: 0x2026, 0x86: 0x2020, 0x87: 0x2021, 0x88: 0x02C6, 0x89: 0x2030,
        0x8A: 0x0160, 0x8B: 0x2039, 0x8C: 0x0152, 0x8E: 0x017D, 0x91: 0x2018, 0x92: 0x2019, 0x93: 0x201C, 0x94: 0x201D, 0x95: 0x2022,
        0x96: 0x2013, 0x97: 0x2014, 0x98: 0x02DC, 0x99: 0x2122, 0x9A: 0x0161, 0x9B: 0x203A, 0x9C: 0x0153, 0x9E: 0x017E, 0x9F: 0x0178,
    ]
}
