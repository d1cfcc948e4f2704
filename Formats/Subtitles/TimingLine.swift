/// A line of two times with an arrow between them, as SubRip and WebVTT have.
struct TimingLine: Hashable, Sendable {
    let start, end: ClockReading
    let arrow: Range<Int>
    /// What follows the second time, without blanks at its ends.
    let rest: Range<Int>

    /// Nil when the line is not two times with an arrow between them.
    init?(_ text: [UInt8], _ line: Range<Int>) {
        var position = Self.skipBlanks(text, from: line.lowerBound, before: line.upperBound)
        guard let start = ClockReading(text, at: position, before: line.upperBound) else { return nil }
        position = Self.skipBlanks(text, from: start.range.upperBound, before: line.upperBound)
        guard let arrow = Self.arrow(text, at: position, before: line.upperBound) else { return nil }
        position = Self.skipBlanks(text, from: arrow.upperBound, before: line.upperBound)
        guard let end = ClockReading(text, at: position, before: line.upperBound) else { return nil }
        (self.start, self.end, self.arrow) = (start, end, arrow)
        rest = text.trimmed(end.range.upperBound..<line.upperBound)
    }

    /// Whether the line stands as a writer of this style would write it, without what follows the times.
    func isPlain(_ style: ClockStyle, from start: Int) -> Bool {
        let separator: ClockReading.FractionSeparator = style.separator == .ascii(",") ? .comma : .dot
        func isUsual(_ stamp: ClockReading) -> Bool {
            stamp.traits.isEmpty && stamp.hourDigits == style.hourDigits && stamp.fractionDigits == style.fractionDigits && stamp.separator == separator
        }
        return self.start.range.lowerBound == start && arrow == self.start.range.upperBound + 1..<self.start.range.upperBound + 4
            && end.range.lowerBound == arrow.upperBound + 1 && isUsual(self.start) && isUsual(end) && self.start.time < end.time
    }

    /// Whether a line was meant to state two times: an arrow with a colon on either side of it.
    static func isBroken(_ text: [UInt8], _ line: Range<Int>) -> Bool {
        guard let arrow = arrowPosition(text, line) else { return false }
        return text.position(of: .ascii(":"), in: line.lowerBound..<arrow) != nil
            && text.position(of: .ascii(":"), in: arrow..<line.upperBound) != nil
    }

    /// Where `-->` stands in a line; nil when it does not.
    static func arrowPosition(_ text: [UInt8], _ line: Range<Int>) -> Int? {
        var position = line.lowerBound
        while let dash = text.position(of: .ascii("-"), in: position..<line.upperBound) {
            if text.has("-->", at: dash, before: line.upperBound) { return dash }
            position = dash + 1
        }
        return nil
    }

    /// `-->`, and the slips `->`, `--->` and `-- >`.
    private static func arrow(_ text: [UInt8], at start: Int, before end: Int) -> Range<Int>? {
        var position = start
        guard position < end, text[position] == .ascii("-") else { return nil }
        while position < end, position < start + 5, text[position] == .ascii("-") || text[position] == Byte.space {
            position += 1
        }
        guard position < end, text[position] == .ascii(">") else { return nil }
        return start..<(position + 1)
    }

    static func isWellFormedArrow(_ text: [UInt8], _ arrow: Range<Int>) -> Bool {
        arrow.count == 3 && text[arrow.lowerBound + 1] == .ascii("-")
    }

    private static func skipBlanks(_ text: [UInt8], from start: Int, before end: Int) -> Int {
        var position = start
        while position < end, Byte.isBlank(text[position]) || text[position] == Byte.formFeed { position += 1 }
        return position
    }
}
