import Timeline

/// The tokens of a cue's text: text, start tags, end tags and times, as section 6.4 of the W3C text parts them.
struct WebVTTTokens: IteratorProtocol, Sequence {
    enum Token: Hashable {
        case text(Range<Int>)
        case start(StartTag)
        case end(name: Range<Int>)
        case time(ClockReading)
    }

    struct StartTag: Hashable {
        var name: Range<Int>
        var classes: [Range<Int>]
        /// What follows the name after a blank, without blanks at its ends.
        var annotation: Range<Int>
    }

    private let text: [UInt8]
    private let end: Int
    private var position: Int

    init(_ text: [UInt8], in range: Range<Int>) { (self.text, position, end) = (text, range.lowerBound, range.upperBound) }

    mutating func next() -> Token? {
        while position < end {
            if text[position] != .ascii("<") { return takeText() }
            if let token = takeTag() { return token }
        }
        return nil
    }

    private mutating func takeText() -> Token {
        let start = position
        while position < end, text[position] != .ascii("<") { position += 1 }
        return .text(start..<position)
    }

    /// The tag at a `<`: up to the next `>`, or to the end of the text when none follows.
    private mutating func takeTag() -> Token? {
        let close = text.position(of: .ascii(">"), in: position..<end)
        let inside = (position + 1)..<(close ?? end)
        position = close.map { $0 + 1 } ?? end
        guard let first = inside.first else { return .start(StartTag(name: inside, classes: [], annotation: inside)) }
        if text[first] == .ascii("/") { return .end(name: (first + 1)..<inside.upperBound) }
        if Byte.isDigit(text[first]) { return time(inside).map(Token.time) }
        return .start(startTag(inside))
    }

    /// The time that a tag begins with. The W3C text wants nothing behind it; players take it all the same.
    private func time(_ inside: Range<Int>) -> ClockReading? {
        guard let reading = ClockReading(text, at: inside.lowerBound, before: inside.upperBound), WebVTTStamp.isTaken(reading) else { return nil }
        return reading
    }

    private func startTag(_ inside: Range<Int>) -> StartTag {
        let nameEnd = inside.first { isNameEnd(text[$0]) || text[$0] == .ascii(".") } ?? inside.upperBound
        var tag = StartTag(name: inside.lowerBound..<nameEnd, classes: [], annotation: inside.upperBound..<inside.upperBound)
        var position = nameEnd
        while position < inside.upperBound, text[position] == .ascii(".") {
            let classEnd = (position + 1..<inside.upperBound).first { isNameEnd(text[$0]) || text[$0] == .ascii(".") } ?? inside.upperBound
            if classEnd > position + 1 { tag.classes.append((position + 1)..<classEnd) }
            position = classEnd
        }
        tag.annotation = trimmed(position..<inside.upperBound)
        return tag
    }

    private func isNameEnd(_ byte: UInt8) -> Bool { Byte.isBlank(byte) || byte == Byte.lineFeed || byte == Byte.formFeed }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, isNameEnd(text[start]) { start += 1 }
        while end > start, isNameEnd(text[end - 1]) { end -= 1 }
        return start..<end
    }

    /// The first `<` that no `>` follows before the next `<` or the end.
    static func firstBareAngle(_ text: [UInt8], in range: Range<Int>) -> Int? {
        var open: Int?
        for index in range {
            if text[index] == .ascii("<") {
                if open != nil { return open }
                open = index
            } else if text[index] == .ascii(">") {
                open = nil
            }
        }
        return open
    }
}
