import Timeline

/// A decimal number of seconds in a text, such as `12.340` or `1e-3`, read exactly and rounded once to ticks.
struct DecimalSeconds: Hashable, Sendable {
    let ticks: Int64
    /// Digits after the decimal point, as written; with an exponent 0.
    let fractionDigits: Int
    /// Whether a comma stood in place of the point.
    let hasComma: Bool

    /// Whether the number, as it stands in a text, would be written otherwise: it has more digits than a tick can tell apart.
    ///
    /// - Parameter least: digits after the point that the writer writes at least.
    func isFinerThanTicks(_ text: [UInt8], _ range: Range<Int>, least: Int) -> Bool {
        guard fractionDigits > 8 else { return false }
        var written: [UInt8] = []
        Self.append(ticks, least: least, to: &written)
        return !text.has(written, at: range)
    }

    /// Nil unless the whole range is one number within 100 years.
    init?(_ text: [UInt8], _ range: Range<Int>) {
        var scan = Scan(text: text, position: range.lowerBound, end: range.upperBound)
        guard scan.read(), scan.position == range.upperBound else { return nil }
        guard let ticks = scan.ticks, TimeDelta(ticks: ticks).isRepresentable else { return nil }
        self.ticks = ticks
        (fractionDigits, hasComma) = (scan.sawExponent ? 0 : scan.fraction, scan.hasComma)
    }

    private struct Scan {
        let text: [UInt8]
        var position: Int
        let end: Int
        var isNegative = false
        /// The digits without leading zeros, and those that do not fit there; what still does not fit is far below a tick.
        var digits: Int64 = 0
        var more = (digits: Int64(0), scale: Int64(1))
        var exponent = 0
        var fraction = 0
        var hasComma = false
        var sawExponent = false

        mutating func read() -> Bool {
            if take(.ascii("-")) { isNegative = true } else { _ = take(.ascii("+")) }
            let whole = readDigits(isFraction: false)
            if take(.ascii(".")) || takeComma() { fraction = readDigits(isFraction: true) }
            guard whole + fraction > 0 else { return false }
            return take(.ascii("e")) || take(.ascii("E")) ? readExponent() : true
        }

        private mutating func takeComma() -> Bool {
            hasComma = take(.ascii(","))
            return hasComma
        }

        private mutating func take(_ byte: UInt8) -> Bool {
            guard position < end, text[position] == byte else { return false }
            position += 1
            return true
        }

        private mutating func readDigits(isFraction: Bool) -> Int {
            let start = position
            while position < end, Byte.isDigit(text[position]) {
                let digit = Int64(text[position] &- 0x30)
                if digits < 100_000_000_000_000_000 {
                    digits = digits * 10 + digit
                    if isFraction { exponent -= 1 }
                } else if more.scale < 10_000_000_000 {
                    more = (more.digits * 10 + digit, more.scale * 10)
                    if isFraction { exponent -= 1 }
                } else if !isFraction {
                    exponent += 1
                }
                position += 1
            }
            return position - start
        }

        private mutating func readExponent() -> Bool {
            sawExponent = true
            let isNegative = take(.ascii("-"))
            if !isNegative { _ = take(.ascii("+")) }
            let start = position
            var value = 0
            while position < end, Byte.isDigit(text[position]) {
                value = min(value * 10 + Int(text[position] &- 0x30), 1_000_000)
                position += 1
            }
            exponent += isNegative ? -value : value
            return position > start
        }

        /// Nil when the number does not fit.
        var ticks: Int64? {
            guard digits > 0 else { return 0 }
            guard more.scale == 1 else { return longTicks }
            if exponent <= 0, exponent >= -DecimalSeconds.exactDigits {
                let (product, overflow) = digits.multipliedReportingOverflow(by: Int64(DecimalSeconds.unit(-exponent)))
                if !overflow { return isNegative ? -product : product }
            }
            var (numerator, denominator) = (ticksPerSecond, Int64(1))
            var value = digits
            if exponent > 18 || exponent < -36 { return exponent < 0 ? 0 : nil }
            if exponent >= 0 {
                for _ in 0..<exponent {
                    let (product, overflow) = value.multipliedReportingOverflow(by: 10)
                    guard !overflow else { return nil }
                    value = product
                }
            } else {
                for _ in 0..<min(18, -exponent) { denominator *= 10 }
                // What lies beyond 18 digits after the point is far below a tick.
                for _ in 0..<max(0, -exponent - 18) { value /= 10 }
            }
            numerator = isNegative ? -numerator : numerator
            return value.scaled(by: numerator, over: denominator)
        }

        /// Of nineteen to twenty-eight digits.
        private var longTicks: Int64? {
            guard exponent < 0 else { return nil }
            guard exponent >= -37 else { return 0 }
            let value = (Int128(digits) * Int128(more.scale) + Int128(more.digits)) * Int128(isNegative ? -ticksPerSecond : ticksPerSecond)
            let denominator = (0..<(-exponent)).reduce(Int128(1)) { power, _ in power * 10 }
            let (quotient, remainder) = value.quotientAndRemainder(dividingBy: denominator)
            // Halves up, as in `scaled(by:over:)`.
            let isUp = remainder >= denominator - remainder, isDown = -remainder > denominator + remainder
            return Int64(exactly: quotient + (isUp ? 1 : isDown ? -1 : 0))
        }
    }

    /// Appends ticks as seconds, with the fewest digits from `least` on that read back as the same ticks, at most ten.
    static func append(_ ticks: Int64, least: Int, to bytes: inout [UInt8]) {
        let magnitude = ticks.magnitude
        if ticks < 0 { bytes.append(.ascii("-")) }
        let (whole, rest) = magnitude.quotientAndRemainder(dividingBy: UInt64(ticksPerSecond))
        if (0...exactDigits).contains(least), rest % unit(least) == 0 {
            bytes.appendDecimal(whole)
            guard least > 0 else { return }
            bytes.append(.ascii("."))
            return bytes.appendDecimal(rest / unit(least), width: least)
        }
        var (seconds, digits) = (whole, max(0, least))
        var fraction: UInt64 = 0
        while digits <= 10 {
            let scale = Self.powers[digits]
            fraction = (rest * scale * 2 + UInt64(ticksPerSecond)) / (2 * UInt64(ticksPerSecond))
            let back = (fraction * UInt64(ticksPerSecond) * 2 + scale) / (2 * scale)
            if back == rest { break }
            digits += 1
        }
        digits = min(digits, 10)
        if fraction == Self.powers[digits] { (seconds, fraction) = (seconds + 1, 0) }
        bytes.appendDecimal(seconds)
        guard digits > 0 else { return }
        bytes.append(.ascii("."))
        bytes.appendDecimal(fraction, width: digits)
    }

    /// Decimal digits of a second that are whole numbers of ticks.
    private static var exactDigits: Int { 5 }

    /// Ticks of a unit in the last of so many decimal digits, 0 to 5.
    private static func unit(_ digits: Int) -> UInt64 {
        switch digits {
        case 3: 705_600
        case 2: 7_056_000
        case 1: 70_560_000
        case 4: 70_560
        case 5: 7056
        default: 705_600_000
        }
    }

    private static let powers: [UInt64] = (0...10).map { (0..<$0).reduce(UInt64(1)) { power, _ in power * 10 } }

    /// Appends ticks as they were written, where an attribute still says the same time, else as seconds.
    static func append(_ ticks: Int64, least: Int, asWritten attributes: [Attribute], _ name: String, to bytes: inout [UInt8]) {
        if !attributes.isEmpty, let text = attributes[name].map({ Array($0.utf8) }) {
            let marks = text.reversed().prefix { $0 == .ascii("*") }.count
            if let written = DecimalSeconds(text, text.indices.dropLast(marks)), written.ticks == ticks, !written.hasComma { return bytes += text }
        }
        append(ticks, least: least, to: &bytes)
    }
}
