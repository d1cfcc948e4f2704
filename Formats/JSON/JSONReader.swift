/// Reads JSON (RFC 8259) from UTF-8 bytes, with bounds on depth and size, and with line and column in every error.
///
/// A lone surrogate escape becomes U+FFFD and a repeated member name is kept, each with a remark; all else that the
/// RFC does not allow is an error.
public struct JSONReader {
    /// Arrays and objects inside one another. RFC 8259 lets a reader set a limit.
    public static let depthLimit = 256
    /// Bytes of one text.
    public static let sizeLimit = 1 << 30

    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0
    private var log: DiagnosticLog

    /// The value of a JSON text.
    ///
    /// - Parameter log: takes the remarks; its file name is the one in errors.
    /// - Throws: ``FormatError`` with the place, what was found and what was expected.
    public static func read(_ bytes: [UInt8], log: inout DiagnosticLog) throws(FormatError) -> JSONValue {
        var reader = JSONReader(bytes: bytes, log: log)
        let value = try reader.text()
        log = reader.log
        return value
    }

    private init(bytes: [UInt8], log: DiagnosticLog) { (self.bytes, self.log) = (bytes, log) }

    private mutating func text() throws(FormatError) -> JSONValue {
        guard bytes.count <= Self.sizeLimit else {
            throw FormatError(.tooLarge, file: log.file, found: "\(bytes.count) bytes", expected: "at most \(Self.sizeLimit) bytes of JSON")
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        if let error = UTF8Form(bytes, from: position).firstError {
            throw failure("a byte that is not UTF-8", "UTF-8 text", at: error)
        }
        skipSpace()
        let value = try value()
        skipSpace()
        guard position == bytes.count else { throw unexpected("the end of the text") }
        return value
    }

    private mutating func value() throws(FormatError) -> JSONValue {
        guard let first = peek else { throw unexpected("a value") }
        switch first {
        case .ascii("{"): return try nested(Self.object)
        case .ascii("["): return try nested(Self.array)
        case .ascii("\""): return .string(try string())
        case .ascii("t"): return try word("true", .bool(true))
        case .ascii("f"): return try word("false", .bool(false))
        case .ascii("n"): return try word("null", .null)
        case .ascii("-"), .ascii("0") ... .ascii("9"): return .number(try number())
        default: throw unexpected("a value")
        }
    }

    // MARK: Arrays and objects

    private mutating func nested(_ body: (inout JSONReader) throws(FormatError) -> JSONValue) throws(FormatError) -> JSONValue {
        guard depth < Self.depthLimit else {
            throw failure("more than \(Self.depthLimit) arrays and objects inside one another", "less depth", at: position)
        }
        depth += 1
        defer { depth -= 1 }
        position += 1
        skipSpace()
        return try body(&self)
    }

    private static func array(_ reader: inout JSONReader) throws(FormatError) -> JSONValue {
        var values: [JSONValue] = []
        if reader.take(.ascii("]")) { return .array(values) }
        while true {
            values.append(try reader.value())
            reader.skipSpace()
            if reader.take(.ascii("]")) { return .array(values) }
            guard reader.take(.ascii(",")) else { throw reader.unexpected("',' or ']'") }
            reader.skipSpace()
        }
    }

    private static func object(_ reader: inout JSONReader) throws(FormatError) -> JSONValue {
        var members: [JSONMember] = []
        if reader.take(.ascii("}")) { return .object(members) }
        while true {
            members.append(try reader.member())
            reader.skipSpace()
            if reader.take(.ascii("}")) { break }
            guard reader.take(.ascii(",")) else { throw reader.unexpected("',' or '}'") }
            reader.skipSpace()
        }
        reader.remarkOnRepeats(members)
        return .object(members)
    }

    private mutating func member() throws(FormatError) -> JSONMember {
        guard peek == .ascii("\"") else { throw unexpected("a member name in quotes") }
        let name = try string()
        skipSpace()
        guard take(.ascii(":")) else { throw unexpected("':'") }
        skipSpace()
        return JSONMember(name, try value())
    }

    private mutating func remarkOnRepeats(_ members: [JSONMember]) {
        guard members.count > 1 else { return }
        var seen: Set<String> = []
        let (bytes, position) = (bytes, position)
        for member in members where !seen.insert(member.name).inserted {
            log.addHabit(
                .warning, "json-repeated-name", at: Self.place(of: position, in: bytes), found: "the member \"\(member.name.prefix(60))\" again",
                expected: "names that differ", effect: "the last one counts")
        }
    }

    // MARK: Strings

    private mutating func string() throws(FormatError) -> String {
        position += 1
        var text: [UInt8] = []
        var start = position
        while let byte = peek {
            switch byte {
            case .ascii("\""):
                text.append(contentsOf: bytes[start..<position])
                position += 1
                return String(decoding: text, as: UTF8.self)
            case .ascii("\\"):
                text.append(contentsOf: bytes[start..<position])
                text.append(contentsOf: try escape())
                start = position
            case 0..<0x20: throw unexpected("an escape such as \\n, or the end of the string")
            default: position += 1
            }
        }
        throw unexpected("the end of the string")
    }

    private mutating func escape() throws(FormatError) -> [UInt8] {
        position += 1
        guard let letter = peek else { throw unexpected("an escape") }
        let simple: [UInt8: UInt8] = [
            .ascii("\""): 0x22, .ascii("\\"): 0x5C, .ascii("/"): 0x2F, .ascii("b"): 8, .ascii("f"): 12, .ascii("n"): 10, .ascii("r"): 13,
            .ascii("t"): 9,
        ]
        if letter == .ascii("u") { return try unicodeEscape() }
        guard let byte = simple[letter] else { throw unexpected("one of \" \\ / b f n r t u after a backslash") }
        position += 1
        return [byte]
    }

    private mutating func unicodeEscape() throws(FormatError) -> [UInt8] {
        let start = position - 1
        let first = try codeUnit()
        var scalar = Unicode.Scalar(UInt32(first))
        if UTF16.isLeadSurrogate(first), bytes.has("\\u", at: position) {
            let before = position
            position += 1
            let second = try codeUnit()
            if UTF16.isTrailSurrogate(second) {
                scalar = Unicode.Scalar(0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
            } else {
                position = before
            }
        }
        if scalar == nil {
            let bytes = bytes
            log.addHabit(
                .warning, "json-surrogate", at: Self.place(of: start, in: bytes), found: "half of a surrogate pair", expected: "both halves",
                effect: "it reads as U+FFFD")
        }
        return Array(String(Character(scalar ?? "\u{FFFD}")).utf8)
    }

    /// The four digits after `\u`.
    private mutating func codeUnit() throws(FormatError) -> UInt16 {
        position += 1
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw unexpected("four hexadecimal digits") }
            value = value << 4 | UInt16(digit)
            position += 1
        }
        return value
    }

    // MARK: Numbers and words

    private mutating func number() throws(FormatError) -> String {
        let start = position
        _ = take(.ascii("-"))
        if !take(.ascii("0")) { try digits() }
        if take(.ascii(".")) { try digits() }
        if take(.ascii("e")) || take(.ascii("E")) {
            if !take(.ascii("+")) { _ = take(.ascii("-")) }
            try digits()
        }
        return bytes.string(start..<position)
    }

    private mutating func digits() throws(FormatError) {
        guard let first = peek, Byte.isDigit(first) else { throw unexpected("a digit") }
        while let byte = peek, Byte.isDigit(byte) { position += 1 }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(FormatError) -> JSONValue {
        guard bytes.has(word, at: position) else { throw unexpected("true, false or null") }
        position += word.utf8CodeUnitCount
        return value
    }

    // MARK: Bytes

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private static func place(of offset: Int, in bytes: [UInt8]) -> TextPosition {
        var (line, lineStart) = (1, 0)
        for index in 0..<min(offset, bytes.count) where bytes[index] == Byte.lineFeed { (line, lineStart) = (line + 1, index + 1) }
        let column = bytes[lineStart..<max(lineStart, min(offset, bytes.count))].count { $0 & 0xC0 != 0x80 }
        return TextPosition(line: line, column: column + 1)
    }

    private func unexpected(_ expected: String) -> FormatError {
        let found = position < bytes.count ? bytes.excerpt(position..<min(bytes.count, position + 10)) : "the end of the file"
        return failure(found, expected, at: position)
    }

    private func failure(_ found: String, _ expected: String, at offset: Int) -> FormatError {
        FormatError(.malformed, file: log.file, at: Self.place(of: offset, in: bytes), found: found, expected: expected)
    }
}
