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

    init(hourDigits: Int, separator: UInt8, fractionDigits: Int) {
        (self.hourDigits, self.separator, self.fractionDigits) = (hourDigits, separator, fractionDigits)
    }

    var unitsPerSecond: Int64 { fractionDigits == 3 ? 1000 : (0..<fractionDigits).reduce(Int64(1)) { scale, _ in scale * 10 } }

    /// The time in units of the last digit: rounded once, halves up; times before zero become zero.
    func units(of time: Timestamp) -> Int64 { max(0, time.units(perSecond: unitsPerSecond)) }

    /// The stamp of a time, rounded once to the last digit, halves up. Times before zero are written as zero.
    func stamp(_ time: Timestamp) -> [UInt8] {
        var stamp: [UInt8] = []
        stamp.reserveCapacity(hourDigits + 7 + fractionDigits)
        append(units: units(of: time), to: &stamp)
        return stamp
    }

    /// Appends the stamp of a time given in units of the last digit, zero or more.
    func append(units: Int64, to bytes: inout [UInt8]) {
        let (seconds, fraction) = UInt64(units).quotientAndRemainder(dividingBy: UInt64(unitsPerSecond))
        let hours = seconds / 3600
        if hourDigits > 0 || hours > 0 {
            if hourDigits == 2, hours < 100 { bytes.appendPair(hours) } else { bytes.appendDecimal(hours, width: hourDigits == 0 ? 2 : hourDigits) }
            bytes.append(.ascii(":"))
        }
        bytes.appendPair(seconds / 60 % 60)
        bytes.append(.ascii(":"))
        bytes.appendPair(seconds % 60)
        bytes.append(separator)
        bytes.appendDecimal(fraction, width: fractionDigits)
    }
}

extension [UInt8] {
    /// Appends a number below 100 in two digits.
    fileprivate mutating func appendPair(_ value: UInt64) {
        append(0x30 + UInt8(truncatingIfNeeded: value / 10))
        append(0x30 + UInt8(truncatingIfNeeded: value % 10))
    }
}

extension ClockStyle {
    /// The style as a pattern of letters, such as `hh:mm:ss,fff`.
    var pattern: String {
        let hours = hourDigits > 0 ? String(repeating: "h", count: hourDigits) + ":" : ""
        return "\(hours)mm:ss\(Character(Unicode.Scalar(separator)))\(String(repeating: "f", count: fractionDigits))"
    }

    /// Nil for what is no pattern, or one of more than nine digits in a field.
    init?(pattern: String) {
        let bytes = Array(pattern.utf8)
        let hours = bytes.prefix { $0 == .ascii("h") }.count
        let fraction = bytes.reversed().prefix { $0 == .ascii("f") }.count
        guard (0...9).contains(hours), (1...9).contains(fraction), bytes.count > fraction else { return nil }
        self.init(hourDigits: hours, separator: bytes[bytes.count - fraction - 1], fractionDigits: fraction)
        guard self.pattern == pattern, [.ascii("."), .ascii(","), .ascii(":")].contains(separator) else { return nil }
    }

    /// The style in which a stamp is written; nil where no style gives these bytes.
    init?(_ stamp: ClockReading, _ text: [UInt8]) {
        let separators: [ClockReading.FractionSeparator: UInt8] = [.dot: .ascii("."), .comma: .ascii(","), .colon: .ascii(":")]
        guard let separator = separators[stamp.separator], (1...9).contains(stamp.fractionDigits), stamp.hourDigits < 10 else { return nil }
        self.init(hourDigits: stamp.hourDigits, separator: separator, fractionDigits: stamp.fractionDigits)
        guard self.stamp(stamp.time).elementsEqual(text[stamp.range]) else { return nil }
    }
}
