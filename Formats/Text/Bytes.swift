import Glibc

/// Names for the bytes that the text formats are made of.
enum Byte {
    static let nul: UInt8 = 0x00
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0A
    static let formFeed: UInt8 = 0x0C
    static let carriageReturn: UInt8 = 0x0D
    static let escape: UInt8 = 0x1B
    static let space: UInt8 = 0x20

    @inline(__always) static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    @inline(__always) static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == tab }
    @inline(__always) static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
}

extension UInt8 {
    /// The code of an ASCII character written in the source, such as `.ascii(":")`.
    @inline(__always) static func ascii(_ character: Unicode.Scalar) -> UInt8 { UInt8(truncatingIfNeeded: character.value) }
}

extension [UInt8] {
    /// Whether the bytes at a position are the given ones.
    func has(_ pattern: StaticString, at position: Int, before end: Int? = nil) -> Bool {
        let end = end ?? count
        guard position >= 0, pattern.utf8CodeUnitCount <= end - position else { return false }
        return pattern.withUTF8Buffer { wanted in
            for index in 0..<wanted.count where self[position + index] != wanted[index] { return false }
            return true
        }
    }

    /// Whether the bytes at a position are the given ones, letter case of ASCII aside.
    ///
    /// - Parameter pattern: in lower case.
    func hasFolded(_ pattern: StaticString, at position: Int, before end: Int? = nil) -> Bool {
        let end = end ?? count
        guard position >= 0, pattern.utf8CodeUnitCount <= end - position else { return false }
        return pattern.withUTF8Buffer { wanted in
            for index in 0..<wanted.count {
                let byte = self[position + index]
                let folded = byte &- 0x41 < 26 ? byte | 0x20 : byte
                if folded != wanted[index] { return false }
            }
            return true
        }
    }

    /// Whether the bytes of a range are the given ones.
    func has(_ pattern: [UInt8], at range: Range<Int>) -> Bool {
        guard pattern.count == range.count else { return false }
        var index = 0
        while index < pattern.count {
            if self[range.lowerBound + index] != pattern[index] { return false }
            index += 1
        }
        return true
    }

    /// The first position of a byte in a range; nil when it is not there.
    func position(of byte: UInt8, in range: Range<Int>) -> Int? {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "a range of the bytes")
        return withUnsafeBytes { all in
            guard let base = all.baseAddress, let found = memchr(base + range.lowerBound, Int32(byte), range.count) else { return nil }
            return base.distance(to: UnsafeRawPointer(found))
        }
    }

    /// Whether a range holds these bytes and no others.
    func equals(_ range: Range<Int>, _ other: [UInt8]) -> Bool {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "a range of the bytes")
        guard range.count == other.count else { return false }
        return withUnsafeBytes { all in
            other.withUnsafeBytes { wanted in
                guard let base = all.baseAddress, let start = wanted.baseAddress else { return true }
                return memcmp(base + range.lowerBound, start, wanted.count) == 0
            }
        }
    }

    /// Appends a text with each special byte replaced.
    @inline(__always) mutating func append(_ text: String, special: (UInt8) -> Bool, replacement: (UInt8, inout [UInt8]) -> Void) {
        var text = text
        text.withUTF8 { source in
            var start = 0
            for index in 0..<source.count where special(source[index]) {
                append(contentsOf: UnsafeBufferPointer(rebasing: source[start..<index]))
                replacement(source[index], &self)
                start = index + 1
            }
            append(contentsOf: UnsafeBufferPointer(rebasing: source[start...]))
        }
    }

    /// The range without the spaces and tabs at its ends.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, Byte.isBlank(self[start]) { start += 1 }
        while end > start, Byte.isBlank(self[end - 1]) { end -= 1 }
        return start..<end
    }

    /// The text of a range; bytes that are not UTF-8 become U+FFFD.
    func string(_ range: Range<Int>) -> String { String(decoding: self[range], as: UTF8.self) }

    /// A range as it is shown in a message: quoted, one line, control characters replaced, cut after 60 bytes.
    func excerpt(_ range: Range<Int>) -> String {
        let shown = string(range.prefix(60).startIndex..<range.prefix(60).endIndex)
        let clean = String(String.UnicodeScalarView(shown.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
        return "'\(clean)\(range.count > 60 ? "..." : "")'"
    }
}
