import Timeline

/// One timed text of a subtitle file, as read: its times exact, its text a view of the file's bytes.
public struct SubtitleCue: Sendable {
    /// The times as the file states them; the end may lie at or before the start.
    public let start, end: Timestamp
    /// The line of the file that states the times, from 1.
    public let line: Int
    let format: SubtitleFormat
    let places: CuePlaces
    /// The UTF-8 text of the whole file, shared by all its cues.
    let storage: [UInt8]

    init(_ found: FoundCue, format: SubtitleFormat, storage: [UInt8]) {
        (start, end, line, places) = (found.start, found.end, found.line, found.places)
        (self.format, self.storage) = (format, storage)
    }

    /// The stretch of time the cue covers; one millisecond from its start when the file gives no positive length.
    public var segment: Segment { Self.segment(from: start, to: end) }

    /// The stretch between two times; one millisecond from the start when the end is not later.
    static func segment(from start: Timestamp, to end: Timestamp) -> Segment {
        // The readers bound times to 100 years, so that the second initialiser cannot fail.
        Segment(start: start, end: end) ?? Segment(start: start, end: start + .milliseconds(1)) ?? fallback
    }

    private static let fallback = Segment(start: .zero, end: .milliseconds(1))!

    /// The text as it stands in the file, with line ends as `\n`.
    public var rawText: String { String(decoding: textBytes, as: UTF8.self) }

    /// The text with its markup read.
    public var content: CueText { format.syntax.runs(of: textBytes) }

    /// The text that a viewer reads: markup stripped, entities decoded, lines parted by `\n`.
    public var text: String { content.plain }

    /// Who speaks, where the format states it: the name field of SubStation Alpha, the first `<v Name>` of WebVTT.
    public var speaker: String? {
        if !places.speaker.isEmpty { return storage.string(places.speaker.range) }
        return format == .webVTT ? content.runs.lazy.compactMap(\.voice).first : nil
    }

    /// The index line of SubRip, or the identifier of WebVTT.
    public var identifier: String? {
        places.identifier.isEmpty ? nil : String(decoding: CueBytes.normalised(storage, places.identifier.range), as: UTF8.self)
    }

    /// What follows the times on their line: WebVTT settings, SubRip coordinates.
    public var settings: String? { places.settings.isEmpty ? nil : storage.string(places.settings.range) }

    /// The text's bytes with CR LF and CR as LF and NUL as U+FFFD, as every format is read.
    var textBytes: [UInt8] { CueBytes.normalised(storage, places.text.range) }
}

/// Where the parts of a cue stand in the text of its file.
struct CuePlaces: Hashable, Sendable {
    /// All that goes when the cue goes: from its index or identifier to the blank lines after it.
    var block = ByteRange.empty
    var start = ByteRange.empty
    var end = ByteRange.empty
    var text = ByteRange.empty
    var identifier = ByteRange.empty
    var settings = ByteRange.empty
    var speaker = ByteRange.empty
    var style = ByteRange.empty
}
