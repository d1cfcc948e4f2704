import Timeline

/// Times as people write them.
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
}
