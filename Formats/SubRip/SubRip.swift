import Timeline

/// SubRip: an index, a line of two times, lines of text, a blank line. No standard; the reader takes what is in the wild.
enum SubRip: SubtitleSyntax {
    typealias Writer = SubRipWriter

    static let subtitleFormat = SubtitleFormat.subRip
    static let prefix = "srt."
    static let usualHead = ""

    static func matches(_ source: TextSource) -> Bool {
        LineScanner(source.text, from: source.start).contains { line in
            TimingLine(source.text, line.range) != nil || TimingLine.isBroken(source.text, line.range)
        }
    }

    static func read(_ source: TextSource, mode: ReadingMode, into sink: inout some SubtitleSink, log: inout DiagnosticLog) {
        if let nul = source.text.firstIndex(of: Byte.nul) {
            log.add(.warning, "srt-nul", at: source.position(of: nul), found: "a NUL byte", effect: "it reads as U+FFFD")
        }
        var reader = SubRipReader(source: source)
        reader.read(into: &sink, log: &log)
    }

    static func style(ofStamp stamp: ArraySlice<UInt8>) -> ClockStyle {
        let hours = stamp.count { $0 == .ascii(":") } < 2 ? 0 : stamp.prefix { $0 != .ascii(":") }.count(where: Byte.isDigit)
        return ClockStyle(hourDigits: hours, separator: stamp.contains(.ascii(".")) ? .ascii(".") : .ascii(","), fractionDigits: 3)
    }
}
