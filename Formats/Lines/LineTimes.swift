import Timeline

/// The two times of a line as read, with their fields: a start and an end, or a start and a duration.
struct LineTimes {
    let text: [UInt8]
    let startField, otherField: Range<Int>
    let start, other: DecimalSeconds

    /// Nil unless both fields are numbers of seconds within 100 years.
    init?(_ text: [UInt8], _ startField: Range<Int>, _ otherField: Range<Int>) {
        guard let start = DecimalSeconds(text, startField), let other = DecimalSeconds(text, otherField) else { return nil }
        (self.text, self.startField, self.otherField, self.start, self.other) = (text, startField, otherField, start, other)
    }

    var hasComma: Bool { start.hasComma || other.hasComma }

    /// The times as they are written, where a writer would write others with these digits.
    ///
    /// - Parameters:
    ///   - names: of the attributes for the two times.
    func attributes(_ names: (String, String), digits: Int) -> [Attribute] {
        guard start.fractionDigits > 8 || other.fractionDigits > 8 else { return [] }
        var attributes: [Attribute] = []
        if start.isFinerThanTicks(text, startField, least: digits) { attributes.append(Attribute(names.0, text.string(startField))) }
        if other.isFinerThanTicks(text, otherField, least: digits) { attributes.append(Attribute(names.1, text.string(otherField))) }
        return attributes
    }

    /// From the start to the other time as an end; an instant where they are the same, nil where the end lies before the start.
    var spanToEnd: Span? {
        let (begin, end) = (Timestamp(ticks: start.ticks), Timestamp(ticks: other.ticks))
        guard end >= begin else { return nil }
        return Segment(start: begin, end: end).map(Span.segment) ?? .instant(begin)
    }

    /// From the start over the other time as a duration; an instant where it is zero, nil where it is negative.
    var spanOverDuration: Span? {
        let begin = Timestamp(ticks: start.ticks)
        guard other.ticks >= 0 else { return nil }
        return Segment(start: begin, end: begin + TimeDelta(ticks: other.ticks)).map(Span.segment) ?? .instant(begin)
    }
}
