import Timeline

/// Audacity label tracks: begin, end and text, parted by tabs; a second line `\`, low and high frequency where a selection has them.
///
/// Audacity manual, "Importing and Exporting Labels".
enum Audacity: LineSyntax {
    typealias Reader = AudacityReader
    typealias Writer = AudacityWriter

    static let name = "audacity"
    static let title = "Audacity labels"
    static let suffixes = ["audacity.txt"]
    static let capabilities = FormatCapabilities(
        kinds: [
            .tags: .whole, .cues: .turned(.tags), .words: .turned(.tags), .phones: .turned(.tags), .turns: .turned(.tags), .emotions: .turned(.tags),
            .entities: .turned(.tags),
        ], features: [.overlaps, .instants, .text], grid: .exact, attributePrefixes: ["audacity."], texts: .oneLine, names: .oneLine)

    static func likelihood(of sample: FormatSample) -> Likelihood {
        let lines = sample.lines(20, comments: "\\")
        let fits = !lines.isEmpty && lines.allSatisfy { AudacityLine(sample.text, $0) != nil }
        return fits ? .likely : .none
    }
}

/// One line of a label track.
struct AudacityLine {
    let times: LineTimes
    let label: Range<Int>

    /// Nil unless the line is two times and perhaps a text, parted by tabs.
    init?(_ text: [UInt8], _ line: Range<Int>) {
        guard let first = text.position(of: Byte.tab, in: line) else { return nil }
        let second = text.position(of: Byte.tab, in: first + 1..<line.upperBound) ?? line.upperBound
        guard let times = LineTimes(text, text.trimmed(line.lowerBound..<first), text.trimmed(first + 1..<second)) else { return nil }
        (self.times, label) = (times, min(second + 1, line.upperBound)..<line.upperBound)
    }
}

/// Reads a label track as tags.
struct AudacityReader: LineReading {
    private let media: String
    private let repair: LineRepair
    private var count = 0
    private var place: (number: Int, digits: Int)?
    /// The latest label, which a line of frequencies may follow.
    private var waiting: Label?

    init(media: String, options: ReadingOptions) { (self.media, repair) = (media, LineRepair(options.mode)) }

    mutating func read(_ line: Line, of text: [UInt8], into sink: inout some LabelSink, log: inout DiagnosticLog) {
        guard !text.trimmed(line.range).isEmpty else { return }
        if text[line.range.lowerBound] == .ascii("\\") { return readFrequencies(line, text, &log) }
        guard let parsed = AudacityLine(text, line.range) else {
            return repair.leaveOut(line, "audacity-line", "\(text.excerpt(line.range))", "begin, end and text, parted by tabs", &log)
        }
        let times = parsed.times
        if text[line.range].contains(Byte.nul) {
            log.addHabit(.warning, "audacity-nul", at: TextPosition(line: line.number), found: "a NUL byte", expected: "text", effect: "it reads as U+FFFD")
        }
        if times.hasComma { guard repair.accepts(line, "audacity-comma", "a decimal comma", "a point", "the time is kept", &log) else { return } }
        guard let span = times.spanToEnd else {
            return repair.leaveOut(line, "audacity-order", "an end before the begin", "begin, then end", &log)
        }
        flush(into: &sink)
        count += 1
        let digits = place?.digits ?? min(10, times.start.fractionDigits)
        if place == nil { place = (makePlace(digits, &sink), digits) }
        waiting = Label(
            id: LabelID("a", count), span: span, content: .tag(Tag(LineEnds.unified(text, parsed.label))),
            attributes: times.attributes(("audacity.begin", "audacity.end"), digits: digits))
    }

    mutating func finish(into sink: inout some LabelSink, log: inout DiagnosticLog) { flush(into: &sink) }

    private func makePlace(_ digits: Int, _ sink: inout some LabelSink) -> Int {
        sink.place(media: media, layer: "labels") {
            Layer(id: "labels", kind: .tags, attributes: digits == 6 ? [] : [Attribute("audacity.digits", String(digits))])
        }
    }

    private mutating func flush(into sink: inout some LabelSink) {
        guard let label = waiting, let place else { return }
        sink.add(label, at: place.number)
        waiting = nil
    }

    private mutating func readFrequencies(_ line: Line, _ text: [UInt8], _ log: inout DiagnosticLog) {
        let values = text.trimmed(line.range.dropFirst())
        guard waiting != nil, waiting?.attributes["audacity.frequencies"] == nil else {
            return repair.leaveOut(line, "audacity-frequencies", "frequencies without a label above them", "a label, then its frequencies", &log)
        }
        waiting?.attributes.append(Attribute("audacity.frequencies", LineEnds.unified(text, values)))
    }
}

/// Writes tags, and other labels as tags that say their text, as a label track.
struct AudacityWriter: LabelWriting {
    init(options: WritingOptions) {}

    func write(_ label: Label, in place: LabelPlace, to bytes: inout [UInt8]) {
        let attributes = label.attributes
        let digits = place.layer.attributes.count(of: "audacity.digits") ?? 6
        DecimalSeconds.append(label.span.start.ticks, least: digits, asWritten: attributes, "audacity.begin", to: &bytes)
        bytes.append(Byte.tab)
        DecimalSeconds.append(label.span.end.ticks, least: digits, asWritten: attributes, "audacity.end", to: &bytes)
        bytes.append(Byte.tab)
        Self.append(label.content.plainText, to: &bytes)
        guard let frequencies = attributes["audacity.frequencies"] else { return }
        bytes += "\\\t".utf8
        Self.append(frequencies, to: &bytes)
    }

    /// The rest of a line. A NUL would make readers take the file for UTF-16.
    private static func append(_ text: String, to bytes: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case Byte.lineFeed, Byte.carriageReturn: bytes.append(Byte.space)
            case Byte.nul: bytes += "\u{FFFD}".utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(Byte.lineFeed)
    }
}
