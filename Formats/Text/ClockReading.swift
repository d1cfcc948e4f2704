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

    /// The largest count of hours, minutes or seconds that a field may state: 100 years of seconds has ten digits.
    private static let fieldLimit: Int64 = 10_000_000_000

    /// The stamp that begins at a position; nil when none does, or when it lies beyond 100 years.
    init?(_ text: [UInt8], at start: Int, before end: Int) {
        var scanner = FieldScanner(text: text, position: start, end: end)
        let isNegative = scanner.skip(.ascii("-"))
        guard let first = scanner.field() else { return nil }
        var fields = [first]
        while fields.count < 4, let next = scanner.fieldAfterColon() { fields.append(next) }
        guard fields.count >= 2 else { return nil }
        var (separator, fraction) = (FractionSeparator.none, FieldScanner.Field?.none)
        if fields.count == 4 {
            (separator, fraction) = (.colon, fields.removeLast())
        } else if let found = scanner.fraction() {
            (separator, fraction) = found
        }
        guard let time = Self.time(fields, fraction, isNegative: isNegative) else { return nil }
        self.time = time
        range = start..<scanner.consumed
        self.separator = separator
        fractionDigits = fraction?.digits ?? 0
        hourDigits = fields.count == 3 ? first.digits : 0
        traits = Self.traits(fields, isNegative: isNegative, hasBlanks: scanner.sawBlank)
    }

    private static func time(_ fields: [FieldScanner.Field], _ fraction: FieldScanner.Field?, isNegative: Bool) -> Timestamp? {
        guard fields.allSatisfy({ $0.value < fieldLimit }) else { return nil }
        let seconds = fields.reduce(Int64(0)) { $0 * 60 + $1.value }
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: ticksPerSecond)
        guard !overflow else { return nil }
        let part = fraction.flatMap { $0.fractionValue.scaled(by: ticksPerSecond, over: $0.fractionScale) } ?? 0
        let time = Timestamp(ticks: isNegative ? -(whole + part) : whole + part)
        return time.isRepresentable ? time : nil
    }

    private static func traits(_ fields: [FieldScanner.Field], isNegative: Bool, hasBlanks: Bool) -> Traits {
        var traits: Traits = isNegative ? .negative : []
        if hasBlanks { traits.insert(.blanks) }
        if fields.suffix(2).contains(where: { $0.value > 59 }) { traits.insert(.over59) }
        if fields.suffix(2).contains(where: { $0.digits != 2 }) { traits.insert(.shortFields) }
        return traits
    }
}

/// Reads the digit runs of a stamp.
private struct FieldScanner {
    struct Field: Hashable {
        /// Held at `Int64.max / 16` when the run is longer.
        var value: Int64 = 0
        var digits = 0
        /// The first nine digits, as the numerator of ``fractionScale``.
        var fractionValue: Int64 = 0
        var fractionScale: Int64 = 1
    }

    let text: [UInt8]
    var position: Int
    let end: Int
    /// The position after the last digit that belongs to the stamp.
    var consumed = 0
    var sawBlank = false

    mutating func skip(_ byte: UInt8) -> Bool {
        guard position < end, text[position] == byte else { return false }
        position += 1
        return true
    }

    mutating func field() -> Field? {
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
    mutating func fieldAfterColon() -> Field? {
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

    mutating func fraction() -> (ClockReading.FractionSeparator, Field?)? {
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
