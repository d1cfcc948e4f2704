/// One file of a Kaldi data directory: lines of a key and what is said of it, in ascending order of the keys' bytes.
struct KaldiTable {
    struct Row {
        let key: String
        /// What comes after the key and the blanks behind it, without blanks at its end.
        let value: Range<Int>
        let line: Int
    }

    let text: [UInt8]
    private(set) var rows: [Row] = []
    var log: DiagnosticLog

    /// - Parameter file: the name in remarks.
    init(_ bytes: [UInt8], file: String, encodingName: String?) throws(FormatError) {
        log = DiagnosticLog(file: file)
        let source = try TextSource(bytes, encodingName: encodingName, log: &log)
        text = source.text
        read(from: source.start)
    }

    func string(_ row: Row) -> String { text.string(row.value) }

    private mutating func read(from start: Int) {
        var seen: Set<String> = []
        for line in LineScanner(text, from: start) {
            let place = TextPosition(line: line.number)
            let content = text.trimmed(line.range)
            if line.range.upperBound < text.count, text[line.range.upperBound] == Byte.carriageReturn {
                log.addHabit(.warning, "kaldi-cr", at: place, found: "a carriage return", expected: "LF alone", effect: "it ends the line")
            }
            guard !content.isEmpty else {
                log.addHabit(.warning, "kaldi-blank", at: place, found: "a blank line", expected: "a key", effect: "it is passed over")
                continue
            }
            let keyEnd = text[content].firstIndex(where: Byte.isBlank) ?? content.upperBound
            let key = text.string(content.lowerBound..<keyEnd)
            guard seen.insert(key).inserted else {
                log.add(.error, "kaldi-repeated", at: place, found: "'\(key.prefix(60))' again", expected: "each key once", effect: "the line is left out")
                continue
            }
            if let last = rows.last, !last.key.utf8.lexicographicallyPrecedes(key.utf8) {
                log.addHabit(.warning, "kaldi-order", at: place, found: "'\(key.prefix(60))' after '\(last.key.prefix(60))'", expected: "ascending bytes (LC_ALL=C sort)", effect: "it is kept")
            }
            rows.append(Row(key: key, value: text.trimmed(keyEnd..<content.upperBound), line: line.number))
        }
    }

    /// Adds a remark on a row.
    mutating func remark(_ severity: Diagnostic.Severity, _ code: String, _ row: Row, _ found: String, _ expected: String, _ effect: String) {
        log.add(severity, code, at: TextPosition(line: row.line), found: found, expected: expected, effect: effect)
    }
}
