import Timeline

/// YouTube's SubViewer dialect: a line of two times with a comma between them, lines of text, a blank line.
///
/// There is no specification; YouTube's help on "Supported subtitle and closed caption files" shows the form.
enum SBV: LineSyntax {
    typealias Reader = SBVReader
    typealias Writer = SBVWriter

    static let name = "sbv"
    static let title = "SubViewer (YouTube)"
    static let suffixes = ["sbv"]
    static let style = ClockStyle(hourDigits: 1, separator: .ascii("."), fractionDigits: 3)
    static let capabilities = FormatCapabilities(
        kinds: WebVTT.shownKinds, features: [.overlaps, .instants, .text], grid: .perSecond(1000), attributePrefixes: ["sbv."], texts: .noBlankLines)

    static func likelihood(of sample: FormatSample) -> Likelihood {
        guard let first = sample.lines(1).first, SBVTiming(sample.text, first) != nil else { return .none }
        return .certain
    }
}

/// A line of two stamps such as `0:00:01.000,0:00:02.500`.
struct SBVTiming {
    let start, end: ClockReading

    /// Nil unless the whole line is two stamps and a comma.
    init?(_ text: [UInt8], _ line: Range<Int>) {
        guard let first = line.first, Byte.isDigit(text[first]), let start = ClockReading(text, at: first, before: line.upperBound) else { return nil }
        var position = start.range.upperBound
        guard position < line.upperBound, text[position] == .ascii(",") else { return nil }
        position += 1
        while position < line.upperBound, Byte.isBlank(text[position]) { position += 1 }
        guard let end = ClockReading(text, at: position, before: line.upperBound), text.trimmed(end.range.upperBound..<line.upperBound).isEmpty else { return nil }
        (self.start, self.end) = (start, end)
    }

    /// Whether both stamps are as YouTube writes them.
    var isUsual: Bool {
        [start, end].allSatisfy { $0.separator == .dot && $0.fractionDigits == 3 && $0.hourDigits > 0 && $0.traits.isEmpty }
    }
}

/// Reads cues.
struct SBVReader: LineReading {
    private let media: String
    private let repair: LineRepair
    private var count = 0
    private var waiting: (span: Span, lines: [String])?
    /// Whether a blank line closed the text of the latest cue.
    private var isClosed = false

    init(media: String, options: ReadingOptions) { (self.media, repair) = (media, LineRepair(options.mode)) }

    mutating func read(_ line: Line, of text: [UInt8], into sink: inout some LabelSink, log: inout DiagnosticLog) {
        if text.trimmed(line.range).isEmpty {
            isClosed = true
        } else if let timing = SBVTiming(text, line.range) {
            open(timing, line, text, into: &sink, log: &log)
        } else if waiting == nil || isClosed {
            repair.leaveOut(line, "sbv-stray", "text without a time, \(text.excerpt(line.range))", "a line such as 0:00:01.000,0:00:02.500 before it", &log)
        } else {
            waiting?.lines.append(contentsOf: text.string(line.range).split(separator: "[br]", omittingEmptySubsequences: false).map(String.init))
        }
    }

    mutating func finish(into sink: inout some LabelSink, log: inout DiagnosticLog) { flush(into: &sink) }

    private mutating func open(_ timing: SBVTiming, _ line: Line, _ text: [UInt8], into sink: inout some LabelSink, log: inout DiagnosticLog) {
        if waiting != nil, !isClosed {
            log.addHabit(.warning, "sbv-blank", at: TextPosition(line: line.number), found: "a time straight after a text", expected: "a blank line", effect: "it begins a cue")
        }
        flush(into: &sink)
        if !timing.isUsual {
            guard repair.accepts(line, "sbv-stamp", "times \(text.excerpt(line.range))", "h:mm:ss.mmm,h:mm:ss.mmm", "they are kept", &log) else { return }
        }
        if timing.end.time < timing.start.time {
            guard repair.accepts(line, "sbv-order", "an end before the begin", "begin, then end", "the cue stands at its begin", &log) else { return }
        }
        let span = Segment(start: timing.start.time, end: timing.end.time).map(Span.segment) ?? .instant(timing.start.time)
        (waiting, isClosed) = ((span, []), false)
    }

    private mutating func flush(into sink: inout some LabelSink) {
        guard let (span, lines) = waiting else { return }
        waiting = nil
        count += 1
        let place = sink.place(media: media, layer: "subtitles") { Layer(id: "subtitles", kind: .cues) }
        sink.add(Label(id: LabelID("c", count), span: span, content: .cue(Cue(CueText(lines.joined(separator: "\n"))))), at: place)
    }
}

/// Writes every label as a cue that shows its text.
struct SBVWriter: LabelWriting {
    private var isFirst = true

    init(options: WritingOptions) {}

    mutating func write(_ label: Label, in place: LabelPlace, to bytes: inout [UInt8]) {
        if !isFirst { bytes.append(Byte.lineFeed) }
        isFirst = false
        bytes += SBV.style.stamp(label.span.start)
        bytes.append(.ascii(","))
        bytes += SBV.style.stamp(label.span.end)
        bytes.append(Byte.lineFeed)
        let text = Array(label.content.plainText.utf8)
        for line in LineScanner(text) where !text.trimmed(line.range).isEmpty {
            // A line that reads as times would begin a cue.
            if SBVTiming(text, line.range) != nil { bytes.append(Byte.space) }
            bytes += text[line.range]
            bytes.append(Byte.lineFeed)
        }
    }
}
