import Timeline

/// The binary form of a TextGrid: big-endian doubles, 32-bit counts, and strings in Latin-1 or UTF-16 with their lengths.
///
/// Found from files that Praat 6.3 wrote; the manual does not describe it.
enum TextGridBinary {
    private static let signature: StaticString = "ooBinaryFile\u{8}TextGrid"

    static func matches(_ bytes: [UInt8]) -> Bool { bytes.has(signature, at: 0) }

    /// The content in the short text form; what is cut off is left to the reader of that form.
    ///
    /// - Throws: ``FormatError`` when the file ends before its tiers or holds something else.
    static func text(_ bytes: [UInt8], name: String, log: inout DiagnosticLog) throws(FormatError) -> [UInt8] {
        var scan = Scan(bytes: bytes, position: signature.utf8CodeUnitCount)
        var text = Array("\"ooTextFile\" \"TextGrid\"".utf8)
        guard let start = scan.double(), let end = scan.double(), let exists = scan.byte() else {
            throw FormatError(.malformed, file: name, found: "a binary TextGrid of \(bytes.count) bytes", expected: "more")
        }
        append(start, to: &text)
        append(end, to: &text)
        text += exists != 0 ? " <exists>".utf8 : " <absent>".utf8
        if exists != 0 { appendTiers(from: &scan, to: &text) }
        if scan.position < bytes.count {
            log.add(.warning, "textgrid-rest", found: "\(bytes.count - scan.position) bytes behind what could be read", expected: "none", effect: "they are left out")
        }
        return text
    }

    private static func appendTiers(from scan: inout Scan, to text: inout [UInt8]) {
        guard let count = scan.int32() else { return }
        text += " \(count)".utf8
        while let kind = scan.shortString(), let name = scan.string(), let start = scan.double(), let end = scan.double(), let size = scan.int32() {
            append(kind, to: &text)
            append(name, to: &text)
            append(start, to: &text)
            append(end, to: &text)
            text += " \(size)".utf8
            for _ in 0..<max(0, size) {
                guard let start = scan.double() else { return }
                append(start, to: &text)
                if kind != "TextTier" {
                    guard let end = scan.double() else { return }
                    append(end, to: &text)
                }
                guard let label = scan.string() else { return }
                append(label, to: &text)
            }
        }
    }

    private static func append(_ string: String, to text: inout [UInt8]) {
        text.append(Byte.space)
        TextGridText.append(quoted: string, to: &text)
    }

    private static func append(_ time: Double, to text: inout [UInt8]) {
        text.append(Byte.space)
        guard time.isFinite else { return text += "1e99".utf8 }
        text += TextGridText.digits(time).utf8
    }

    /// Reads with bounds checked; nil past the end.
    private struct Scan {
        let bytes: [UInt8]
        var position: Int

        mutating func byte() -> UInt8? {
            guard position < bytes.count else { return nil }
            defer { position += 1 }
            return bytes[position]
        }

        private mutating func integer(bytes count: Int) -> UInt64? {
            guard count <= bytes.count - position else { return nil }
            defer { position += count }
            return bytes[position..<position + count].reduce(0) { $0 << 8 | UInt64($1) }
        }

        mutating func double() -> Double? { integer(bytes: 8).map { Double(bitPattern: $0) } }
        mutating func int32() -> Int? { integer(bytes: 4).map { Int(Int32(truncatingIfNeeded: $0)) } }

        /// A string of at most 255 bytes.
        mutating func shortString() -> String? {
            guard let length = byte() else { return nil }
            return latin1(Int(length))
        }

        /// A string of Latin-1, or after the length 0xFFFF one of UTF-16.
        mutating func string() -> String? {
            guard let length = integer(bytes: 2) else { return nil }
            guard length == 0xFFFF else { return latin1(Int(length)) }
            guard let units = integer(bytes: 2), 2 * Int(units) <= bytes.count - position else { return nil }
            let text = (0..<Int(units)).map { UInt16(bytes[position + 2 * $0]) << 8 | UInt16(bytes[position + 2 * $0 + 1]) }
            position += 2 * Int(units)
            return String(decoding: text, as: UTF16.self)
        }

        private mutating func latin1(_ length: Int) -> String? {
            guard length <= bytes.count - position else { return nil }
            defer { position += length }
            return String(String.UnicodeScalarView(bytes[position..<position + length].map { Unicode.Scalar($0) }))
        }
    }

    // MARK: Writing

    static func bytes(_ file: TextGridFile) -> [UInt8] {
        var bytes = signature.withUTF8Buffer { Array($0) }
        append(file.start, file.digits, to: &bytes)
        append(file.end, file.digits, to: &bytes)
        bytes.append(1)
        append(UInt64(file.tiers.count), 4, to: &bytes)
        for tier in file.tiers {
            bytes.append(UInt8(tier.className.utf8.count))
            bytes += tier.className.utf8
            append(string: tier.name, to: &bytes)
            append(tier.start, tier.digits, to: &bytes)
            append(tier.end, tier.digits, to: &bytes)
            append(UInt64(tier.items.count), 4, to: &bytes)
            for item in tier.items {
                append(item.start, tier.digits, to: &bytes)
                if !tier.isPoints { append(item.end, tier.digits, to: &bytes) }
                append(string: item.text, to: &bytes)
            }
        }
        return bytes
    }

    private static func append(_ value: UInt64, _ count: Int, to bytes: inout [UInt8]) {
        for index in (0..<count).reversed() { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
    }

    private static func append(_ time: TextGridTime, _ digits: [UInt8], to bytes: inout [UInt8]) {
        var text: [UInt8] = []
        time.append(from: digits, to: &text)
        let value = Double(String(decoding: text, as: UTF8.self)) ?? Double(time.ticks) / Double(ticksPerSecond)
        append(value.bitPattern, 8, to: &bytes)
    }

    private static func append(string: String, to bytes: inout [UInt8]) {
        if string.utf8.allSatisfy({ $0 < 0x80 }), string.utf8.count < 0xFFFF {
            append(UInt64(string.utf8.count), 2, to: &bytes)
            bytes += string.utf8
            return
        }
        // The length is one of 16 bits; what lies beyond it has no place.
        let units = string.utf16.prefix(0xFFFF)
        append(0xFFFF, 2, to: &bytes)
        append(UInt64(units.count), 2, to: &bytes)
        for unit in units { append(UInt64(unit), 2, to: &bytes) }
    }
}
