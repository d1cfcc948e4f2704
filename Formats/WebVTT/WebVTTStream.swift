import Timeline

/// A WebVTT file read while it arrives, in pieces cut anywhere: the same cues come out as of the whole file.
///
///     var stream = WebVTTStream(name: "live.vtt")
///     stream.append(bytes)
///     for cue in stream.takeCues() { print(cue.start, cue.text) }
///     try stream.finish()
///
/// The bytes are UTF-8, as the format demands. What is held is the block that has not ended yet, and the cues that were not
/// taken.
public struct WebVTTStream: Sendable {
    /// Text after the signature and in the lines under it, such as `X-TIMESTAMP-MAP`; line ends are `\n`.
    public private(set) var header = ""
    /// The style sheets, without the line `STYLE`.
    public private(set) var styleSheets: [String] = []
    public private(set) var regions: [WebVTTRegion] = []
    /// What the header says of the clock of a stream by HTTP; the times of the cues do not include it.
    public private(set) var timestampMap: WebVTTTimestampMap?
    /// The remarks so far.
    public private(set) var log: DiagnosticLog

    private var reader: WebVTTReader
    private var cues: [WebVTTCue] = []
    /// What has arrived and belongs to no ended block yet.
    private var pending: [UInt8] = []
    /// How much of it is known to hold no blank line.
    private var searched = 0
    private var isAtStart = true

    public init(name: String, mode: ReadingMode = .lenient) {
        log = DiagnosticLog(file: name)
        reader = WebVTTReader(mode: mode)
    }

    /// Takes the next bytes of the file.
    ///
    /// - Throws: ``FormatError`` when the file turns out not to be WebVTT.
    public mutating func append(_ bytes: some Sequence<UInt8>) throws(FormatError) {
        pending.append(contentsOf: bytes)
        guard let end = endOfLastBlock() else { return }
        let rest = Array(pending[end...])
        pending.removeLast(pending.count - end)
        try readPending()
        pending = rest
    }

    /// Says that the file has ended.
    ///
    /// - Throws: ``FormatError`` when it was not WebVTT.
    public mutating func finish() throws(FormatError) { try readPending() }

    /// The cues that have come since the last call, in the order of the file.
    public mutating func takeCues() -> [WebVTTCue] {
        defer { cues = [] }
        return cues
    }

    private mutating func readPending() throws(FormatError) {
        let text = pending
        pending = []
        searched = 0
        var start = 0
        if isAtStart {
            start = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
            guard WebVTT.hasSignature(text, from: start) else {
                throw FormatError(
                    .unknownFormat, file: log.file, at: TextPosition(line: 1), found: text.excerpt(start..<text.count), expected: "WEBVTT and the end of the line")
            }
            isAtStart = false
        }
        var sink = Sink()
        reader.read(text, from: start, into: &sink, log: &log)
        header += sink.header
        timestampMap = timestampMap ?? sink.timestampMap
        styleSheets += sink.styleSheets
        regions += sink.regions
        cues += sink.cues
    }

    /// Where the last blank line ends that has arrived with its line end whole; nil when there is none.
    private mutating func endOfLastBlock() -> Int? {
        var found: Int?
        while searched < pending.count {
            guard isLineEnd(at: searched) else {
                searched += 1
                continue
            }
            let next = searched + lineEndLength(at: searched)
            guard next < pending.count else { return found }
            if isLineEnd(at: next) {
                let end = next + lineEndLength(at: next)
                // A CR at the very end may still become CR LF.
                guard end < pending.count || pending[end - 1] == Byte.lineFeed else { return found }
                found = end
            }
            searched = next
        }
        return found
    }

    private func isLineEnd(at index: Int) -> Bool { pending[index] == Byte.lineFeed || pending[index] == Byte.carriageReturn }

    private func lineEndLength(at index: Int) -> Int {
        pending[index] == Byte.carriageReturn && index + 1 < pending.count && pending[index + 1] == Byte.lineFeed ? 2 : 1
    }

    /// What one piece says.
    private struct Sink: SubtitleSink {
        var header = ""
        var timestampMap: WebVTTTimestampMap?
        var styleSheets: [String] = []
        var regions: [WebVTTRegion] = []
        var cues: [WebVTTCue] = []

        mutating func addHead(_ range: Range<Int>, of text: [UInt8]) {
            timestampMap = WebVTTHeader(text, range).timestampMap
            header = String(decoding: CueBytes.normalised(text, (range.lowerBound + 6)..<range.upperBound), as: UTF8.self)
        }

        mutating func addBlock(_ block: SubtitleBlock, of text: [UInt8]) {
            guard block.kind == .styleSheet || block.kind == .region else { return }
            let bytes = CueBytes.normalised(text, block.range)
            let body = bytes.drop { $0 != Byte.lineFeed }.dropFirst()
            if block.kind == .styleSheet {
                styleSheets.append(String(decoding: body, as: UTF8.self))
            } else {
                regions.append(WebVTTRegion(String(decoding: body, as: UTF8.self)))
            }
        }

        mutating func addCue(_ cue: FoundCue, of text: [UInt8]) { cues.append(WebVTTCue(cue, text)) }

        mutating func addComment(_ cue: FoundCue, of text: [UInt8]) {}
    }
}

/// A cue of WebVTT as a player has it.
public struct WebVTTCue: Hashable, Sendable {
    /// Empty where the file states none.
    public let id: String
    /// The end may lie at or before the start.
    public let start, end: Timestamp
    public let settings: WebVTTSettings
    /// As it stands in the file, with line ends as `\n`.
    public let text: String
    /// The line of the file that states the times, from 1.
    public let line: Int

    /// The text by the rules for cue text.
    public var tree: WebVTTTree { WebVTTTree(text) }

    /// The region that a player puts the cue into: the last of its id, unless the cue has a direction, line or size of its own.
    public func region(of regions: [WebVTTRegion]) -> WebVTTRegion? {
        settings.mayUseRegion ? regions.last { $0.id == settings.region } : nil
    }

    init(_ found: FoundCue, _ text: [UInt8]) {
        let places = found.places
        id = String(decoding: CueBytes.normalised(text, places.identifier.range), as: UTF8.self)
        (start, end, line) = (found.start, found.end, found.line)
        let settings = CueBytes.normalised(text, places.settings.range)
        self.settings = WebVTTSettings(settings, 0..<settings.count) { _ in }
        self.text = String(decoding: CueBytes.normalised(text, places.text.range), as: UTF8.self)
    }
}
