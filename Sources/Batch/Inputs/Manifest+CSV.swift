extension Manifest {
    /// The rows of a CSV text as RFC 4180 describes it; the first row names the columns.
    static func csvRecords(_ bytes: [UInt8], file: String) throws -> [ManifestRecord] {
        var scanner = CSVScanner(bytes: bytes, file: file)
        guard let header = try scanner.nextRow() else {
            throw BatchError.manifest(
                file: file, line: 1, column: 1, problem: "empty; expected a header line with media,subtitles")
        }
        let names = try columnNames(header, file: file)
        var records: [ManifestRecord] = []
        while let row = try scanner.nextRow() {
            records.append(try record(row, names: names, file: file))
        }
        return records
    }

    private static func columnNames(_ header: CSVScanner.Row, file: String) throws -> [String?] {
        let names = try header.fields.map {
            try checkedName($0.text.lowercased(), file: file, line: header.line, column: $0.column)
        }
        for (index, name) in names.enumerated() where name != nil && names[..<index].contains(name) {
            throw BatchError.manifest(
                file: file, line: header.line, column: header.fields[index].column,
                problem: "column '\(header.fields[index].text)' appears twice")
        }
        for name in ["media", "subtitles"] where !names.contains(name) {
            throw BatchError.manifest(
                file: file, line: header.line, column: 1, problem: "the header names no column '\(name)'")
        }
        return names
    }

    private static func record(_ row: CSVScanner.Row, names: [String?], file: String) throws -> ManifestRecord {
        guard row.fields.count == names.count else {
            throw BatchError.manifest(
                file: file, line: row.line, column: row.fields.last?.column ?? 1,
                problem: "\(row.fields.count) fields where the header has \(names.count)")
        }
        var fields: [String: ManifestRecord.Field] = [:]
        for (name, field) in zip(names, row.fields) {
            if let name { fields[name] = field }
        }
        return ManifestRecord(line: row.line, fields: fields)
    }
}

/// Cuts CSV into rows. A quoted field may hold commas, line ends and doubled quotes. Blank lines are passed over.
private struct CSVScanner {
    struct Row {
        let line: Int
        let fields: [ManifestRecord.Field]
    }

    let bytes: [UInt8]
    let file: String
    private var position = 0
    private var line = 1
    private var lineStart = 0

    init(bytes: [UInt8], file: String) { (self.bytes, self.file) = (bytes, file) }

    private static let (quote, comma, feed, carriage) = (UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(10), UInt8(13))

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }
    private var column: Int { position - lineStart + 1 }

    mutating func nextRow() throws -> Row? {
        while endLine() {}
        guard current != nil else { return nil }
        let first = line
        var fields = [try field()]
        while current == Self.comma {
            position += 1
            fields.append(try field())
        }
        guard current == nil || endLine() else {
            throw problem("text after the closing quote; expected a comma or the end of the line")
        }
        return Row(line: first, fields: fields)
    }

    /// Steps over LF or CR LF; false where there is neither.
    private mutating func endLine() -> Bool {
        let isPair = current == Self.carriage && position + 1 < bytes.count && bytes[position + 1] == Self.feed
        guard isPair || current == Self.feed else { return false }
        position += isPair ? 2 : 1
        (line, lineStart) = (line + 1, position)
        return true
    }

    private mutating func field() throws -> ManifestRecord.Field {
        let start = column
        let text = try current == Self.quote ? quoted() : plain()
        guard let decoded = String(validating: text, as: UTF8.self) else {
            throw problem("the field is not UTF-8")
        }
        return ManifestRecord.Field(text: decoded, column: start)
    }

    private mutating func plain() throws -> [UInt8] {
        let start = position
        while let byte = current, byte != Self.comma, byte != Self.feed, byte != Self.carriage {
            guard byte != Self.quote else { throw problem("a quote inside a field that does not begin with one") }
            position += 1
        }
        return bytes[start..<position].trimmed()
    }

    private mutating func quoted() throws -> [UInt8] {
        let opening = (line: line, column: column)
        var text: [UInt8] = []
        position += 1
        while let byte = current {
            position += 1
            if byte == Self.quote {
                guard current == Self.quote else { return text }
                position += 1
            }
            if byte == Self.feed { (line, lineStart) = (line + 1, position) }
            text.append(byte)
        }
        throw BatchError.manifest(
            file: file, line: opening.line, column: opening.column, problem: "this quote is never closed")
    }

    private func problem(_ text: String) -> BatchError {
        .manifest(file: file, line: line, column: column, problem: text)
    }
}

extension ArraySlice<UInt8> {
    /// Without the blanks at both ends.
    fileprivate func trimmed() -> [UInt8] {
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        return Array(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}
