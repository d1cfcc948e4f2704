import Timeline

/// SubStation Alpha v4 and Advanced SubStation Alpha v4+: sections in brackets, events as lines of fields.
enum SubStation: SubtitleSyntax {
    private static let sections: [StaticString] = ["[script info]", "[v4 styles]", "[v4+ styles]", "[events]"]

    /// A section header of the format on a line of its own.
    static func matches(_ source: TextSource) -> Bool {
        LineScanner(source.text, from: source.start).contains { line in
            let content = source.text.trimmed(line.range)
            guard let first = content.first, source.text[first] == .ascii("[") else { return false }
            return sections.contains { source.text.hasFolded($0, at: first, before: content.upperBound) }
        }
    }

    static func read(_ source: TextSource, mode: ReadingMode, into sink: inout some SubtitleSink, log: inout DiagnosticLog) {
        var reader = SubStationReader(source: source)
        reader.read(into: &sink, log: &log)
    }

    static func style(ofStamp stamp: ArraySlice<UInt8>) -> ClockStyle {
        let hours = stamp.prefix { $0 != .ascii(":") }.count(where: Byte.isDigit)
        return ClockStyle(hourDigits: max(1, hours), separator: .ascii("."), fractionDigits: 2)
    }
}
