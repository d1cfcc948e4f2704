import Timeline

/// A subtitle file in memory: its cues, and its bytes, so that new times can be put in and all else stays as it is.
///
///     let file = try SubtitleFile(bytes, name: "film.srt")
///     let shifted = file.cues.map { $0.segment.shifted(by: .milliseconds(250)) }
///     let output = file.retimed(shifted)
public struct SubtitleFile: Sendable {
    /// The name that remarks carry.
    public let name: String
    public let format: SubtitleFormat
    /// In file order, which need not be the order of their times.
    public let cues: [SubtitleCue]
    /// Timed lines that are not shown: the Comment lines of SubStation Alpha.
    public let comments: [SubtitleCue]
    /// What the reader remarked, in the order of the file.
    public let log: DiagnosticLog
    let source: TextSource
    let mode: ReadingMode

    public var diagnostics: [Diagnostic] { log.diagnostics }
    public var encoding: TextEncoding { source.encoding }
    /// The file as it was read.
    public var bytes: [UInt8] { source.bytes }

    /// The largest subtitle file that Slate reads: 64 MB. A feature film's subtitles take a tenth of one.
    public static let sizeLimit = 64 << 20

    /// Reads the subtitles of a file's bytes.
    ///
    /// - Parameters:
    ///   - name: the file's name for remarks; a suffix of another format is remarked on.
    ///   - format: nil to go by the content alone; else content of another format is refused.
    ///   - encodingName: any name that iconv knows; nil to find out.
    ///   - acceptsNoCues: whether a file of a known format without a single cue is read as an empty one.
    /// - Throws: ``FormatError`` when the format is unknown or not the one asked for, or when no cue can be read.
    public init(
        _ bytes: [UInt8], name: String, as format: SubtitleFormat? = nil, encodingName: String? = nil,
        mode: ReadingMode = .lenient, acceptsNoCues: Bool = false
    ) throws(FormatError) {
        guard bytes.count <= Self.sizeLimit else {
            throw FormatError(
                .tooLarge, file: name, found: "\(bytes.count) bytes", expected: "at most \(Self.sizeLimit) bytes of subtitles")
        }
        var log = DiagnosticLog(file: name)
        let source = try TextSource(bytes, encodingName: encodingName, log: &log)
        let found = try Self.check(source, is: format, name: name, log: &log)
        var parts = SubtitleParts(format: found)
        found.syntax.read(source, mode: mode, into: &parts, log: &log)
        log.sort()
        guard acceptsNoCues || !parts.cues.isEmpty else { throw Self.noCues(found, log, name: name) }
        (self.name, self.format, self.cues, self.comments) = (name, found, parts.cues, parts.comments)
        (self.log, self.source, self.mode) = (log, source, mode)
    }

    /// Reads a subtitle file from disk; see ``init(_:name:as:encodingName:mode:acceptsNoCues:)``.
    public init(path: String, as format: SubtitleFormat? = nil, encodingName: String? = nil) throws(FormatError) {
        let bytes = try BoundedFile.read(path, limit: Self.sizeLimit)
        try self.init(bytes, name: path, as: format, encodingName: encodingName)
    }

    private static func format(of source: TextSource, wanted: SubtitleFormat?, name: String) throws(FormatError) -> SubtitleFormat {
        // SubRip comes last: a line of times stands in the other formats too.
        let found = [SubtitleFormat.webVTT, .subStation, .subRip].first { $0.syntax.matches(source) }
        guard let found, wanted == nil || wanted == found else {
            throw FormatError(
                .unknownFormat, file: name, at: TextPosition(line: 1), found: found.map { "\($0) subtitles" } ?? ContentGuess.describe(source),
                expected: wanted.map { "\($0) subtitles" } ?? "SubRip, WebVTT or SubStation Alpha subtitles")
        }
        return found
    }

    /// The format of a text, with a remark where the file's name stands for another.
    ///
    /// - Throws: ``FormatError`` when there is none, or not the one that is wanted.
    @discardableResult
    static func check(_ source: TextSource, is wanted: SubtitleFormat?, name: String, log: inout DiagnosticLog) throws(FormatError) -> SubtitleFormat {
        let found = try format(of: source, wanted: wanted, name: name)
        if let suffix = SubtitleFormat(suffixOf: name), suffix != found {
            log.add(.warning, "file-suffix", found: "\(found) content under a \(suffix) name", effect: "read as \(found)")
        }
        return found
    }

    private static func noCues(_ format: SubtitleFormat, _ log: DiagnosticLog, name: String) -> FormatError {
        let first = log.diagnostics.first { $0.severity == .error }
        let why = first.map { "; first: \($0.message)" } ?? ""
        return FormatError(
            .noLabels, file: name, at: first?.position, found: "\(format) content without a cue that can be read\(why)",
            expected: "at least one cue")
    }
}
