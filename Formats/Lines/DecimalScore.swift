/// A decimal number that is a score by nature, such as a confidence.
enum DecimalScore {
    /// The number of a field; nil unless the whole of it is one in decimal digits.
    static func read(_ text: [UInt8], _ range: Range<Int>) -> Double? {
        for index in range {
            switch text[index] {
            case 0x30...0x39, .ascii("."), .ascii("-"), .ascii("+"), .ascii("e"), .ascii("E"): continue
            default: return nil
            }
        }
        return Double(text.string(range)).flatMap { $0.isFinite ? $0 : nil }
    }

    /// Digits after the point of a field, as written; 0 for one with an exponent.
    static func fractionDigits(_ text: [UInt8], _ range: Range<Int>) -> Int {
        guard let point = text.position(of: .ascii("."), in: range), !text[range].contains(where: { $0 | 0x20 == .ascii("e") }) else { return 0 }
        return range.upperBound - point - 1
    }

    /// Appends the shortest number that reads back as the same, without an exponent, with zeros up to `least` digits after the point.
    static func append(_ value: Double, least: Int, to bytes: inout [UInt8]) {
        let parts = plain("\(value)")
        bytes += parts.whole.utf8
        let missing = max(0, min(least, 20) - parts.fraction.utf8.count)
        guard !parts.fraction.isEmpty || missing > 0 else { return }
        bytes.append(.ascii("."))
        bytes += parts.fraction.utf8
        bytes += repeatElement(.ascii("0"), count: missing)
    }

    /// The digits before and after the point of a description such as `-12.5` or `1.5e-05`.
    private static func plain(_ description: String) -> (whole: String, fraction: String) {
        let halves = description.split(separator: "e")
        let number = halves[0].split(separator: ".")
        let (whole, fraction) = (String(number[0]), number.count > 1 && number[1] != "0" ? String(number[1]) : "")
        guard halves.count > 1, let exponent = Int(halves[1]) else { return (whole, fraction) }
        let isNegative = whole.hasPrefix("-")
        let (sign, digits) = (isNegative ? "-" : "", whole.drop { $0 == "-" } + fraction)
        guard exponent < 0 else {
            let zeros = String(repeating: "0", count: max(0, exponent - fraction.utf8.count))
            return (sign + digits + zeros, "")
        }
        return (sign + "0", String(repeating: "0", count: -exponent - 1) + digits)
    }
}
