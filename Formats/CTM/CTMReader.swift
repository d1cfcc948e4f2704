import Timeline

/// Reads the lines of a CTM file as words.
struct CTMReader: LineReading {
    private let repair: LineRepair
    private var places = ChannelPlaces()
    private var comments = LineComments("ctm.comment")
    private var count = 0
    /// The alternative that the next word is in: 0 for the first; nil outside alternatives.
    private var alternative: Int?
    private var latest: (place: Int, start: Timestamp)?

    init(media: String, options: ReadingOptions) { repair = LineRepair(options.mode) }

    mutating func read(_ line: Line, of text: [UInt8], into sink: inout some LabelSink, log: inout DiagnosticLog) {
        let content = text.trimmed(line.range)
        guard !content.isEmpty else { return }
        if text.has(";;", at: content.lowerBound, before: content.upperBound) { return comments.add(text.string(content)) }
        let fields = LineFields(text, content)
        guard (5...8).contains(fields.count) else {
            return repair.leaveOut(line, "ctm-fields", "\(fields.count) fields", "5 to 8: file, channel, begin, duration, word", &log)
        }
        if CTM.isAlternation(text, fields) { return readAlternation(line, text, content, fields, &log) }
        guard let times = LineTimes(text, fields[2], fields[3]) else {
            return repair.leaveOut(
                line, "ctm-time", "times \(text.excerpt(fields[2])) and \(text.excerpt(fields[3]))", "seconds such as 12.340", &log)
        }
        guard let span = times.spanOverDuration else {
            return repair.leaveOut(line, "ctm-duration", "duration \(text.excerpt(fields[3]))", "zero or more", &log)
        }
        if times.hasComma { guard repair.accepts(line, "ctm-comma", "a decimal comma", "a point", "the time is kept", &log) else { return } }
        add(Row(text: text, fields: fields, times: times), span, line, to: &sink, log: &log)
    }

    mutating func finish(into sink: inout some LabelSink, log: inout DiagnosticLog) {
        if alternative != nil { log.add(.warning, "ctm-alternatives", found: "alternatives without <ALT_END>", effect: "the words are kept") }
        comments.finish(&sink)
    }

    // MARK: Alternatives

    private mutating func readAlternation(_ line: Line, _ text: [UInt8], _ content: Range<Int>, _ fields: LineFields, _ log: inout DiagnosticLog) {
        let mark = text.string(fields[4]).uppercased()
        let isInOrder = (mark == "<ALT_BEGIN>") == (alternative == nil)
        if !isInOrder {
            log.addHabit(.warning, "ctm-alternatives", at: TextPosition(line: line.number), found: mark, expected: "<ALT_BEGIN>, <ALT> and <ALT_END> in this order", effect: "the words are kept")
        }
        switch mark {
        case "<ALT_BEGIN>": alternative = 0
        case "<ALT>": alternative = (alternative ?? 0) + 1
        default: alternative = nil
        }
        comments.add(text.string(content), as: "ctm.mark")
    }

    // MARK: Words

    private struct Row {
        let text: [UInt8]
        let fields: LineFields
        let times: LineTimes

        func isNA(_ index: Int) -> Bool {
            guard index < fields.count else { return true }
            let range = fields[index]
            return text.has("NA", at: range.lowerBound, before: range.upperBound) && range.count == 2 || text.has("<NA>", at: range.lowerBound, before: range.upperBound) && range.count == 4
        }

        func string(_ index: Int) -> String? { isNA(index) ? nil : text.string(fields[index]) }
        var confidence: Confidence? { isNA(5) ? nil : DecimalScore.read(text, fields[5]).flatMap(Confidence.init) }

        var layerAttributes: [Attribute] {
            var attributes: [Attribute] = []
            let digits = min(10, times.start.fractionDigits)
            if digits != 3 { attributes.append(Attribute("ctm.digits", String(digits))) }
            let scoreDigits = isNA(5) ? 0 : min(20, DecimalScore.fractionDigits(text, fields[5]))
            if scoreDigits > 0 { attributes.append(Attribute("ctm.confidence-digits", String(scoreDigits))) }
            return attributes
        }

        /// What the model has no place for.
        var attributes: [Attribute] {
            var attributes: [Attribute] = []
            if confidence == nil, let stated = string(5) { attributes.append(Attribute("ctm.confidence", stated)) }
            // Before a speaker the usual type goes without saying.
            if fields.count > 6, fields.count == 7 || string(6) != "lex" { attributes.append(Attribute("ctm.type", text.string(fields[6]))) }
            return attributes
        }
    }

    private mutating func add(_ row: Row, _ span: Span, _ line: Line, to sink: inout some LabelSink, log: inout DiagnosticLog) {
        let (text, fields) = (row.text, row.fields)
        count += 1
        let before = comments.beforeLabel(&sink)
        let place = places.number(text, media: fields[0], channel: fields[1], layer: CTM.layer, digits: row.times.start.fractionDigits, in: &sink) { id in
            Layer(id: id, kind: .words, attributes: row.layerAttributes)
        }
        var attributes = before + row.times.attributes(("ctm.begin", "ctm.duration"), digits: places.digits[place]) + row.attributes
        if let alternative, alternative > 0 { attributes.append(Attribute("ctm.alternative", String(alternative))) }
        checkOrder(span.start, place, line, &log)
        if row.confidence == nil, let stated = row.string(5), DecimalScore.read(text, fields[5]) == nil {
            log.addHabit(.warning, "ctm-confidence", at: TextPosition(line: line.number), found: "confidence '\(stated)'", expected: "a number", effect: "it is kept as an attribute")
        }
        let word = Word(text.string(fields[4]), speaker: row.string(7))
        sink.add(Label(id: LabelID("w", count), span: span, content: .word(word), confidence: row.confidence, attributes: attributes), at: place)
    }

    /// NIST's scorers want the words of a channel in order.
    private mutating func checkOrder(_ start: Timestamp, _ place: Int, _ line: Line, _ log: inout DiagnosticLog) {
        defer { latest = (place, start) }
        guard alternative == nil, let latest, latest.place == place, start < latest.start else { return }
        log.addHabit(.warning, "ctm-order", at: TextPosition(line: line.number), found: "a word before the one above it", expected: "words in order of their begins", effect: "it is kept")
    }
}
