/// A table of values with a header, as spreadsheets write it: CSV or TSV, of fields that mean nothing to Slate.
public struct ValueTable: Hashable, Sendable {
    public let name: String
    /// The names of the columns, unique and not empty.
    public let columns: [String]
    /// Rows of one field per column, as written but for quotes.
    public let rows: [[String]]
    /// The line on which each row begins, from 1.
    public let lines: [Int]

    /// Reads a table; the separator is the one of tab, comma and semicolon that the header holds most. Blank lines are left out.
    ///
    /// - Throws: ``FormatError`` for a header with fewer than two columns or with a name twice, and for a row with another number of
    ///   fields.
    public init(_ input: LabelInput, encodingName: String? = nil) throws(FormatError) {
        var log = DiagnosticLog(file: input.name)
        let file = try input.uncompressed(log: &log)
        let source = try TextSource(try file.bytes(expected: "a table with a header"), encodingName: encodingName, log: &log)
        let header = source.text[source.start...].prefix { $0 != Byte.lineFeed && $0 != Byte.carriageReturn }
        let separators: [UInt8] = [Byte.tab, .ascii(","), .ascii(";")]
        let counts = separators.map { separator in header.count { $0 == separator } }
        let separator = separators[counts.firstIndex(of: counts.max()!)!]
        var scanner = TableScanner(source.text, from: source.start, separator: separator)
        let columns = scanner.next().map(scanner.texts) ?? []
        guard columns.count > 1, !columns.contains("") else {
            throw FormatError(
                .unknownFormat, file: input.name, at: TextPosition(line: 1), found: "a header of \(columns.count) columns",
                expected: "two columns or more, each with a name")
        }
        guard Set(columns).count == columns.count else {
            let twice = columns.first { name in columns.count { $0 == name } > 1 } ?? ""
            throw FormatError(.unknownFormat, file: input.name, at: TextPosition(line: 1), found: "two columns named '\(twice)'", expected: "names that differ")
        }
        var (rows, lines): ([[String]], [Int]) = ([], [])
        while let row = scanner.next() {
            let fields = scanner.texts(row)
            if fields == [""] { continue }
            guard fields.count == columns.count else {
                throw FormatError(
                    .unknownFormat, file: input.name, at: TextPosition(line: row.line), found: "\(fields.count) fields",
                    expected: "\(columns.count), as the header has")
            }
            rows.append(fields)
            lines.append(row.line)
        }
        (name, self.columns, self.rows, self.lines) = (input.name, columns, rows, lines)
    }
}
