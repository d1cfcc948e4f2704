extension [UInt8] {
    /// Appends a whole number in decimal digits.
    mutating func appendDecimal(_ value: Int64) {
        if value < 0 { append(.ascii("-")) }
        appendDecimal(value.magnitude)
    }

    /// Appends a whole number in decimal digits.
    ///
    /// - Parameter width: zeros come before shorter numbers.
    mutating func appendDecimal(_ value: UInt64, width: Int = 1) {
        let start = count
        var (rest, digits) = (value, 0)
        repeat {
            append(0x30 + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
            digits += 1
        } while rest > 0 || digits < width
        self[start...].reverse()
    }
}
