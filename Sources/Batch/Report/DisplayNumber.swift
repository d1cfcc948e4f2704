/// Numbers as text for people: the same on every machine, whatever its locale.
enum DisplayNumber {
    /// A fixed count of decimals, rounded half away from zero; `?` for what is not a number or beyond 10¹².
    static func fixed(_ value: Double, decimals: Int) -> String {
        guard value.magnitude < 1e12 else { return "?" }
        let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
        let units = Int64((value.magnitude * scale).rounded())
        let digits = String(units)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        let sign = value < 0 && units > 0 ? "-" : ""
        return sign + padded.dropLast(decimals) + (decimals > 0 ? "." + padded.suffix(decimals) : "")
    }

    static func percent(_ share: Double) -> String { fixed(share * 100, decimals: 0) + " %" }

    /// Seconds with a sign: `+1.250 s`.
    static func offset(_ seconds: Double) -> String {
        let text = fixed(seconds, decimals: 3)
        return (text.hasPrefix("-") || text == "0.000" ? "" : "+") + text + " s"
    }

    /// Hours, minutes and seconds of a media time: `1:02:05`, or `2:05` below an hour.
    static func clock(_ seconds: Double) -> String {
        guard seconds.magnitude < 1e9 else { return "?" }
        let whole = Int(max(0, seconds).rounded())
        let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
        return hours > 0 ? "\(hours):\(padded(minutes)):\(padded(rest))" : "\(minutes):\(padded(rest))"
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// A wait in its two greatest units: `2 h 05 min`, `4 min 10 s`, `12 s`.
    static func wait(_ seconds: Double) -> String {
        guard seconds.magnitude < 1e9 else { return "?" }
        let whole = Int(max(0, seconds).rounded(.up))
        if whole >= 3600 { return "\(whole / 3600) h \(padded(whole / 60 % 60)) min" }
        return whole >= 60 ? "\(whole / 60) min \(padded(whole % 60)) s" : "\(whole) s"
    }
}
