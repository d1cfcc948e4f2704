/// The rules for one time of WebVTT: `mm:ss.fff` or `hh:mm:ss.fff` (section 6.3, collect a WebVTT timestamp).
enum WebVTTStamp {
    enum Judgement: Hashable {
        case good
        /// The parsing rules take it, the syntax rules for authors do not allow it.
        case loose(String)
        /// Not allowed, but its meaning is plain.
        case repairable(String)
        case wrong(String)
    }

    static func judge(_ stamp: ClockReading) -> Judgement {
        if stamp.traits.contains(.negative) { return .wrong("a time of zero or later") }
        if stamp.traits.contains(.over59) { return .wrong("minutes and seconds of at most 59") }
        if stamp.separator != .dot { return .repairable("a dot before the milliseconds") }
        if stamp.fractionDigits != 3 { return .repairable("three digits of milliseconds") }
        if stamp.traits.contains(.blanks) { return .repairable("no blanks inside a time") }
        if stamp.traits.contains(.shortFields) { return .repairable("two digits in each field") }
        return stamp.hourDigits == 1 ? .loose("two digits of hours or more") : .good
    }

    /// Whether the parsing rules take it.
    static func isTaken(_ stamp: ClockReading) -> Bool {
        switch judge(stamp) {
        case .good, .loose: true
        case .repairable, .wrong: false
        }
    }
}
