import Timeline

/// One spoken word with its time: what cues are made of.
public struct TimedWord: Hashable, Sendable {
    /// As it is to be read, its punctuation with it, without white space.
    public var text: String
    public var start, end: Timestamp
    public var speaker: String?

    /// An end before the start counts as the start.
    public init(_ text: String, start: Timestamp, end: Timestamp, speaker: String? = nil) {
        (self.text, self.start, self.end, self.speaker) = (text, start, max(start, end), speaker)
    }
}

/// A cue made of words: its lines, and its time on the grid of the rules.
public struct MadeCue: Hashable, Sendable {
    /// The words of each line, in order; no line is empty.
    public let lines: [[TimedWord]]
    public let segment: Segment
    /// Who speaks, where all words say the same.
    public let speaker: String?

    /// The words of all lines.
    public var words: [TimedWord] { lines.flatMap { $0 } }
    /// The text of each line: words parted by blanks where their script has blanks.
    public var texts: [String] { lines.map { Self.text($0) } }

    static func text(_ line: [TimedWord]) -> String {
        var text = ""
        for (index, word) in line.enumerated() {
            if index > 0, TextWidth.joint(line[index - 1].text, word.text) > 0 { text += " " }
            text += word.text
        }
        return text
    }
}
