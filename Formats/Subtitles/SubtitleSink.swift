import Timeline

/// A timed text as a reader finds it: its times as the file states them, and where its parts stand in the text.
struct FoundCue: Hashable, Sendable {
    var start, end: Timestamp
    /// The line that states the times, from 1.
    var line: Int
    var places = CuePlaces()
}

/// Takes what a subtitle reader finds, in the order of the file.
protocol SubtitleSink {
    /// What stands before the first timed line and is not one: header, styles, scripts.
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

/// What a reader found in a subtitle file, in file order.
struct SubtitleParts: SubtitleSink, Sendable {
    let format: SubtitleFormat
    private(set) var cues: [SubtitleCue] = []
    private(set) var comments: [SubtitleCue] = []
    private(set) var head = ByteRange.empty
    /// Style sheets and regions of WebVTT, each a block as it stands.
    private(set) var blocks: [ByteRange] = []

    init(format: SubtitleFormat) { self.format = format }

    mutating func addHead(_ range: Range<Int>, of text: [UInt8]) { head = ByteRange(range) }

    mutating func addBlock(_ block: SubtitleBlock, of text: [UInt8]) {
        if block.kind == .styleSheet || block.kind == .region { blocks.append(ByteRange(block.range)) }
    }

    mutating func addCue(_ cue: FoundCue, of text: [UInt8]) { cues.append(SubtitleCue(cue, format: format, storage: text)) }

    mutating func addComment(_ cue: FoundCue, of text: [UInt8]) { comments.append(SubtitleCue(cue, format: format, storage: text)) }
}
