import Timeline

/// The rules of one subtitle format. Its folder holds the type that conforms, its reader and its writer.
protocol SubtitleSyntax {
    associatedtype Writer: CueWriting

    static var subtitleFormat: SubtitleFormat { get }

    /// What names of the format's attributes begin with, such as `webvtt.`.
    static var prefix: String { get }

    /// Whether a text is in this format, by its content alone.
    static func matches(_ source: TextSource) -> Bool

    /// Reads every cue it can and remarks on the rest.
    static func read(_ source: TextSource, mode: ReadingMode, into sink: inout some SubtitleSink, log: inout DiagnosticLog)

    /// The stamp style of a cue that stands in a file, so that a new time looks like the old one.
    static func style(ofStamp stamp: ArraySlice<UInt8>) -> ClockStyle

    /// The runs of a cue's text: markup read, entities decoded.
    static func runs(of text: [UInt8]) -> CueText

    /// What the text of a cue says, and what of it the model does not hold.
    static func content(of cue: FoundCue, in text: [UInt8]) -> CueContent

    /// What a writer puts at the head of labels that nobody stated one for; a head that says the same is not kept.
    static var usualHead: String { get }
}

/// A cue as a label holds it.
struct CueContent: Hashable {
    var cue: Cue
    var attributes: [Attribute] = []
}

/// Writes the cues of a document in one subtitle format, each as soon as it comes.
protocol CueWriting {
    /// - Parameter document: whose attributes hold the head.
    init(_ document: Document)

    mutating func begin(to bytes: inout [UInt8])
    mutating func write(_ label: Label, _ cue: Cue, to bytes: inout [UInt8])
    mutating func finish(to bytes: inout [UInt8])
}

/// What a reader does with what its format does not allow.
public enum ReadingMode: Hashable, Sendable {
    /// Keeps the label wherever its meaning is plain, with a remark.
    case lenient
    /// Keeps what the format's own rules keep, and nothing more.
    case strict
}
