import Timeline

/// A timed text as a reader finds it: its times as the file states them, and where its parts stand in the text.
struct FoundCue: Hashable, Sendable {
    var start, end: Timestamp
    /// The line that states the times, from 1.
    var line: Int
    var places = CuePlaces()
    /// What the format states in fields of its own, by attributes of a label.
    var attributes: [Attribute] = []
    /// Whether the times stand as the format's writer would write them.
    var isPlainlyTimed = false
    /// Whether the identifier stood at an earlier cue already.
    var repeatsIdentifier = false
    /// Whether the text is data for a program, not cue text.
    var isMetadata = false
}

/// Takes what a subtitle reader finds, in the order of the file.
protocol SubtitleSink {
    /// What stands before the first timed line and is not one: header, styles, scripts. Called once, before all else.
    mutating func addHead(_ range: Range<Int>, of text: [UInt8])

    /// Lines that are no cue: a style sheet, a region, a note, or text without times.
    mutating func addBlock(_ block: SubtitleBlock, of text: [UInt8])

    mutating func addCue(_ cue: FoundCue, of text: [UInt8])

    /// A timed line that is not shown, such as a Comment of SubStation Alpha.
    mutating func addComment(_ cue: FoundCue, of text: [UInt8])
}

/// Lines of a subtitle file that are no cue.
struct SubtitleBlock: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        /// A style sheet or a region that counts.
        case styleSheet, region
        case note
        /// What belongs to nothing.
        case other
    }

    let kind: Kind
    let range: Range<Int>
}

/// The cues and comments of a file, in file order.
struct SubtitleParts: SubtitleSink, Sendable {
    let format: SubtitleFormat
    private(set) var cues: [SubtitleCue] = []
    private(set) var comments: [SubtitleCue] = []

    init(format: SubtitleFormat) { self.format = format }

    mutating func addHead(_ range: Range<Int>, of text: [UInt8]) {}
    mutating func addBlock(_ block: SubtitleBlock, of text: [UInt8]) {}
    mutating func addCue(_ cue: FoundCue, of text: [UInt8]) { cues.append(SubtitleCue(cue, format: format, storage: text)) }
    mutating func addComment(_ cue: FoundCue, of text: [UInt8]) { comments.append(SubtitleCue(cue, format: format, storage: text)) }
}
