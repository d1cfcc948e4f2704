import Timeline

/// What is unusual about a line of times in SubRip. Nothing here costs a cue.
enum SubRipRemarks {
    static func add(_ timing: TimingLine, _ text: [UInt8], at place: TextPosition, log: inout DiagnosticLog) {
        if !TimingLine.isWellFormedArrow(text, timing.arrow) {
            log.addHabit(.warning, "srt-arrow", at: place, found: text.excerpt(timing.arrow), expected: "'-->'", effect: "read as that")
        }
        for stamp in [timing.start, timing.end] { add(stamp, text, at: place, log: &log) }
        if timing.end.time <= timing.start.time {
            log.addHabit(
                .warning, "srt-length", at: place, found: "a cue that does not end after it starts",
                expected: "an end later than the start", effect: "it counts as one millisecond long")
        }
        if !timing.rest.isEmpty, !isCoordinates(text, timing.rest) {
            log.addHabit(
                .warning, "srt-rest", at: place, found: "\(text.excerpt(timing.rest)) after the times",
                expected: "the end of the line or X1: coordinates", effect: "it stays in the file")
        }
    }

    private static func add(_ stamp: ClockReading, _ text: [UInt8], at place: TextPosition, log: inout DiagnosticLog) {
        func warn(_ code: String, _ expected: String) {
            log.addHabit(.warning, code, at: place, found: text.excerpt(stamp.range), expected: expected, effect: "the time is kept")
        }
        if stamp.separator != .comma { warn("srt-separator", "a comma before the milliseconds") }
        if stamp.separator != .none, stamp.fractionDigits != 3 { warn("srt-fraction", "three digits of milliseconds") }
        if stamp.hourDigits == 0 { warn("srt-hours", "hours:minutes:seconds") }
        if stamp.traits.contains(.negative) { warn("srt-negative", "a time of zero or later") }
        if stamp.traits.contains(.over59) { warn("srt-over-59", "minutes and seconds of at most 59") }
        if !stamp.traits.isDisjoint(with: [.blanks, .shortFields]) { warn("srt-layout", "two digits in each field and no blanks") }
    }

    private static func isCoordinates(_ text: [UInt8], _ range: Range<Int>) -> Bool {
        text.hasFolded("x1:", at: range.lowerBound, before: range.upperBound)
            || text.hasFolded("x:", at: range.lowerBound, before: range.upperBound)
    }
}
