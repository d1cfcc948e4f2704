extension Manifest {
    /// The rows of a JSON Lines text: one flat object a line, whose known values are strings or null.
    static func jsonRecords(_ bytes: [UInt8], file: String) throws -> [ManifestRecord] {
        let lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
        return try lines.enumerated().compactMap { index, line in
            var scanner = FlatObjectScanner(bytes: Array(line), file: file, line: index + 1)
            return try scanner.record()
        }
    }
}

/// Reads one JSON object of scalars (RFC 8259) and says where it goes wrong.
private struct FlatObjectScanner {
    let bytes: [UInt8]
    let file: String
    let line: Int
    private var position = 0

    init(bytes: [UInt8], file: String, line: Int) { (self.bytes, self.file, self.line) = (bytes, file, line) }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// Nil for a blank line.
    mutating func record() throws -> ManifestRecord? {
        skipBlanks()
        guard current != nil else { return nil }
        try expect("{")
        var record = ManifestRecord(line: line, fields: [:])
        skipBlanks()
        if current != UInt8(ascii: "}") {
            repeat { try member(into: &record) } while try takeComma()
        }
        try expect("}")
        skipBlanks()
        guard current == nil else { throw problem("text after the object; expected one object on each line") }
        return record
    }

    private mutating func member(into record: inout ManifestRecord) throws {
        skipBlanks()
        let nameColumn = position + 1
        let name = try string()
        skipBlanks()
        try expect(":")
        skipBlanks()
        let column = position + 1
        let text = try scalar(of: name)
        guard let name = try Manifest.checkedName(name, file: file, line: line, column: nameColumn) else { return }
        guard record.fields[name] == nil else {
            throw BatchError.manifest(file: file, line: line, column: nameColumn, problem: "'\(name)' appears twice")
        }
        record.fields[name] = ManifestRecord.Field(text: text ?? "", column: column)
    }

    /// A string's text, or nil for null; numbers and truth values stand only under names that are passed over.
    private mutating func scalar(of name: String) throws -> String? {
        if current == UInt8(ascii: "\"") { return try string() }
        let start = position
        while let byte = current, Self.isWordByte(byte) { position += 1 }
        let word = String(decoding: bytes[start..<position], as: UTF8.self)
        if word == "null" { return nil }
        let isScalar = word == "true" || word == "false" || Double(word) != nil
        position = isScalar && name.hasPrefix("x-") ? position : start
        guard isScalar, name.hasPrefix("x-") else { throw problem("expected a string or null for '\(name)'") }
        return nil
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "E"): true
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: false
        }
    }

    private mutating func string() throws -> String {
        try expect("\"")
        let start = position
        var text: [UInt8] = []
        while let byte = current, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw problem("a control byte inside a string; write it as \\u00XX") }
            position += 1
            if byte == UInt8(ascii: "\\") { text += try escape() } else { text.append(byte) }
        }
        guard current != nil else {
            position = start - 1
            throw problem("this string is never closed")
        }
        position += 1
        guard let decoded = String(validating: text, as: UTF8.self) else { throw problem("the string is not UTF-8") }
        return decoded
    }

    private mutating func escape() throws -> [UInt8] {
        guard let byte = current else { throw problem("this string is never closed") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [8]
        case UInt8(ascii: "f"): return [12]
        case UInt8(ascii: "n"): return [10]
        case UInt8(ascii: "r"): return [13]
        case UInt8(ascii: "t"): return [9]
        case UInt8(ascii: "u"): return Array(String(Character(try unicodeScalar())).utf8)
        default:
            position -= 1
            throw problem("'\\\(Character(Unicode.Scalar(byte)))' is not an escape of JSON")
        }
    }

    /// The scalar after `\u`, a surrogate pair taken together.
    private mutating func unicodeScalar() throws -> Unicode.Scalar {
        let high = try hexUnit()
        if let scalar = Unicode.Scalar(UInt32(high)) { return scalar }
        guard high < 0xDC00, current == UInt8(ascii: "\\"), bytes.dropFirst(position + 1).first == UInt8(ascii: "u")
        else {
            throw problem("half of a surrogate pair")
        }
        position += 2
        let low = try hexUnit()
        guard (0xDC00...0xDFFF).contains(low) else { throw problem("half of a surrogate pair") }
        let value = 0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(low) - 0xDC00)
        return Unicode.Scalar(value) ?? "\u{FFFD}"
    }

    private mutating func hexUnit() throws -> UInt16 {
        let digits = bytes.dropFirst(position).prefix(4)
        let text = String(decoding: digits, as: UTF8.self)
        guard digits.count == 4, text.allSatisfy(\.isHexDigit), let unit = UInt16(text, radix: 16) else {
            throw problem("\\u needs four hexadecimal digits")
        }
        position += 4
        return unit
    }

    private mutating func takeComma() throws -> Bool {
        skipBlanks()
        guard current == UInt8(ascii: ",") else { return false }
        position += 1
        return true
    }

    private mutating func skipBlanks() {
        while let byte = current, byte == 0x20 || byte == 0x09 || byte == 0x0D { position += 1 }
    }

    private mutating func expect(_ character: Character) throws {
        guard current == character.asciiValue else { throw problem("expected '\(character)'") }
        position += 1
    }

    private func problem(_ text: String) -> BatchError {
        .manifest(file: file, line: line, column: position + 1, problem: text)
    }
}
