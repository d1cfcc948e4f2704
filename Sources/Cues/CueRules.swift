import Timeline

/// What a style guide asks of cues, as data.
///
///     var rules = CueRules.named("netflix", language: "en")
///     rules?.columnsPerLine = 37
public struct CueRules: Hashable, Sendable {
    public var name: String
    /// BCP 47 tag of the text, for words that are not parted.
    public var language: String
    /// Lines of a cue at most, 1 or more.
    public var linesPerCue: Int
    /// Columns of a line at most; a full-width letter takes two.
    public var columnsPerLine: Int
    /// Columns a second at most, blanks and punctuation counted, line breaks not; nil for no limit.
    public var columnsPerSecond: Int?
    /// The least time for each word of a cue; nil for no limit.
    public var timePerWord: TimeDelta?
    /// The time for each word that is aimed at; nil for none.
    public var comfortPerWord: TimeDelta?
    /// Nil for no limit.
    public var minimumDuration, maximumDuration: TimeDelta?
    /// Frames between two cues at least.
    public var gapFrames: Int
    /// Shorter gaps than this are closed to ``gapFrames``; nil leaves them.
    public var chaining: TimeDelta?
    /// How long a cue stays when its last word is spoken, where there is room.
    public var lingering: TimeDelta
    /// A pause from which on a new cue begins.
    public var longestPause: TimeDelta
    /// A cue that would begin or end within this of a shot change is moved to it.
    public var shotSnap: TimeDelta
    /// Whether a new speaker begins a new cue.
    public var splitsSpeakers: Bool
    /// Frames a second of the media; nil for times in whole milliseconds.
    public var frameRate: FrameRate?

    /// Lengths whose sums stay far from the ends of the range.
    public static let longest = TimeDelta.seconds(3600)

    public init(
        name: String, language: String = "en", linesPerCue: Int = 2, columnsPerLine: Int = 42, columnsPerSecond: Int? = nil,
        timePerWord: TimeDelta? = nil, comfortPerWord: TimeDelta? = nil, minimumDuration: TimeDelta? = nil,
        maximumDuration: TimeDelta? = nil, gapFrames: Int = 0, chaining: TimeDelta? = nil, lingering: TimeDelta = .milliseconds(500),
        longestPause: TimeDelta = .seconds(2), shotSnap: TimeDelta = .zero, splitsSpeakers: Bool = true, frameRate: FrameRate? = nil
    ) {
        (self.name, self.language, self.linesPerCue, self.columnsPerLine) = (name, language, linesPerCue, columnsPerLine)
        (self.columnsPerSecond, self.timePerWord, self.comfortPerWord) = (columnsPerSecond, timePerWord, comfortPerWord)
        (self.minimumDuration, self.maximumDuration, self.gapFrames) = (minimumDuration, maximumDuration, gapFrames)
        (self.chaining, self.lingering, self.longestPause, self.shotSnap) = (chaining, lingering, longestPause, shotSnap)
        (self.splitsSpeakers, self.frameRate) = (splitsSpeakers, frameRate)
    }

    /// What is out of range, as name, value and range; nil when the rules can be used.
    public var problem: String? {
        if !(1...8).contains(linesPerCue) { return "lines-per-cue \(linesPerCue), expected 1 to 8" }
        if !(1...1000).contains(columnsPerLine) { return "columns-per-line \(columnsPerLine), expected 1 to 1000" }
        if let speed = columnsPerSecond, !(1...1000).contains(speed) { return "columns-per-second \(speed), expected 1 to 1000" }
        if !(0...1000).contains(gapFrames) { return "gap-frames \(gapFrames), expected 0 to 1000" }
        let lengths = [
            ("time-per-word", timePerWord), ("comfort-per-word", comfortPerWord), ("minimum-duration", minimumDuration),
            ("maximum-duration", maximumDuration), ("chaining", chaining), ("lingering", lingering), ("longest-pause", longestPause), ("shot-snap", shotSnap),
        ]
        for (name, length) in lengths {
            if let length, length < .zero || length > Self.longest { return "\(name) of \(length.milliseconds) ms, expected 0 to 3600 s" }
        }
        if let least = minimumDuration, let most = maximumDuration, most < least { return "maximum-duration below minimum-duration" }
        return nil
    }
}
