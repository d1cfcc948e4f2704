import Timeline

/// Reads the lines of an RTTM file: type, file, channel, start, duration, orthography, subtype, speaker, confidence, look-ahead.
struct RTTMReader: LineReading {
    private let repair: LineRepair
    private var lineCount = 0
    /// Type, file and channel of the latest line, as its bytes, so that a line like it needs no look-up.
    private var latestHead: [UInt8] = []
    private var latestPlace = 0
    /// Whether ``latestHead`` is that of a turn, its type in capitals.
    private var isTurnHead = false
    /// Digits after the point of times, by place.
    private var digits: [Int] = []
    private var seen = RepeatFilter()
    private var comments = LineComments("rttm.comment")

    init(media: String, options: ReadingOptions) { repair = LineRepair(options.mode) }

    mutating func read(_ line: Line, of text: [UInt8], into sink: inout some LabelSink, log: inout DiagnosticLog) {
        let content = text.trimmed(line.range)
        guard !content.isEmpty else { return }
        if isTurnHead, comments.areQuiet, let turn = RTTMPlainTurn(text, content, head: latestHead) {
            return add(turn, line, of: text, to: &sink, log: &log)
        }
        if text.has(";;", at: content.lowerBound, before: content.upperBound) { return comments.add(text.string(content)) }
        let fields = LineFields(text, content)
        guard let type = RTTMType(text, fields[0]) else {
            return repair.leaveOut(line, "rttm-line", "type \(text.excerpt(fields[0]))", "a NIST type such as SPEAKER", &log)
        }
        guard hasFields(fields, line, &log) else { return }
        add(RTTMLine(type: type, fields: fields, origin: content.lowerBound, text: text), line, to: &sink, log: &log)
    }

    mutating func finish(into sink: inout some LabelSink, log: inout DiagnosticLog) { comments.finish(&sink) }

    private func hasFields(_ fields: LineFields, _ line: Line, _ log: inout DiagnosticLog) -> Bool {
        switch fields.count {
        case 9, 10: return true
        case 8: return repair.accepts(line, "rttm-fields", "8 fields", "9 or 10", "the missing ones count as <NA>", &log)
        case let count where count > 10:
            repair.leaveOut(line, "rttm-space", "\(count) fields", "9 or 10, with no blank inside a name", &log)
        case let count:
            repair.leaveOut(line, "rttm-fields", "\(count) fields", "9 or 10", &log)
        }
        return false
    }

    private mutating func add(_ turn: RTTMPlainTurn, _ line: Line, of text: [UInt8], to sink: inout some LabelSink, log: inout DiagnosticLog) {
        lineCount += 1
        remarkIfRepeated(line, of: text, &log)
        sink.add(turnOf: turn.speaker, in: text, id: ("r", lineCount), turn.span, at: latestPlace)
    }

    private mutating func remarkIfRepeated(_ line: Line, of text: [UInt8], _ log: inout DiagnosticLog) {
        guard !seen.insert(text, line.range) else { return }
        log.addHabit(.warning, "rttm-repeated", at: TextPosition(line: line.number), found: "the same line again", effect: "both are kept")
    }

    private mutating func add(_ parsed: RTTMLine, _ line: Line, to sink: inout some LabelSink, log: inout DiagnosticLog) {
        let (start, duration) = (parsed.seconds(.start), parsed.seconds(.duration))
        guard let span = span(parsed, start, duration, line, &log) else { return }
        lineCount += 1
        remarkIfRepeated(line, of: parsed.text, &log)
        if parsed.isLowerCase {
            log.addHabit(
                .warning, "rttm-case", at: TextPosition(line: line.number), found: "type \(parsed.text.excerpt(parsed.field(.type)))",
                expected: parsed.type.rawValue, effect: "read as such")
        }
        let confidence = parsed.confidence
        if confidence == nil, !parsed.isNA(.confidence) { remark(onConfidence: parsed, line, &log) }
        let before = comments.beforeLabel(&sink)
        let place = place(of: parsed, in: &sink)
        let attributes = before + parsed.attributes(start: start, duration: duration, digits: digits[place])
        let label = Label(
            id: LabelID("r", lineCount), span: span, content: parsed.content, confidence: confidence, attributes: attributes)
        sink.add(label, at: place)
    }

    private mutating func place(of parsed: RTTMLine, in sink: inout some LabelSink) -> Int {
        let text = parsed.text
        let (file, channel) = (parsed.field(.file), parsed.field(.channel))
        let head = parsed.field(.type).lowerBound..<channel.upperBound
        if text.has(latestHead, at: head) { return latestPlace }
        let channelName = text.string(channel)
        let id = channelName == "1" ? parsed.type.layer : "\(parsed.type.layer).\(channelName)"
        let number = sink.place(media: text.string(file), layer: id) {
            Layer(id: id, kind: parsed.type.kind, attributes: parsed.layerAttributes)
        }
        // Places are numbered in the order in which they are first named.
        if number == digits.count { digits.append(parsed.timeDigits) }
        (latestHead, latestPlace) = (Array(text[head]), number)
        isTurnHead = parsed.type == .speaker && !parsed.isLowerCase
        return number
    }

    // MARK: Fields

    private func span(
        _ parsed: RTTMLine, _ start: DecimalSeconds?, _ duration: DecimalSeconds?, _ line: Line, _ log: inout DiagnosticLog
    ) -> Span? {
        if parsed.isUntimed { return .instant(.zero) }
        guard let start, parsed.isNA(.duration) || duration != nil else {
            let found = "times \(parsed.text.excerpt(parsed.field(.start))) and \(parsed.text.excerpt(parsed.field(.duration)))"
            repair.leaveOut(line, "rttm-line", found, "seconds such as 12.340", &log)
            return nil
        }
        if start.hasComma || duration?.hasComma == true {
            guard repair.accepts(line, "rttm-comma", "a decimal comma", "a point", "the time is kept", &log) else { return nil }
        }
        if start.ticks < 0 {
            guard repair.accepts(line, "rttm-negative", "a start before zero", "zero or more", "it is kept", &log) else { return nil }
        }
        let begin = Timestamp(ticks: start.ticks)
        let length = TimeDelta(ticks: duration?.ticks ?? 0)
        if length < .zero {
            repair.leaveOut(line, "rttm-duration", "duration \(parsed.text.excerpt(parsed.field(.duration)))", "zero or more", &log)
            return nil
        }
        return Segment(start: begin, end: begin + length).map(Span.segment) ?? .instant(begin)
    }

    private func remark(onConfidence parsed: RTTMLine, _ line: Line, _ log: inout DiagnosticLog) {
        log.addHabit(
            .warning, "rttm-confidence", at: TextPosition(line: line.number), found: "confidence \(parsed.text.excerpt(parsed.field(.confidence)))",
            expected: "0 to 1 or <NA>", effect: "it is kept as an attribute")
    }
}
