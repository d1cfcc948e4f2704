import Timeline

/// How a format, or one stamp of a file, writes a time: digits of the hours, separator and digits of the fraction.
struct ClockStyle: Hashable, Sendable {
    /// At least this many; 0 leaves out hours that are zero.
    var hourDigits: Int
    var separator: UInt8
    /// 1 to 9.
    var fractionDigits: Int

    static let subRip = ClockStyle(hourDigits: 2, separator: .ascii(","), fractionDigits: 3)
    static let webVTT = ClockStyle(hourDigits: 2, separator: .ascii("."), fractionDigits: 3)
    static let subStation = ClockStyle(hourDigits: 1, separator: .ascii("."), fractionDigits: 2)

    private var unitsPerSecond: Int64 { (0..<fractionDigits).reduce(Int64(1)) { scale, _ in scale * 10 } }

    /// The time in units of the last digit: rounded once, halves up; times before zero become zero.
    func units(of time: Timestamp) -> Int64 { max(0, time.units(perSecond: unitsPerSecond)) }

    /// The stamp of a time, rounded once to the last digit, halves up. Times before zero are written as zero.
    func stamp(_ time: Timestamp) -> [UInt8] {
        let (seconds, fraction) = units(of: time).quotientAndRemainder(dividingBy: unitsPerSecond)
        var stamp: [UInt8] = []
        stamp.reserveCapacity(hourDigits + 7 + fractionDigits)
        let hours = seconds / 3600
        if hourDigits > 0 || hours > 0 {
            stamp.appendDecimal(hours, digits: max(hourDigits, 2 * (hourDigits == 0 ? 1 : 0)))
            stamp.append(.ascii(":"))
        }
        stamp.appendDecimal(seconds / 60 % 60, digits: 2)
        stamp.append(.ascii(":"))
        stamp.appendDecimal(seconds % 60, digits: 2)
        stamp.append(separator)
        stamp.appendDecimal(fraction, digits: fractionDigits)
        return stamp
    }
}

extension [UInt8] {
    /// Appends a number of zero or more in decimal, with zeros in front up to `digits`.
    mutating func appendDecimal(_ number: Int64, digits: Int = 1) {
        let end = count
        var rest = number
        repeat {
            insert(0x30 + UInt8(rest % 10), at: end)
            rest /= 10
        } while rest > 0
        while count - end < digits { insert(0x30, at: end) }
    }
}
