/// What ``JSONTokenizer`` finds next.
enum JSONToken: UInt8 {
    case beginObject, endObject, beginArray, endArray
    /// The name of a member; its value comes next.
    case name
    case string, number, `true`, `false`, null
    /// The text is over.
    case end
}

/// Reads JSON (RFC 8259) token by token from UTF-8 bytes, without building values: strict, in linear time, without recursion.
///
/// The grammar is checked as the tokens come, so a caller needs to look only at what it wants:
///
///     var json = try JSONTokenizer(bytes, file: "labels.json")
///     guard try json.next() == .beginObject else { throw json.unexpected("an object") }
///     while try json.next() == .name {                        // until .endObject
///         if json.isName("score") {
///             try json.next()
///             score = try json.requireDouble()                // of a number token
///         } else if json.isName("boxes") {
///             try json.nextArray()                            // requires "["
///             while try json.next() != .endArray { boxes.append(try json.value()) }
///         } else {
///             try json.next()
///             try json.skipValue()                            // or json.rawValue() for its bytes
///         }
///     }
///     try json.finish()
///
/// Repeated names come as they stand. A lone surrogate escape reads as U+FFFD and is counted; ``remark(to:)`` says so.
struct JSONTokenizer {
    let bytes: [UInt8]
    let file: String
    /// The latest token.
    private(set) var token = JSONToken.end
    /// Arrays and objects that are open.
    private(set) var depth = 0
    /// Whether the latest name or string holds escapes, so that its bytes are not its text.
    private(set) var hasEscapes = false

    private var offset: Int
    private let end: Int
    private let depthLimit: Int
    private var state = State.value
    private var tokenStart = 0, tokenEnd = 0
    /// For each open array or object a bit: whether it is an object.
    private var isObject = InlineArray<4, UInt64>(repeating: 0)
    private var place: TextPlace
    private var surrogates: (first: Int, count: Int) = (0, 0)

    private enum State: UInt8 {
        /// A value must come.
        case value
        /// The first element of an array, or its end.
        case element
        /// The first member of an object, or its end.
        case member
        /// A comma, or the end of the array.
        case nextElement
        /// A comma, or the end of the object.
        case nextMember
        case over
    }

    /// A tokenizer before the first token.
    ///
    /// - Parameters:
    ///   - range: the part of the bytes that is the text; all of them by default. A byte order mark at its start is passed over.
    ///   - file: the name in errors.
    ///   - line: the number of the line in which the range begins.
    ///   - depthLimit: at most ``JSONReader/depthLimit``.
    /// - Throws: ``FormatError`` when the text is longer than `sizeLimit` bytes or is not UTF-8.
    init(
        _ bytes: [UInt8], in range: Range<Int>? = nil, file: String, line: Int = 1, depthLimit: Int = JSONReader.depthLimit,
        sizeLimit: Int = JSONReader.sizeLimit
    ) throws(FormatError) {
        let range = (range ?? 0..<bytes.count).clamped(to: 0..<bytes.count)
        (self.bytes, self.file, self.depthLimit) = (bytes, file, min(depthLimit, JSONReader.depthLimit))
        (offset, end) = (range.lowerBound, range.upperBound)
        place = TextPlace(from: range.lowerBound, line: line)
        guard range.count <= sizeLimit else {
            throw FormatError(.tooLarge, file: file, found: "\(range.count) bytes", expected: "at most \(sizeLimit) bytes of JSON")
        }
        if range.count >= 3, bytes[offset] == 0xEF, bytes[offset + 1] == 0xBB, bytes[offset + 2] == 0xBF { offset += 3 }
        if let error = UTF8Form.firstError(bytes, in: offset..<end) { throw failure("a byte that is not UTF-8", "UTF-8 text", at: error) }
    }

    // MARK: Tokens

    /// The next token, which ``token`` holds afterwards.
    ///
    /// - Throws: ``FormatError`` with the place of the first byte that JSON does not allow there.
    @discardableResult
    mutating func next() throws(FormatError) -> JSONToken {
        skipSpace()
        switch state {
        case .value: try readValue()
        case .element: if peek == 0x5D { close(.endArray) } else { try readValue() }
        case .member: if peek == 0x7D { close(.endObject) } else { try readName() }
        case .nextMember:
            switch peek {
            case 0x2C:
                offset += 1
                skipSpace()
                try readName()
            case 0x7D: close(.endObject)
            default: throw unexpectedByte("',' or '}'")
            }
        case .nextElement:
            switch peek {
            case 0x2C:
                offset += 1
                skipSpace()
                try readValue()
            case 0x5D: close(.endArray)
            default: throw unexpectedByte("',' or ']'")
            }
        case .over:
            guard offset == end else { throw unexpectedByte("the end of the text") }
            (tokenStart, tokenEnd, token) = (offset, offset, .end)
        }
        return token
    }

    private mutating func readValue() throws(FormatError) {
        tokenStart = offset
        switch peek {
        case 0x22:
            try readString()
            token = .string
        case 0x2D, 0x30...0x39:
            try readNumber()
            token = .number
        case 0x7B: return try open(.beginObject)
        case 0x5B: return try open(.beginArray)
        case 0x74: try readWord("true", .true)
        case 0x66: try readWord("false", .false)
        case 0x6E: try readWord("null", .null)
        default: throw unexpectedByte("a value")
        }
        state = outer
    }

    private mutating func readName() throws(FormatError) {
        guard peek == 0x22 else { throw unexpectedByte("a member name in quotes") }
        try readString()
        skipSpace()
        guard peek == 0x3A else { throw unexpectedByte("':'") }
        offset += 1
        (token, state) = (.name, .value)
    }

    private mutating func open(_ opened: JSONToken) throws(FormatError) {
        guard depth < depthLimit else { throw failure("more than \(depthLimit) arrays and objects inside one another", "less depth", at: offset) }
        let bit: UInt64 = 1 << UInt64(depth & 63)
        if opened == .beginObject { isObject[depth >> 6] |= bit } else { isObject[depth >> 6] &= ~bit }
        depth += 1
        offset += 1
        (token, tokenEnd) = (opened, offset)
        state = opened == .beginObject ? .member : .element
    }

    private mutating func close(_ closed: JSONToken) {
        tokenStart = offset
        offset += 1
        depth -= 1
        (token, tokenEnd) = (closed, offset)
        state = outer
    }

    /// What comes after a value.
    private var outer: State {
        guard depth > 0 else { return .over }
        return isObject[(depth - 1) >> 6] >> UInt64((depth - 1) & 63) & 1 == 1 ? .nextMember : .nextElement
    }

    // MARK: Strings

    private mutating func readString() throws(FormatError) {
        tokenStart = offset + 1
        hasEscapes = false
        var position = offset + 1
        while true {
            position = bytes.firstStringStop(from: position, before: end)
            guard position < end else {
                offset = end
                throw unexpectedByte("the end of the string")
            }
            switch bytes[position] {
            case 0x22:
                (tokenEnd, offset) = (position, position + 1)
                return
            case 0x5C:
                hasEscapes = true
                offset = position
                try readEscape()
                position = offset
            default:
                offset = position
                throw unexpectedByte("an escape such as \\n, or the end of the string")
            }
        }
    }

    private mutating func readEscape() throws(FormatError) {
        let start = offset
        offset += 1
        guard offset < end else { throw unexpectedByte("an escape") }
        switch bytes[offset] {
        case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: offset += 1
        case 0x75:
            let unit = try codeUnit()
            guard UTF16.isLeadSurrogate(unit) || UTF16.isTrailSurrogate(unit) else { return }
            if UTF16.isLeadSurrogate(unit), bytes.has("\\u", at: offset, before: end) {
                let before = offset
                offset += 1
                if UTF16.isTrailSurrogate(try codeUnit()) { return }
                offset = before
            }
            surrogates = (surrogates.count == 0 ? start : surrogates.first, surrogates.count + 1)
        default: throw unexpectedByte("one of \" \\ / b f n r t u after a backslash")
        }
    }

    /// The four digits after the `u` at ``offset``.
    private mutating func codeUnit() throws(FormatError) -> UInt16 {
        offset += 1
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = peek.hexadecimalDigit else { throw unexpectedByte("four hexadecimal digits") }
            value = value << 4 | UInt16(digit)
            offset += 1
        }
        return value
    }

    // MARK: Numbers and words

    private mutating func readNumber() throws(FormatError) {
        if peek == 0x2D { offset += 1 }
        if peek == 0x30 { offset += 1 } else { try readDigits() }
        if peek == 0x2E {
            offset += 1
            try readDigits()
        }
        if peek | 0x20 == 0x65 {
            offset += 1
            if peek == 0x2B || peek == 0x2D { offset += 1 }
            try readDigits()
        }
        tokenEnd = offset
    }

    @inline(__always) private mutating func readDigits() throws(FormatError) {
        let start = offset
        while offset < end, bytes[offset] &- 0x30 < 10 { offset += 1 }
        if offset == start { throw unexpectedByte("a digit") }
    }

    private mutating func readWord(_ word: StaticString, _ found: JSONToken) throws(FormatError) {
        guard bytes.has(word, at: offset, before: end) else { throw unexpectedByte("true, false or null") }
        offset += word.utf8CodeUnitCount
        (token, tokenEnd) = (found, offset)
    }

    // MARK: Bytes

    /// The byte at ``offset``; 0, which JSON allows nowhere, at the end.
    @inline(__always) private var peek: UInt8 { offset < end ? bytes[offset] : 0 }

    @inline(__always) private mutating func skipSpace() {
        while offset < end {
            let byte = bytes[offset]
            guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            offset += 1
        }
    }
}

// MARK: What the latest token says

extension JSONTokenizer {
    /// Where the latest token stands: a name or string without its quotes, the digits of a number.
    var range: Range<Int> { tokenStart..<tokenEnd }

    /// The text of the latest name or string, escapes resolved.
    var text: String { hasEscapes ? String(decoding: JSONEscapes.resolved(bytes, range), as: UTF8.self) : bytes.string(range) }

    /// Whether the latest name or string is this text.
    func isName(_ name: StaticString) -> Bool {
        if hasEscapes { return text == name.description }
        return tokenEnd - tokenStart == name.utf8CodeUnitCount && bytes.has(name, at: tokenStart)
    }

    /// The value of the latest number, correctly rounded; infinite where it is beyond the range, nil for other tokens.
    var double: Double? { token == .number ? Double(bytes, range) : nil }

    /// The value of the latest number; nil for fractions, exponents, what does not fit, and other tokens.
    var integer: Int64? {
        guard token == .number else { return nil }
        return Int64(bytes: bytes, range)
    }

    /// The latest number, or string with a number in it, as seconds in whole ticks, rounded once; nil for others and beyond 100 years.
    var seconds: DecimalSeconds? { token == .number || token == .string ? DecimalSeconds(bytes, range) : nil }

    /// The latest token in words, for messages.
    var found: String {
        switch token {
        case .beginObject: "an object"
        case .beginArray: "an array"
        case .string: "the string \"\(text.prefix(40))\""
        case .name: "the member \"\(text.prefix(40))\""
        case .number: "the number \(bytes.string(range).prefix(40))"
        case .true, .false: "a truth value"
        case .null: "null"
        case .endObject: "the end of the object"
        case .endArray: "the end of the array"
        case .end: "the end of the file"
        }
    }

    /// The line and column of a byte. Linear in the distance from the latest place that was asked for.
    mutating func position(of offset: Int) -> TextPosition { place.position(of: offset, in: bytes) }

    /// The line and column of the latest token, its quote included.
    mutating func position() -> TextPosition { position(of: token == .string || token == .name ? tokenStart - 1 : tokenStart) }
}

// MARK: Whole values

extension JSONTokenizer {
    /// Passes over the rest of the value that the latest token begins; does nothing after a string, number or word.
    mutating func skipValue() throws(FormatError) {
        guard token == .beginObject || token == .beginArray else { return }
        let outside = depth - 1
        while depth > outside { try next() }
    }

    /// Passes over the rest of the value that the latest token begins, and gives its bytes, quotes and brackets with them.
    mutating func rawValue() throws(FormatError) -> Range<Int> {
        guard token == .beginObject || token == .beginArray else { return token == .string ? tokenStart - 1..<tokenEnd + 1 : range }
        let start = tokenStart
        try skipValue()
        return start..<tokenEnd
    }

    /// The value that the latest token begins.
    ///
    /// - Parameter repeated: called with the offset and text of every member name that its object had before.
    mutating func value(_ repeated: (Int, String) -> Void = { _, _ in }) throws(FormatError) -> JSONValue {
        var builder = JSONBuilder()
        while true {
            if let value = builder.add(self, repeated) { return value }
            try next()
        }
    }

    /// Requires that nothing but white space comes after the value.
    mutating func finish() throws(FormatError) {
        guard try next() == .end else { throw unexpected("the end of the text") }
    }

    /// Requires that the next value is an array, and enters it.
    mutating func nextArray() throws(FormatError) {
        guard try next() == .beginArray else { throw unexpected("an array") }
    }

    /// Requires that the next value is an object, and enters it.
    mutating func nextObject() throws(FormatError) {
        guard try next() == .beginObject else { throw unexpected("an object") }
    }

    /// The latest token as a number.
    ///
    /// - Throws: ``FormatError`` at the token when it is none or beyond the range.
    mutating func requireDouble(_ expected: String = "a number") throws(FormatError) -> Double {
        guard let double, double.isFinite else { throw unexpected(expected) }
        return double
    }

    /// The latest token as a whole number.
    mutating func requireInteger(_ expected: String = "a whole number") throws(FormatError) -> Int64 {
        guard let integer else { throw unexpected(expected) }
        return integer
    }

    /// The latest token as a text.
    mutating func requireText(_ expected: String = "a string") throws(FormatError) -> String {
        guard token == .string else { throw unexpected(expected) }
        return text
    }

    // MARK: Errors

    /// An error at the latest token, for a caller that expected another.
    mutating func unexpected(_ expected: String) -> FormatError {
        FormatError(.malformed, file: file, at: position(), found: found, expected: expected)
    }

    private mutating func unexpectedByte(_ expected: String) -> FormatError {
        let found = offset < end ? bytes.excerpt(offset..<min(end, offset + 10)) : "the end of the file"
        return failure(found, expected, at: offset)
    }

    private mutating func failure(_ found: String, _ expected: String, at offset: Int) -> FormatError {
        FormatError(.malformed, file: file, at: position(of: offset), found: found, expected: expected)
    }

    /// Adds the remark on lone surrogates, if there were any so far.
    mutating func remark(to log: inout DiagnosticLog) {
        let place = surrogates.count > 0 ? position(of: surrogates.first) : TextPosition(line: 1)
        for _ in 0..<surrogates.count {
            log.addHabit(.warning, "json-surrogate", at: place, found: "half of a surrogate pair", expected: "both halves", effect: "it reads as U+FFFD")
        }
    }
}

extension UInt8 {
    /// The value of a hexadecimal digit; nil for other bytes.
    var hexadecimalDigit: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x37
        case 0x61...0x66: self - 0x57
        default: nil
        }
    }
}
