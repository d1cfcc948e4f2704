/// Parts a text into the rows and fields of RFC 4180.
///
/// A quote that opens a field and never closes is read as a character, and every later one too, so that one slip does not swallow the file.
struct TableScanner {
    struct Field {
        /// Without the quotes around it.
        let range: Range<Int>
        let isQuoted: Bool
        /// Whether quotes inside are doubled.
        let hasQuotes: Bool
    }

    struct Row {
        var fields: [Field] = []
        /// Where it begins, from 1.
        let line: Int
        /// What is wrong with its quotes.
        var slip: Slip?
    }

    enum Slip {
        /// A quote opens a field and never closes.
        case open
        /// Something follows a closing quote, or a quote stands inside a field that has none around it.
        case stray
    }

    let text: [UInt8]
    private let separator: UInt8
    private var position: Int
    private var line = 1
    private var takesQuotes = true
    /// Fields of the latest row.
    private var width = 0

    init(_ text: [UInt8], from start: Int = 0, separator: UInt8) { (self.text, position, self.separator) = (text, start, separator) }

    /// The next row; nil after the last. A blank line is a row of one empty field.
    mutating func next() -> Row? {
        guard position < text.count else { return nil }
        var row = Row(line: line)
        row.fields.reserveCapacity(width)
        defer { width = row.fields.count }
        while true {
            row.fields.append(field(&row))
            guard position < text.count, text[position] == separator else { break }
            position += 1
        }
        if position < text.count {
            if text[position] == Byte.carriageReturn, position + 1 < text.count, text[position + 1] == Byte.lineFeed { position += 1 }
            position += 1
            line += 1
        }
        return row
    }

    private mutating func field(_ row: inout Row) -> Field {
        guard takesQuotes, position < text.count, text[position] == 0x22 else { return plainField(&row) }
        let start = position + 1
        var (end, hasQuotes, lines) = (start, false, 0)
        while true {
            guard end < text.count else {
                takesQuotes = false
                row.slip = .open
                return plainField(&row)
            }
            if text[end] == 0x22 {
                guard end + 1 < text.count, text[end + 1] == 0x22 else { break }
                hasQuotes = true
                end += 1
            }
            if text[end] == Byte.lineFeed || text[end] == Byte.carriageReturn && !(end + 1 < text.count && text[end + 1] == Byte.lineFeed) { lines += 1 }
            end += 1
        }
        position = end + 1
        line += lines
        if position < text.count, !isEnd(text[position]) {
            row.slip = .stray
            while position < text.count, !isEnd(text[position]) { position += 1 }
            return Field(range: start - 1..<position, isQuoted: false, hasQuotes: false)
        }
        return Field(range: start..<end, isQuoted: true, hasQuotes: hasQuotes)
    }

    private mutating func plainField(_ row: inout Row) -> Field {
        let start = position
        while position < text.count, !isEnd(text[position]) {
            if text[position] == 0x22, row.slip == nil { row.slip = .stray }
            position += 1
        }
        return Field(range: start..<position, isQuoted: false, hasQuotes: false)
    }

    @inline(__always) private func isEnd(_ byte: UInt8) -> Bool { byte == separator || byte == Byte.lineFeed || byte == Byte.carriageReturn }

    /// The text of a field, doubled quotes as one.
    func string(_ field: Field) -> String {
        guard field.hasQuotes else { return text.string(field.range) }
        var bytes: [UInt8] = []
        var index = field.range.lowerBound
        while index < field.range.upperBound {
            bytes.append(text[index])
            index += text[index] == 0x22 ? 2 : 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    func texts(_ row: Row) -> [String] { row.fields.map(string) }
}
