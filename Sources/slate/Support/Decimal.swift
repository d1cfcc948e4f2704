import Timeline

/// Times and numbers as people write them.
enum Decimal {
    /// Seconds to the millisecond, without trailing zeros: `300`, `0.25`.
    static func seconds(_ length: TimeDelta) -> String {
        let milliseconds = length.milliseconds
        let whole = milliseconds.magnitude / 1000, rest = milliseconds.magnitude % 1000
        let sign = milliseconds < 0 ? "-" : ""
        guard rest > 0 else { return "\(sign)\(whole)" }
        var digits = String(String(1000 + rest).dropFirst())
        while digits.last == "0" { digits.removeLast() }
        return "\(sign)\(whole).\(digits)"
    }

    /// A number with so many digits behind the point, rounded half away from 0.
    static func digits(_ value: Double, _ count: Int) -> String {
        let scale = (0..<count).reduce(1.0) { scale, _ in scale * 10 }
        guard abs(value) < 1e12 else { return "\(value)" }
        let whole = Int64((abs(value) * scale).rounded())
        let sign = value < 0 && whole > 0 ? "-" : ""
        guard count > 0 else { return "\(sign)\(whole)" }
        let text = String(whole)
        let padded = String(repeating: "0", count: max(0, count + 1 - text.count)) + text
        return "\(sign)\(padded.dropLast(count)).\(padded.suffix(count))"
    }
}
