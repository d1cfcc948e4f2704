import Timeline

/// The rules of one subtitle format. Its folder holds the type that conforms, its reader and its writer.
protocol SubtitleSyntax {
    /// Whether a text is in this format, by its content alone.
    static func matches(_ source: TextSource) -> Bool

    /// Reads every cue it can and remarks on the rest.
    static func read(_ source: TextSource, mode: ReadingMode, into sink: inout some SubtitleSink, log: inout DiagnosticLog)

    /// The stamp style of a cue that stands in a file, so that a new time looks like the old one.
    static func style(ofStamp stamp: ArraySlice<UInt8>) -> ClockStyle

    /// The runs of a cue's text: markup read, entities decoded.
    static func runs(of text: [UInt8]) -> CueText
}

/// What a reader does with what its format does not allow.
public enum ReadingMode: Hashable, Sendable {
    /// Keeps the label wherever its meaning is plain, with a remark.
    case lenient
    /// Keeps what the format's own rules keep, and nothing more.
    case strict
}
