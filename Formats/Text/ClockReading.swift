import Timeline

/// A time of day style stamp found in a text, such as `01:02:03,456`, and in which ways it departs from its format.
///
/// One scanner serves SubRip, WebVTT and SubStation Alpha; each format says which departures it repairs or refuses.
struct ClockReading: Hashable, Sendable {
    let time: Timestamp
    let range: Range<Int>
    let separator: FractionSeparator
    let fractionDigits: Int
    let hourDigits: Int
    let traits: Traits

    enum FractionSeparator: Hashable, Sendable { case none, dot, comma, colon }

    struct Traits: OptionSet, Hashable, Sendable {
        let rawValue: UInt8
        static let negative = Traits(rawValue: 1)
        /// Blanks inside the stamp.
        static let blanks = Traits(rawValue: 2)
        /// A minute or second above 59.
        static let over59 = Traits(rawValue: 4)
        /// A minute or second that is not two digits.
        static let shortFields = Traits(rawValue: 8)
    }

    /// The stamp that begins at a position; nil when none does, or when it lies beyond 100 years.
    init?(_ text: [UInt8], at start: Int, before end: Int) {
        if let plain = PlainStamp(text, at: start, before: end) {
            time = plain.time
            range = start..<start + plain.length
            separator = plain.hasComma ? .comma : .dot
            (fractionDigits, hourDigits) = (plain.fractionDigits, plain.hourDigits)
            traits = plain.isOver59 ? .over59 : []
            return
        }
        var scanner = FieldScanner(text: text, position: start, end: end)
        guard let stamp = scanner.stamp(), let time = stamp.time else { return nil }
        self.time = time
        range = start..<scanner.consumed
        separator = stamp.separator
        fractionDigits = stamp.fraction?.digits ?? 0
        hourDigits = stamp.hours.digits
        traits = stamp.traits
    }
}

/// The layouts that nearly every stamp has, one or two digits of hours and two or three of a fraction, read without a loop.
private struct PlainStamp {
    let time: Timestamp
    let length: Int
    let hourDigits, fractionDigits: Int
    let hasComma: Bool
    let isOver59: Bool

    /// Nil for any other layout.
    @inline(__always) init?(_ text: [UInt8], at start: Int, before end: Int) {
        guard start >= 0, end <= text.count, end - start >= 10 else { return nil }
        let shift = text[start + 1] == .ascii(":") ? 1 : 2
        let third = start + shift + 9
        guard third <= end, text[start + shift] == .ascii(":"), text[start + shift + 3] == .ascii(":") else { return nil }
        let digits = third < end && Byte.isDigit(text[third]) ? 3 : 2
        length = shift + 7 + digits
        let last = start + length
        let mark = text[start + shift + 6]
        guard mark == .ascii(".") || mark == .ascii(","), last == end || !Byte.isDigit(text[last]) else { return nil }
        hasComma = mark == .ascii(",")
        // Each digit less its code is below ten; anything else makes the sum of the excesses nonzero.
        var excess: UInt8 = 0
        func digit(_ offset: Int) -> Int64 {
            let value = text[start + offset] &- 0x30
            excess |= value < 10 ? 0 : 1
            return Int64(value)
        }
        func pair(_ offset: Int) -> Int64 { digit(offset) * 10 + digit(offset + 1) }
        let hours = shift == 1 ? digit(0) : pair(0)
        let (minutes, seconds) = (pair(shift + 1), pair(shift + 4))
        let hundredths = pair(shift + 7)
        let thousandths = digits == 3 ? hundredths * 10 + digit(shift + 9) : hundredths * 10
        guard excess == 0 else { return nil }
        time = Timestamp(ticks: ((hours * 3600 + minutes * 60 + seconds) * 1000 + thousandths) * (ticksPerSecond / 1000))
        (hourDigits, fractionDigits) = (shift, digits)
        isOver59 = minutes > 59 || seconds > 59
    }
}

/// Reads the digit runs of a stamp of any layout.
private struct FieldScanner {
    struct Field: Hashable {
        /// Held at `Int64.max / 16` when the run is longer.
        var value: Int64 = 0
        var digits = 0
        /// The first nine digits, as the numerator of ``fractionScale``.
        var fractionValue: Int64 = 0
        var fractionScale: Int64 = 1
    }

    struct Stamp {
        var isNegative = false
        /// Without digits where the stamp has none.
        var hours = Field()
        var minutes = Field()
        var seconds = Field()
        var separator = ClockReading.FractionSeparator.none
        var fraction: Field?
        var hasBlanks = false

        /// The largest count of hours, minutes or seconds that a field may state: 100 years of seconds has ten digits.
        private static let fieldLimit: Int64 = 10_000_000_000

        var time: Timestamp? {
            guard max(hours.value, minutes.value, seconds.value) < Self.fieldLimit else { return nil }
            let total = hours.value * 3600 + minutes.value * 60 + seconds.value
            let (whole, overflow) = total.multipliedReportingOverflow(by: ticksPerSecond)
            guard !overflow else { return nil }
            let part = fraction.flatMap { $0.fractionValue.scaled(by: ticksPerSecond, over: $0.fractionScale) } ?? 0
            let (sum, isTooLarge) = whole.addingReportingOverflow(part)
            guard !isTooLarge else { return nil }
            let time = Timestamp(ticks: isNegative ? -sum : sum)
            return time.isRepresentable ? time : nil
        }

        var traits: ClockReading.Traits {
            var traits: ClockReading.Traits = isNegative ? .negative : []
            if hasBlanks { traits.insert(.blanks) }
            if minutes.value > 59 || seconds.value > 59 { traits.insert(.over59) }
            if minutes.digits != 2 || seconds.digits != 2 { traits.insert(.shortFields) }
            return traits
        }
    }

    let text: [UInt8]
    var position: Int
    let end: Int
    /// The position after the last digit that belongs to the stamp.
    var consumed = 0
    var sawBlank = false

    init(text: [UInt8], position: Int, end: Int) { (self.text, self.position, self.end) = (text, position, end) }

    /// Minutes and seconds, perhaps with hours before them, perhaps with a fraction after a dot, a comma or a third colon.
    mutating func stamp() -> Stamp? {
        var stamp = Stamp()
        stamp.isNegative = skip(.ascii("-"))
        guard let first = field(), let second = fieldAfterColon() else { return nil }
        if let third = fieldAfterColon() {
            (stamp.hours, stamp.minutes, stamp.seconds) = (first, second, third)
            if let fourth = fieldAfterColon() { (stamp.separator, stamp.fraction) = (.colon, fourth) }
        } else {
            (stamp.minutes, stamp.seconds) = (first, second)
        }
        if stamp.fraction == nil, let found = fraction() { (stamp.separator, stamp.fraction) = found }
        stamp.hasBlanks = sawBlank
        return stamp
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
        guard position < end, text[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func field() -> Field? {
        var field = Field()
        while position < end, Byte.isDigit(text[position]) {
            let digit = Int64(text[position] &- 0x30)
            field.value = min(field.value * 10 + digit, .max / 16)
            if field.digits < 9 {
                field.fractionValue = field.fractionValue * 10 + digit
                field.fractionScale *= 10
            }
            field.digits += 1
            position += 1
        }
        guard field.digits > 0 else { return nil }
        consumed = position
        return field
    }

    /// The field after a colon that may have up to two blanks on either side, as optical recognition leaves them.
    private mutating func fieldAfterColon() -> Field? {
        let start = position
        let before = skipBlanks()
        guard skip(.ascii(":")) else {
            position = start
            return nil
        }
        let after = skipBlanks()
        guard let field = field() else {
            position = start
            return nil
        }
        if before + after > 0 { sawBlank = true }
        return field
    }

    private mutating func fraction() -> (ClockReading.FractionSeparator, Field?)? {
        let start = position
        let before = skipBlanks()
        let isComma = skip(.ascii(","))
        guard isComma || skip(.ascii(".")) else {
            position = start
            return nil
        }
        let after = skipBlanks()
        guard let field = field() else {
            position = start
            return nil
        }
        if before + after > 0 { sawBlank = true }
        return (isComma ? .comma : .dot, field)
    }

    private mutating func skipBlanks() -> Int {
        let start = position
        while position < end, position < start + 2, Byte.isBlank(text[position]) { position += 1 }
        return position - start
    }
}
