import Timeline

/// Reads the lines of an STM file: stretches that are scored as turns, others as tags named `unscored`.
struct STMReader: LineReading {
    private let repair: LineRepair
    private var places = ChannelPlaces()
    private var comments = LineComments("stm.comment")
    private var count = 0

    init(media: String, options: ReadingOptions) { repair = LineRepair(options.mode) }

    mutating func read(_ line: Line, of text: [UInt8], into sink: inout some LabelSink, log: inout DiagnosticLog) {
        let content = text.trimmed(line.range)
        guard !content.isEmpty else { return }
        if text.has(";;", at: content.lowerBound, before: content.upperBound) { return comments.add(text.string(content)) }
        let fields = LineFields(text, content, most: 6)
        guard fields.count >= 5 else {
            return repair.leaveOut(line, "stm-fields", "\(fields.count) fields", "at least 5: file, channel, speaker, begin, end", &log)
        }
        guard let times = LineTimes(text, fields[3], fields[4]) else {
            return repair.leaveOut(
                line, "stm-time", "times \(text.excerpt(fields[3])) and \(text.excerpt(fields[4]))", "seconds such as 12.340", &log)
        }
        if times.hasComma { guard repair.accepts(line, "stm-comma", "a decimal comma", "a point", "the time is kept", &log) else { return } }
        guard let span = span(times, line, &log) else { return }
        add(Row(text: text, content: content, fields: fields, times: times), span, to: &sink)
    }

    mutating func finish(into sink: inout some LabelSink, log: inout DiagnosticLog) { comments.finish(&sink) }

    private func span(_ times: LineTimes, _ line: Line, _ log: inout DiagnosticLog) -> Span? {
        if let span = times.spanToEnd { return span }
        let isKept = repair.accepts(line, "stm-order", "an end before the begin", "begin, then end", "the stretch stands at its begin", &log)
        return isKept ? .instant(Timestamp(ticks: times.start.ticks)) : nil
    }

    private struct Row {
        let text: [UInt8]
        let content: Range<Int>
        let fields: LineFields
        let times: LineTimes

        var hasLabels: Bool { fields.count > 5 && STM.isLabels(text, fields[5]) }

        /// Without the angle brackets.
        var labels: String? { hasLabels ? text.string(fields[5].dropFirst().dropLast()) : nil }

        var transcript: Range<Int> {
            var start = fields[hasLabels ? 5 : 4].upperBound
            while start < content.upperBound, Byte.isBlank(text[start]) { start += 1 }
            return start..<content.upperBound
        }

        var speaker: String {
            let field = fields[2]
            return field.count == 4 && text.has("<NA>", at: field.lowerBound) ? "" : text.string(field)
        }
    }

    private mutating func add(_ row: Row, _ span: Span, to sink: inout some LabelSink) {
        let text = row.text
        let transcript = row.transcript
        let isScored = !(transcript.count == STM.ignored.utf8CodeUnitCount && text.hasFolded(STM.ignored, at: transcript.lowerBound))
        count += 1
        let before = comments.beforeLabel(&sink)
        let layer = isScored ? STM.turns : STM.unscored
        let digits = row.times.start.fractionDigits
        let place = places.number(text, media: row.fields[0], channel: row.fields[1], layer: layer, digits: digits, in: &sink) { id in
            let attributes = digits == 3 ? [] : [Attribute("stm.digits", String(min(10, digits)))]
            return Layer(id: id, kind: isScored ? .turns : .tags, attributes: attributes)
        }
        var attributes = before + row.times.attributes(("stm.begin", "stm.end"), digits: places.digits[place])
        if let labels = row.labels { attributes.append(Attribute("stm.labels", labels)) }
        if !isScored { attributes.append(Attribute("stm.speaker", row.speaker)) }
        if row.times.other.ticks < row.times.start.ticks { attributes.append(Attribute("stm.end", text.string(row.fields[4]))) }
        let turn = SpeakerTurn(speaker: row.speaker, text: transcript.isEmpty ? nil : text.string(transcript))
        let content = isScored ? Content.turn(turn) : .tag(Tag("unscored"))
        sink.add(Label(id: LabelID("s", count), span: span, content: content, attributes: attributes), at: place)
    }
}
