/// What Praat sees of a text file: free-standing numbers, strings in double quotes and flags in angle brackets. Every other word is
/// passed over, and so is everything from a free-standing `!` to the end of its line.
struct TextGridTokens {
    enum Token: Equatable {
        case number(Range<Int>)
        /// Without its quotes; quotes inside are doubled.
        case string(Range<Int>)
        /// A string that the file does not close.
        case unclosed(Range<Int>)
        /// Without its brackets.
        case flag(Range<Int>)
        case end
    }

    let text: [UInt8]
    private var position: Int
    private var line = 1
    private var lineStart: Int
    /// Where the latest token begins.
    private var tokenStart: Int
    private var tokenLine = 1
    private var tokenLineStart: Int
    /// Whether words were passed over.
    private(set) var sawWords = false

    init(_ text: [UInt8], from start: Int = 0) {
        (self.text, position, lineStart) = (text, start, start)
        (tokenStart, tokenLineStart) = (start, start)
    }

    mutating func forgetWords() { sawWords = false }

    /// Where the latest token stands.
    var place: TextPosition {
        TextPosition(line: tokenLine, column: 1 + text[tokenLineStart..<max(tokenLineStart, tokenStart)].count { $0 & 0xC0 != 0x80 })
    }

    mutating func next() -> Token {
        while true {
            skipSpace()
            (tokenStart, tokenLine, tokenLineStart) = (position, line, lineStart)
            guard position < text.count else { return .end }
            switch text[position] {
            case .ascii("\""): return string()
            case .ascii("!"): while position < text.count, !Self.isLineEnd(text[position]) { position += 1 }
            case .ascii("<"): if let flag = flag() { return flag }
            default: if let number = word() { return number }
            }
        }
    }

    private mutating func skipSpace() {
        while position < text.count, text[position] <= Byte.space {
            advance()
        }
    }

    /// Moves on by one byte and counts lines.
    @inline(__always)
    private mutating func advance() {
        let byte = text[position]
        position += 1
        guard byte == Byte.lineFeed || byte == Byte.carriageReturn && (position == text.count || text[position] != Byte.lineFeed) else { return }
        line += 1
        lineStart = position
    }

    private mutating func string() -> Token {
        position += 1
        let start = position
        while position < text.count {
            if text[position] == .ascii("\"") {
                guard position + 1 < text.count, text[position + 1] == .ascii("\"") else {
                    position += 1
                    return .string(start..<position - 1)
                }
                position += 1
            }
            advance()
        }
        return .unclosed(start..<position)
    }

    /// Nil for a word that only begins like a flag.
    private mutating func flag() -> Token? {
        let start = position
        while position < text.count, text[position] > Byte.space, text[position] != .ascii(">") { position += 1 }
        guard position < text.count, text[position] == .ascii(">") else {
            sawWords = true
            return nil
        }
        position += 1
        return .flag(start + 1..<position - 1)
    }

    /// A word when it is a number; nil when it is to be passed over.
    private mutating func word() -> Token? {
        let start = position
        var isNumber = Byte.isDigit(text[position]) || text[position] == .ascii("-") || text[position] == .ascii("+")
        var hasDigit = false
        while position < text.count, text[position] > Byte.space {
            let byte = text[position]
            if Byte.isDigit(byte) { hasDigit = true } else if isNumber, !Self.isNumeric(byte) { isNumber = false }
            position += 1
        }
        if isNumber, hasDigit { return .number(start..<position) }
        sawWords = true
        return nil
    }

    private static func isNumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case .ascii("."), .ascii(","), .ascii("-"), .ascii("+"), .ascii("e"), .ascii("E"): true
        default: false
        }
    }

    private static func isLineEnd(_ byte: UInt8) -> Bool { byte == Byte.lineFeed || byte == Byte.carriageReturn }
}
