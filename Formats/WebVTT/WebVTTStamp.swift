/// The rules for one time of WebVTT: `mm:ss.fff` or `hh:mm:ss.fff` with two or more digits of hours.
enum WebVTTStamp {
    enum Judgement: Hashable {
        case good
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
        if stamp.traits.contains(.shortFields) || stamp.hourDigits == 1 { return .repairable("two digits in each field") }
        return .good
    }
}
