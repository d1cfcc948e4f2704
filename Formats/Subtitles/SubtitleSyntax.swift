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

    /// The text of a cue where it is no more than its characters and perhaps one speaker; nil for any other.
    static func plain(_ cue: FoundCue, in text: [UInt8]) -> PlainText?

    /// What the text of a cue says, and what of it the model does not hold.
    static func content(of cue: FoundCue, in text: [UInt8]) -> CueContent

    /// What a writer puts at the head of labels that nobody stated one for; a head that says the same is not kept.
    static var usualHead: String { get }
}

/// The characters of a cue in UTF-8.
struct PlainText {
    let bytes: [UInt8]
    let range: Range<Int>
    var speaker: String?
    var attributes: [Attribute] = []
}

/// A cue as a label holds it.
struct CueContent: Hashable {
    var cue: Cue
    var attributes: [Attribute] = []

    init(cue: Cue, attributes: [Attribute] = []) { (self.cue, self.attributes) = (cue, attributes) }

    init(_ plain: PlainText) {
        self.init(cue: Cue(CueText(plain.bytes.string(plain.range)), speaker: plain.speaker), attributes: plain.attributes)
    }

    /// One look around characters, such as `<i>text</i>`; nil where a text is anything else.
    ///
    /// - Parameter hasMark: whether a range is more than its characters.
    init?(oneLookOf text: [UInt8], _ range: Range<Int>, among looks: [(letter: UInt8, style: TextStyle)], hasMark: (Range<Int>) -> Bool) {
        guard range.count > 7, text[range.lowerBound] == .ascii("<"), text[range.lowerBound + 2] == .ascii(">"), text[range.upperBound - 1] == .ascii(">"),
            text.has("</", at: range.upperBound - 4), text[range.upperBound - 2] == text[range.lowerBound + 1],
            let look = looks.first(where: { $0.letter == text[range.lowerBound + 1] })
        else { return nil }
        let inner = range.lowerBound + 3..<range.upperBound - 4
        guard !hasMark(inner) else { return nil }
        self.init(cue: Cue(CueText(runs: [TextRun(text.string(inner), style: look.style)])))
    }
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
