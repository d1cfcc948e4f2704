import Timeline

/// Reads the lines of an RTTM file: type, file, channel, start, duration, orthography, subtype, speaker, confidence, look-ahead.
struct RTTMReader: LineReading {
    private let mode: ReadingMode
    private var lineCount = 0
    private var latest: Place?
    private var seen = RepeatFilter()

    /// Where the latest label went, so that its neighbour finds it without a look-up.
    private struct Place {
        let type, file, channel: [UInt8]
        let number: Int
    }

    init(file: String, options: ReadingOptions) { mode = options.mode }

    mutating func read(_ line: Line, of text: [UInt8], into sink: inout some LabelSink, log: inout DiagnosticLog) {
        let content = text.trimmed(line.range)
        guard !content.isEmpty else { return }
        if text.has(";;", at: content.lowerBound, before: content.upperBound) {
            return sink.add(Attribute("rttm.comment", text.string(content)))
        }
        let fields = LineFields(text, content)
        guard let type = RTTMType(text, fields[0]) else { return refuse(line, "type \(text.excerpt(fields[0]))", "a NIST type such as SPEAKER", &log) }
        guard let columns = columns(fields, type, line, &log) else { return }
        add(RTTMLine(type: type, fields: fields, shift: columns, text: text), line, to: &sink, log: &log)
    }

    /// How many fields too many the file name takes; nil when the line has too few fields.
    private func columns(_ fields: LineFields, _ type: RTTMType, _ line: Line, _ log: inout DiagnosticLog) -> Int? {
        switch fields.count {
        case 9, 10: return 0
        case 8:
            log.addHabit(.warning, "rttm-fields", at: place(line), found: "8 fields", expected: "9 or 10", effect: "the missing ones count as <NA>")
            return 0
        case 11...LineFields.limit:
            log.addHabit(
                .warning, "rttm-space", at: place(line), found: "\(fields.count) fields", expected: "10", effect: "the spaces count to the file name")
            return fields.count - 10
        case let count:
            log.add(.error, "rttm-fields", at: place(line), found: "\(count) fields", expected: "9 or 10", effect: "the line is left out")
            return nil
        }
    }

    private mutating func add(_ parsed: RTTMLine, _ line: Line, to sink: inout some LabelSink, log: inout DiagnosticLog) {
        guard let span = span(parsed, line, &log) else { return }
        lineCount += 1
        if !seen.insert(parsed.text, line.range) {
            log.addHabit(.warning, "rttm-repeated", at: place(line), found: "the same line again", effect: "both are kept")
        }
        if parsed.isLowerCase {
            log.addHabit(.warning, "rttm-case", at: place(line), found: "type \(parsed.text.excerpt(parsed.field(.type)))", expected: parsed.type.rawValue, effect: "read as such")
        }
        let label = Label(
            id: LabelID("r\(lineCount)"), span: span, content: parsed.content, confidence: confidence(parsed, line, &log),
            attributes: parsed.attributes)
        sink.add(label, at: place(of: parsed, in: &sink))
    }

    private mutating func place(of parsed: RTTMLine, in sink: inout some LabelSink) -> Int {
        let text = parsed.text
        let (type, file, channel) = (text[parsed.field(.type)], text[parsed.field(.file)], text[parsed.field(.channel)])
        if let latest, latest.file.elementsEqual(file), latest.type.elementsEqual(type), latest.channel.elementsEqual(channel) { return latest.number }
        let channelName = text.string(parsed.field(.channel))
        let id = channelName == "1" ? parsed.type.layer : "\(parsed.type.layer).\(channelName)"
        let digits = parsed.fractionDigits
        let number = sink.place(media: text.string(parsed.field(.file)), layer: id) {
            var attributes = [Attribute("rttm.type", parsed.type.rawValue)]
            if channelName != "1" { attributes.append(Attribute("rttm.channel", channelName)) }
            if digits != 3 { attributes.append(Attribute("rttm.digits", String(digits))) }
            return Layer(id: id, kind: parsed.type.kind, attributes: attributes)
        }
        latest = Place(type: Array(type), file: Array(file), channel: Array(channel), number: number)
        return number
    }

    // MARK: Fields

    private func span(_ parsed: RTTMLine, _ line: Line, _ log: inout DiagnosticLog) -> Span? {
        let isUntimed = parsed.isNA(.start) && parsed.isNA(.duration)
        if isUntimed { return .instant(.zero) }
        guard let start = parsed.seconds(.start), parsed.isNA(.duration) || parsed.seconds(.duration) != nil else {
            refuse(line, "times \(parsed.text.excerpt(parsed.field(.start))) and \(parsed.text.excerpt(parsed.field(.duration)))", "seconds such as 12.340", &log)
            return nil
        }
        let duration = parsed.seconds(.duration)
        if start.hasComma || duration?.hasComma == true {
            log.addHabit(.warning, "rttm-comma", at: place(line), found: "a decimal comma", expected: "a point", effect: "the time is kept")
        }
        let begin = Timestamp(ticks: start.ticks)
        let length = TimeDelta(ticks: duration?.ticks ?? 0)
        if start.ticks < 0 { log.addHabit(.warning, "rttm-negative", at: place(line), found: "a start before zero", effect: "it is kept") }
        if length < .zero {
            log.add(
                .warning, "rttm-duration", at: place(line), found: "duration \(parsed.text.excerpt(parsed.field(.duration)))", expected: "zero or more",
                effect: "the label stands at its start")
        }
        return Segment(start: begin, end: begin + length).map(Span.segment) ?? .instant(begin)
    }

    private func confidence(_ parsed: RTTMLine, _ line: Line, _ log: inout DiagnosticLog) -> Confidence? {
        guard !parsed.isNA(.confidence) else { return nil }
        let field = parsed.field(.confidence)
        guard let value = Double(parsed.text.string(field)), let confidence = Confidence(value) else {
            log.addHabit(
                .warning, "rttm-confidence", at: place(line), found: "confidence \(parsed.text.excerpt(field))", expected: "0 to 1 or <NA>",
                effect: "it is kept as an attribute")
            return nil
        }
        return confidence
    }

    private func place(_ line: Line) -> TextPosition { TextPosition(line: line.number) }

    private func refuse(_ line: Line, _ found: String, _ expected: String, _ log: inout DiagnosticLog) {
        log.add(.error, "rttm-line", at: place(line), found: found, expected: expected, effect: "the line is left out")
    }
}
