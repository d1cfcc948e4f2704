/// The escapes of JSON strings (RFC 8259, section 7).
enum JSONEscapes {
    /// The bytes of a string without its quotes, escapes resolved; a lone surrogate becomes U+FFFD.
    ///
    /// - Parameter range: a string that ``JSONTokenizer`` accepted.
    static func resolved(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(range.count)
        var position = range.lowerBound
        while position < range.upperBound {
            let stop = bytes.firstStringStop(from: position, before: range.upperBound)
            text.append(contentsOf: bytes[position..<stop])
            position = stop
            if stop + 1 < range.upperBound { position = resolve(bytes, stop + 1, range.upperBound, into: &text) } else { break }
        }
        return text
    }

    /// Appends what the escape letter at a position stands for.
    ///
    /// - Returns: where the escape ends.
    private static func resolve(_ bytes: [UInt8], _ position: Int, _ end: Int, into text: inout [UInt8]) -> Int {
        switch bytes[position] {
        case .ascii("b"): text.append(8)
        case .ascii("f"): text.append(12)
        case .ascii("n"): text.append(10)
        case .ascii("r"): text.append(13)
        case .ascii("t"): text.append(9)
        case .ascii("u"): return resolveUnicode(bytes, position + 1, end, into: &text)
        case let letter: text.append(letter)
        }
        return position + 1
    }

    private static func resolveUnicode(_ bytes: [UInt8], _ position: Int, _ end: Int, into text: inout [UInt8]) -> Int {
        let first = unit(bytes, position, end)
        var (scalar, next) = (Unicode.Scalar(first), position + 4)
        if scalar == nil, first < 0xDC00, bytes.has("\\u", at: next, before: end) {
            let second = unit(bytes, next + 2, end)
            if (0xDC00...0xDFFF).contains(second) {
                scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
                next += 6
            }
        }
        text += UTF8.encode(scalar ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter
        return next
    }

    private static func unit(_ bytes: [UInt8], _ position: Int, _ end: Int) -> UInt32 {
        var value: UInt32 = 0
        for index in position..<min(end, position + 4) { value = value << 4 | UInt32(bytes[index].hexadecimalDigit ?? 0) }
        return value
    }
}

extension [UInt8] {
    /// Appends a text as a JSON string in quotes: `"`, `\` and control characters escaped, all else as UTF-8.
    mutating func appendJSON(_ text: String) {
        append(0x22)
        if let whole: Void = text.utf8.withContiguousStorageIfAvailable({ appendEscaped($0) }) { whole } else { Array(text.utf8).withUnsafeBufferPointer { appendEscaped($0) } }
        append(0x22)
    }

    private mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>) {
        var (start, position) = (0, 0)
        while position < text.count {
            if position + 8 <= text.count {
                let word = UnsafeRawBufferPointer(text).loadUnaligned(fromByteOffset: position, as: UInt64.self)
                if Self.stringStops(UInt64(littleEndian: word)) == 0 {
                    position += 8
                    continue
                }
            }
            // What stops the word is within it; bytes are looked at one by one up to there.
            let byte = text[position]
            if byte < 0x20 || byte == 0x22 || byte == 0x5C {
                append(contentsOf: text[start..<position])
                appendEscape(byte)
                start = position + 1
            }
            position += 1
        }
        append(contentsOf: text[start...])
    }

    private mutating func appendEscape(_ byte: UInt8) {
        append(0x5C)
        switch byte {
        case 0x22, 0x5C: append(byte)
        case Byte.lineFeed: append(.ascii("n"))
        case Byte.carriageReturn: append(.ascii("r"))
        case Byte.tab: append(.ascii("t"))
        default:
            self += "u00".utf8
            append(byte >> 4 + 0x30)
            append(byte & 15 < 10 ? byte & 15 + 0x30 : byte & 15 + 0x57)
        }
    }
}
