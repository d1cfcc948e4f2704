/// Exact numbers from ASCII digits without a string for each.
extension Double {
    /// The nearest number to a decimal such as `-12.5e-3`; ±infinity where the decimal is beyond the range.
    ///
    /// Up to 19 digits with an exponent of at most 27 are rounded here, from a product or a quotient of 128 bits; the standard
    /// library reads the others.
    ///
    /// - Returns: nil unless the whole range is a sign or none, digits with a point or without, and an exponent or none.
    init?(_ text: [UInt8], _ range: Range<Int>) {
        var decimal = Decimal()
        guard range.upperBound <= text.count, decimal.read(text, range) else { return nil }
        if let exact = decimal.exact {
            self = decimal.isNegative ? -exact : exact
        } else {
            self.init(text.string(range))
        }
    }

    /// A decimal number as digits and a power of ten.
    private struct Decimal {
        var isNegative = false
        var digits: UInt64 = 0
        /// Digits from the first one that is not zero on.
        var digitCount = 0
        var exponent = 0

        mutating func read(_ text: [UInt8], _ range: Range<Int>) -> Bool {
            var position = range.lowerBound
            let end = range.upperBound
            if position < end, text[position] == 0x2D || text[position] == 0x2B {
                isNegative = text[position] == 0x2D
                position += 1
            }
            let start = position
            readDigits(text, &position, end)
            var count = position - start
            if position < end, text[position] == 0x2E {
                position += 1
                let fraction = position
                readDigits(text, &position, end)
                exponent = fraction - position
                count -= exponent
            }
            guard count > 0 else { return false }
            guard position < end else { return true }
            return text[position] | 0x20 == 0x65 && readExponent(text, position + 1, end)
        }

        @inline(__always) private mutating func readDigits(_ text: [UInt8], _ position: inout Int, _ end: Int) {
            while position < end {
                let digit = text[position] &- 0x30
                guard digit < 10 else { return }
                digits = digits &* 10 &+ UInt64(digit)
                if digitCount > 0 || digit != 0 { digitCount += 1 }
                position += 1
            }
        }

        private mutating func readExponent(_ text: [UInt8], _ start: Int, _ end: Int) -> Bool {
            var (position, value, isBelow) = (start, 0, false)
            if position < end, text[position] == 0x2D || text[position] == 0x2B {
                isBelow = text[position] == 0x2D
                position += 1
            }
            guard position < end else { return false }
            while position < end {
                guard Byte.isDigit(text[position]) else { return false }
                value = min(value * 10 + Int(text[position] &- 0x30), 1_000_000)
                position += 1
            }
            exponent += isBelow ? -value : value
            return true
        }

        /// The nearest number to digits of at most 64 bits and a small exponent; nil for others.
        var exact: Double? {
            // Twenty digits may have passed the end of 64 bits.
            guard digitCount <= 19 else { return nil }
            if digits == 0 { return 0 }
            guard (-27...27).contains(exponent) else { return nil }
            if digits < 1 << 53, (-22...22).contains(exponent) {
                // Both are exact, so one operation rounds once (Clinger 1990).
                let power = Self.tens[abs(exponent)]
                return exponent < 0 ? Double(digits) / power : Double(digits) * power
            }
            return exponent < 0 ? quotient : product
        }

        /// `digits · 5^exponent` in 128 bits, scaled by the power of two that is left.
        private var product: Double {
            let (high, low) = digits.multipliedFullWidth(by: Self.fives[exponent])
            let zeros = high == 0 ? 64 + low.leadingZeroBitCount : high.leadingZeroBitCount
            let wide = UInt128(high) << 64 | UInt128(low)
            let top = UInt64(truncatingIfNeeded: (wide << UInt128(zeros)) >> 64)
            let isInexact = UInt64(truncatingIfNeeded: wide << UInt128(zeros)) != 0
            return Self.rounded(top, isInexact, power: 64 - zeros + exponent)
        }

        /// `digits / 5^-exponent` to 63 bits and more, with what is left over as one bit, scaled by the power of two that is left.
        private var quotient: Double {
            let divisor = Self.fives[-exponent]
            let (up, over) = (digits.leadingZeroBitCount, divisor.leadingZeroBitCount)
            // Half of the shifted digits is below the shifted divisor, so that the quotient fits.
            let shifted = digits << UInt64(up)
            let (quotient, remainder) = (divisor << UInt64(over)).dividingFullWidth((shifted >> 1, shifted << 63))
            let zeros = quotient.leadingZeroBitCount
            return Self.rounded(quotient << UInt64(zeros), remainder != 0, power: over - up + exponent - zeros - 63)
        }

        /// 64 bits of which the top one is set, rounded to 53, halves to even, times a power of two that stays in the normal range.
        private static func rounded(_ bits: UInt64, _ isInexact: Bool, power: Int) -> Double {
            let (kept, rest) = (bits >> 11, bits & 0x7FF)
            let isUp = rest > 0x400 || rest == 0x400 && (isInexact || kept & 1 == 1)
            return Double(kept + (isUp ? 1 : 0)) * Double(bitPattern: UInt64(1023 + power + 11) << 52)
        }

        private static let tens: [Double] = [
            1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
        ]
        private static let fives: [UInt64] = (0...27).map { (0..<$0).reduce(UInt64(1)) { power, _ in power * 5 } }
    }
}

extension [UInt8] {
    /// Appends the shortest digits that read back as the same number, as `Double.description` has them: `0.1`, `2.0`, `1e-09`.
    ///
    /// - Parameter value: finite.
    mutating func appendShortest(_ value: Double) {
        let magnitude = value.magnitude
        if magnitude < 1e9, magnitude >= 1e-3 {
            // Fifteen digits and fewer stand for one number each, so the first that reads back is the shortest.
            var scale = 10.0
            for places in 1...6 {
                let scaled = (magnitude * scale).rounded()
                if scaled / scale == magnitude { return appendFixed(UInt64(scaled), places, isNegative: value < 0) }
                scale *= 10
            }
        }
        self += value.description.utf8
    }

    private mutating func appendFixed(_ scaled: UInt64, _ places: Int, isNegative: Bool) {
        if isNegative { append(.ascii("-")) }
        let scale = (0..<places).reduce(UInt64(1)) { power, _ in power * 10 }
        appendDecimal(scaled / scale)
        append(.ascii("."))
        appendDecimal(scaled % scale, width: places)
    }
}
