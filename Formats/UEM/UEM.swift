import Timeline

/// NIST Un-partitioned Evaluation Map: the parts of recordings that are scored, one a line: file, channel, begin, end.
///
/// NIST md-eval; Rich Transcription evaluation plans.
enum UEM: LineSyntax {
    typealias Reader = UEMReader
    typealias Writer = UEMWriter

    static let name = "uem"
    static let title = "UEM"
    static let suffixes = ["uem"]
    static let layer = ChannelLayer(name: "scored")
    static let capabilities = FormatCapabilities(
        kinds: [.tags: .whole], features: [.overlaps, .instants, .text, .media, .layers], grid: .exact, attributePrefixes: ["uem."], names: .oneWord,
        keepsLayer: { layer.channel(of: $0) != nil }, holdsTag: { $0 == "scored" })

    static func likelihood(of sample: FormatSample) -> Likelihood {
        let lines = sample.lines(20)
        let fits = !lines.isEmpty && lines.allSatisfy { line in
            let fields = LineFields(sample.text, line)
            return fields.count == 4 && DecimalSeconds(sample.text, fields[2]) != nil && DecimalSeconds(sample.text, fields[3]) != nil
        }
        return fits ? .possible : .none
    }
}

/// Reads the lines of a UEM file as tags named `scored`.
struct UEMReader: LineReading {
    private let repair: LineRepair
    private var places = ChannelPlaces()
    private var comments = LineComments("uem.comment")
    private var count = 0

    init(media: String, options: ReadingOptions) { repair = LineRepair(options.mode) }

    mutating func read(_ line: Line, of text: [UInt8], into sink: inout some LabelSink, log: inout DiagnosticLog) {
        let content = text.trimmed(line.range)
        guard !content.isEmpty else { return }
        if text.has(";;", at: content.lowerBound, before: content.upperBound) { return comments.add(text.string(content)) }
        let fields = LineFields(text, content)
        guard fields.count >= 4 else { return repair.leaveOut(line, "uem-fields", "\(fields.count) fields", "file, channel, begin and end", &log) }
        guard let times = LineTimes(text, fields[2], fields[3]) else {
            return repair.leaveOut(
                line, "uem-time", "times \(text.excerpt(fields[2])) and \(text.excerpt(fields[3]))", "seconds such as 12.340", &log)
        }
        guard let span = times.spanToEnd else {
            return repair.leaveOut(line, "uem-order", "an end before the begin, \(text.excerpt(fields[2].lowerBound..<fields[3].upperBound))", "begin, then end", &log)
        }
        if times.hasComma { guard repair.accepts(line, "uem-comma", "a decimal comma", "a point", "the time is kept", &log) else { return } }
        if fields.count > 4 { guard repair.accepts(line, "uem-fields", "\(fields.count) fields", "4", "the rest is passed over", &log) else { return } }
        count += 1
        let before = comments.beforeLabel(&sink)
        let place = places.number(text, media: fields[0], channel: fields[1], layer: UEM.layer, digits: times.start.fractionDigits, in: &sink) { id in
            let digits = min(10, times.start.fractionDigits)
            return Layer(id: id, kind: .tags, attributes: digits == 3 ? [] : [Attribute("uem.digits", String(digits))])
        }
        let attributes = before + times.attributes(("uem.begin", "uem.end"), digits: places.digits[place])
        sink.add(Label(id: LabelID("u", count), span: span, content: .tag(Tag("scored")), attributes: attributes), at: place)
    }

    mutating func finish(into sink: inout some LabelSink, log: inout DiagnosticLog) { comments.finish(&sink) }
}

/// Writes tags named `scored` as UEM.
struct UEMWriter: LabelWriting {
    init(options: WritingOptions) {}

    func begin(_ attributes: [Attribute], to bytes: inout [UInt8]) { LineComments.write("uem.comment", of: attributes, to: &bytes) }

    func finish(_ attributes: [Attribute], to bytes: inout [UInt8]) {
        LineComments.write(LineComments.trailing("uem.comment"), of: attributes, to: &bytes)
    }

    func write(_ label: Label, in place: LabelPlace, to bytes: inout [UInt8]) {
        let attributes = label.attributes
        LineComments.write("uem.comment", of: attributes, to: &bytes)
        LineField.appendWord(place.media.name.isEmpty ? "<NA>" : place.media.name, to: &bytes)
        LineField.append(UEM.layer.channel(of: place.layer.id) ?? "1", to: &bytes)
        let digits = place.layer.attributes.count(of: "uem.digits") ?? 3
        bytes.append(Byte.space)
        DecimalSeconds.append(label.span.start.ticks, least: digits, asWritten: attributes, "uem.begin", to: &bytes)
        bytes.append(Byte.space)
        DecimalSeconds.append(label.span.end.ticks, least: digits, asWritten: attributes, "uem.end", to: &bytes)
        bytes.append(Byte.lineFeed)
    }
}
