/// The checks that NIST's own validators make of RTTM, CTM and STM files, for those who hand in files to NIST's tools. They ask for
/// more than the readers: subtypes of a closed list, speakers that are declared, words inside sentence units.
///
///     let log = try NISTProfile.check(LabelInput(path: "talk.rttm"), as: LabelFormat(named: "rttm")!)
///     print(log?.diagnostics.count ?? 0)
///
/// The findings and their places are those of rttmValidator v13 with its SCTK extensions, of ctmValidator v3 and of stmValidator v1 for English, all in
/// NIST SCTK. Where these have quirks, the quirks are kept: a file that passes here passes there.
public enum NISTProfile {
    /// The formats that NIST has a validator for.
    public static var formats: [LabelFormat] { LabelFormat.all.filter { validator($0) != nil } }

    /// The findings in a file, in the order of its lines; nil when NIST has no validator for the format.
    ///
    /// - Throws: ``FormatError`` when the input is a folder, or in an encoding that cannot be read.
    public static func check(_ input: LabelInput, as format: LabelFormat) throws(FormatError) -> DiagnosticLog? {
        guard let validator = validator(format) else { return nil }
        var log = DiagnosticLog(file: input.name)
        let source = try TextSource(try input.bytes(expected: format.title), encodingName: nil, log: &log)
        validator(source, input.name, &log)
        log.sort()
        return log
    }

    private typealias Validator = (TextSource, String, inout DiagnosticLog) -> Void

    private static func validator(_ format: LabelFormat) -> Validator? {
        switch format.name {
        case "rttm": RTTMValidator.check
        case "ctm": CTMValidator.check
        case "stm": STMValidator.check
        default: nil
        }
    }
}

/// A field of a line and where it stands.
struct NISTField {
    let text: [UInt8]
    let line: Line
    let range: Range<Int>

    var position: TextPosition {
        TextPosition(line: line.number, column: 1 + text[line.range.lowerBound..<range.lowerBound].count { $0 & 0xC0 != 0x80 })
    }

    var bytes: ArraySlice<UInt8> { text[range] }
    var string: String { text.string(range) }
    var excerpt: String { text.excerpt(range) }
    /// In capital letters, as far as they are ASCII.
    var folded: String { String(decoding: bytes.map { $0 &- 0x61 < 26 ? $0 & 0xDF : $0 }, as: UTF8.self) }

    var isNA: Bool { folded == "<NA>" }

    /// Whether every byte is a letter, a digit, or one of the others.
    func consists(of others: StaticString) -> Bool {
        !range.isEmpty && bytes.allSatisfy { byte in
            Byte.isLetter(byte) || Byte.isDigit(byte) || others.withUTF8Buffer { $0.contains(byte) }
        }
    }

    /// Whether the field is digits, and perhaps a point and more digits.
    var isPlainNumber: Bool {
        let halves = bytes.split(separator: .ascii("."), omittingEmptySubsequences: false)
        return halves.count <= 2 && halves.allSatisfy { !$0.isEmpty && $0.allSatisfy(Byte.isDigit) }
    }

    /// The fields of a line that are parted by white space.
    static func fields(_ text: [UInt8], _ line: Line) -> [NISTField] {
        var (fields, position) = ([NISTField](), line.range.lowerBound)
        while true {
            while position < line.range.upperBound, isSpace(text[position]) { position += 1 }
            guard position < line.range.upperBound else { return fields }
            let start = position
            while position < line.range.upperBound, !isSpace(text[position]) { position += 1 }
            fields.append(NISTField(text: text, line: line, range: start..<position))
        }
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == Byte.space || 0x09...0x0D ~= byte }
}
