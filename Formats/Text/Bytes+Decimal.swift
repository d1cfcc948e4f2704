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
        if value < 10, width <= 1 { return append(0x30 &+ UInt8(truncatingIfNeeded: value)) }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Swift.max(20, width)) { digits in
            var (rest, first) = (value, digits.count)
            repeat {
                first -= 1
                digits[first] = 0x30 &+ UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0 || digits.count - first < width
            append(contentsOf: UnsafeBufferPointer(rebasing: digits[first...]))
        }
    }
}

extension Int64 {
    /// A whole number in decimal digits with `-` or nothing before them; nil when the range holds anything else or it does not fit.
    init?(bytes: [UInt8], _ range: Range<Int>) {
        var position = range.lowerBound
        let isNegative = position < range.upperBound && bytes[position] == .ascii("-")
        if isNegative { position += 1 }
        guard position < range.upperBound else { return nil }
        var value: Int64 = 0
        while position < range.upperBound {
            let digit = bytes[position] &- 0x30
            guard digit < 10 else { return nil }
            let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, isPast) = isNegative ? product.subtractingReportingOverflow(Int64(digit)) : product.addingReportingOverflow(Int64(digit))
            guard !isTooLarge, !isPast else { return nil }
            value = sum
            position += 1
        }
        self = value
    }
}
