import Timeline

/// SubStation Alpha v4 and Advanced SubStation Alpha v4+: sections in brackets, events as lines of fields.
enum SubStation: SubtitleSyntax {
    typealias Writer = SubStationWriter

    static let subtitleFormat = SubtitleFormat.subStation
    static let prefix = "ass."

    private static let sections: [StaticString] = ["[script info]", "[v4 styles]", "[v4+ styles]", "[events]"]

    /// A section header of the format on a line of its own, before any line of times as SubRip has.
    static func matches(_ source: TextSource) -> Bool {
        let text = source.text
        for line in LineScanner(text, from: source.start) {
            let content = text.trimmed(line.range)
            guard let first = content.first else { continue }
            if text[first] == .ascii("["), sections.contains(where: { text.hasFolded($0, at: first, before: content.upperBound) }) { return true }
            if Byte.isDigit(text[first]), TimingLine(text, content) != nil { return false }
        }
        return false
    }

    static func read(_ source: TextSource, mode: ReadingMode, into sink: inout some SubtitleSink, log: inout DiagnosticLog) {
        var reader = SubStationReader(source: source)
        reader.read(into: &sink, log: &log)
    }

    static func style(ofStamp stamp: ArraySlice<UInt8>) -> ClockStyle {
        let hours = stamp.prefix { $0 != .ascii(":") }.count(where: Byte.isDigit)
        return ClockStyle(hourDigits: max(1, hours), separator: .ascii("."), fractionDigits: 2)
    }

    /// Script info, one style and the fields of events, in the order of the v4+ specification.
    static let usualHead = """
        [Script Info]
        ScriptType: v4.00+

        [V4+ Styles]
        Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, \
        Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
        Style: Default,Arial,20,&H00FFFFFF,&H000000FF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,2,2,2,10,10,10,1

        [Events]
        \(eventFormat)
        """

    static let eventFormat = "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text"
}
