/// Reads JSON Lines: one JSON text a line, parted by LF or CR LF. A line that cannot be read is a remark, and the next one goes on.
///
///     let lines = try JSONLines(bytes, file: input.name)
///     lines.forEach(log: &log) { (json) throws(FormatError) in try Record(&json) } use: { record, line, log in ... }
struct JSONLines {
    let bytes: [UInt8]
    let file: String
    /// Bytes of one line; a longer one is an error.
    let lineLimit: Int

    /// Labels with long traces or outlines stay far below: 16 MB.
    static let defaultLineLimit = 1 << 24

    init(_ bytes: [UInt8], file: String, lineLimit: Int = defaultLineLimit) { (self.bytes, self.file, self.lineLimit) = (bytes, file, lineLimit) }

    /// Reads every line that is not blank.
    ///
    /// - Parameters:
    ///   - read: makes a record of a line's tokenizer, which stands before the first token; what it leaves of the value is passed over.
    ///     A thrown error becomes the remark `json-line`, and the line is left out.
    ///   - use: takes the record, the line's number from 1, and the log.
    func forEach<Record>(
        log: inout DiagnosticLog, _ read: (inout JSONTokenizer) throws(FormatError) -> Record, use: (Record, Int, inout DiagnosticLog) -> Void
    ) {
        var (start, number) = (0, 0)
        while start < bytes.count {
            let end = bytes.firstLineFeed(from: start)
            number += 1
            if let record = Self.record(start..<end, of: bytes, number: number, lineLimit: lineLimit, log: &log, read) { use(record, number, &log) }
            start = end + 1
        }
    }

    /// Reads one line; nil, with a remark, when it is blank or cannot be read.
    ///
    /// - Parameters:
    ///   - line: without its line end.
    ///   - read: as for ``forEach(log:_:use:)``.
    static func record<Record>(
        _ line: Range<Int>, of bytes: [UInt8], number: Int, lineLimit: Int = defaultLineLimit, log: inout DiagnosticLog,
        _ read: (inout JSONTokenizer) throws(FormatError) -> Record
    ) -> Record? {
        guard let content = content(line, bytes) else {
            if line.upperBound < bytes.count { log.addHabit(.note, "json-blank-line", at: TextPosition(line: number), found: "a blank line", effect: "it is passed over") }
            return nil
        }
        do throws(FormatError) {
            guard content.count <= lineLimit else {
                throw FormatError(
                    .tooLarge, file: log.file, at: TextPosition(line: number), found: "a line of \(content.count) bytes", expected: "at most \(lineLimit) bytes")
            }
            var json = try JSONTokenizer(bytes, in: content, file: log.file, line: number)
            let record = try read(&json)
            while try json.next() != .end {}
            json.remark(to: &log)
            return record
        } catch {
            log.add(
                .error, "json-line", at: error.diagnostic.position ?? TextPosition(line: number), found: error.diagnostic.found,
                expected: error.diagnostic.expected, effect: "the line is left out")
            return nil
        }
    }

    /// The line without white space at its ends; nil when nothing is left.
    private static func content(_ line: Range<Int>, _ bytes: [UInt8]) -> Range<Int>? {
        var (start, end) = (line.lowerBound, line.upperBound)
        while end > start, bytes[end - 1] <= Byte.space { end -= 1 }
        if end == start { return nil }
        while bytes[start] <= Byte.space { start += 1 }
        return start..<end
    }
}
