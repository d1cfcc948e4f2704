/// Line and column of offsets in a text, for readers that hold many places: each look-up goes on from the one before.
///
/// Lines end at LF; columns count Unicode scalars.
struct TextPlace {
    private var offset, line, column: Int
    private let first: (offset: Int, line: Int)

    /// - Parameters:
    ///   - offset: where a line begins.
    ///   - line: its number.
    init(from offset: Int = 0, line: Int = 1) {
        (self.offset, self.line, column) = (offset, line, 1)
        first = (offset, line)
    }

    /// The position of an offset. Linear in the distance from the latest offset that was asked for, when that came before.
    mutating func position(of wanted: Int, in text: [UInt8]) -> TextPosition {
        if wanted < offset { self = TextPlace(from: first.offset, line: first.line) }
        let end = min(wanted, text.count)
        while offset < end {
            let byte = text[offset]
            if byte == Byte.lineFeed { (line, column) = (line + 1, 1) } else if byte & 0xC0 != 0x80 { column += 1 }
            offset += 1
        }
        return TextPosition(line: line, column: column)
    }
}
