extension [UInt8] {
    /// The number in a range of ASCII: digits with an optional sign, point and exponent. Nil for anything else, NaN and infinities too.
    ///
    /// The nearest double, as C's `strtod` gives it.
    func double(_ range: Range<Int>) -> Double? {
        withUnsafeBufferPointer { $0.double(range) }
    }

    /// The whole number in a range of ASCII digits with an optional sign; nil for anything else and for what does not fit.
    func integer(_ range: Range<Int>) -> Int? {
        var (position, isNegative) = (range.lowerBound, false)
        if position < range.upperBound, self[position] == .ascii("-") || self[position] == .ascii("+") {
            isNegative = self[position] == .ascii("-")
            position += 1
        }
        guard position < range.upperBound else { return nil }
        var value = 0
        while position < range.upperBound {
            let digit = self[position] &- 0x30
            guard digit < 10 else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.subtractingReportingOverflow(Int(digit))
            guard !overflow, !carry else { return nil }
            value = sum
            position += 1
        }
        guard !isNegative else { return value }
        return value == .min ? nil : -value
    }

    /// Appends a number with the fewest digits that read back as the same double; whole numbers without a point.
    mutating func appendNumber(_ value: Double) {
        if value.magnitude < 1e15 {
            if value == value.rounded(.towardZero) {
                if value == 0, value.sign == .minus { append(.ascii("-")) }
                return appendDecimal(Int64(value))
            }
            if value.magnitude >= 1e-4, appendFixed(value) { return }
        }
        append(contentsOf: value.description.utf8)
    }

    /// Appends a number in up to six digits after the point where those are exact.
    private mutating func appendFixed(_ value: Double) -> Bool {
        var scale = 1.0
        for digits in 1...6 {
            scale *= 10
            let scaled = (value.magnitude * scale).rounded()
            guard scaled < 9e15 else { return false }
            guard scaled / scale == value.magnitude else { continue }
            if value < 0 { append(.ascii("-")) }
            let (whole, fraction) = UInt64(scaled).quotientAndRemainder(dividingBy: UInt64(scale))
            appendDecimal(whole)
            append(.ascii("."))
            appendDecimal(fraction, width: digits)
            return true
        }
        return false
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// See ``Swift/Array/double(_:)``.
    func double(_ range: Range<Int>) -> Double? {
        guard range.lowerBound >= 0, range.upperBound <= count else { return nil }
        var position = range.lowerBound
        let end = range.upperBound
        var isNegative = false
        if position < end, self[position] == .ascii("-") || self[position] == .ascii("+") {
            isNegative = self[position] == .ascii("-")
            position += 1
        }
        var (digits, count, scale) = (UInt64(0), 0, 0)
        while position < end, Byte.isDigit(self[position]) {
            digits = digits &* 10 &+ UInt64(self[position] &- 0x30)
            count += 1
            position += 1
        }
        if position < end, self[position] == .ascii(".") {
            position += 1
            let start = position
            while position < end, Byte.isDigit(self[position]) {
                digits = digits &* 10 &+ UInt64(self[position] &- 0x30)
                position += 1
            }
            scale = position - start
            count += scale
        }
        guard count > 0 else { return nil }
        // Below 2^53 the digits are exact, and so is one division by an exact power of ten.
        if position == end, count <= 15, scale <= 22 {
            let value = Double(digits)
            let scaled = scale == 0 ? value : value / Self.power(scale)
            return isNegative ? -scaled : scaled
        }
        return converted(range)
    }

    @inline(__always)
    private static func power(_ exponent: Int) -> Double {
        var (value, base, rest) = (1.0, 10.0, exponent)
        // Products of exact powers up to 10^22 are exact.
        while rest > 0 {
            if rest & 1 == 1 { value *= base }
            rest >>= 1
            if rest > 0 { base *= base }
        }
        return value
    }

    /// The general way, for long numbers and exponents; refuses the words and hexadecimal that `strtod` takes.
    private func converted(_ range: Range<Int>) -> Double? {
        let text = self[range]
        let allowed = text.allSatisfy { Byte.isDigit($0) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0) }
        guard allowed, let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite else { return nil }
        return value
    }
}
