import Timeline

/// W3C WebVTT, read by the parsing rules of its section 6.
enum WebVTT: SubtitleSyntax {
    typealias Writer = WebVTTWriter

    static let subtitleFormat = SubtitleFormat.webVTT
    static let prefix = "webvtt."
    static let usualHead = "WEBVTT"

    /// The signature: `WEBVTT`, then the end of the line or a space or tab.
    static func matches(_ source: TextSource) -> Bool { hasSignature(source.text, from: source.start) }

    static func hasSignature(_ text: [UInt8], from start: Int) -> Bool {
        guard text.has("WEBVTT", at: start) else { return false }
        let next = start + 6
        return next == text.count || Byte.isBlank(text[next]) || text[next] == Byte.lineFeed || text[next] == Byte.carriageReturn
    }

    static func read(_ source: TextSource, mode: ReadingMode, into sink: inout some SubtitleSink, log: inout DiagnosticLog) {
        var reader = WebVTTReader(mode: mode)
        reader.read(source.text, from: source.start, into: &sink, log: &log)
    }

    static func style(ofStamp stamp: ArraySlice<UInt8>) -> ClockStyle {
        let hours = stamp.count { $0 == .ascii(":") } < 2 ? 0 : stamp.prefix { $0 != .ascii(":") }.count(where: Byte.isDigit)
        return ClockStyle(hourDigits: hours, separator: .ascii("."), fractionDigits: 3)
    }
}
