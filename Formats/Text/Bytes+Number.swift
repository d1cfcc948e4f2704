extension [UInt8] {
    /// The number in a range of ASCII digits with an optional sign, point and exponent, correctly rounded; nil for anything else and
    /// for what a double cannot hold.
    func double(_ range: Range<Int>) -> Double? {
        guard let value = Double(self, range), value.isFinite else { return nil }
        return value
    }

    /// The whole number in a range of ASCII digits with an optional sign; nil for anything else and for what does not fit.
    func integer(_ range: Range<Int>) -> Int? {
        let hasPlus = !range.isEmpty && self[range.lowerBound] == .ascii("+")
        return Int64(bytes: self, hasPlus ? range.lowerBound + 1..<range.upperBound : range).map { Int($0) }
    }

    /// Appends a finite number with the fewest digits that read back as the same double; whole numbers without a point.
    mutating func appendNumber(_ value: Double) {
        guard value.magnitude < 1e15, value == value.rounded(.towardZero) else { return appendShortest(value) }
        if value == 0, value.sign == .minus { append(.ascii("-")) }
        appendDecimal(Int64(value))
    }
}
