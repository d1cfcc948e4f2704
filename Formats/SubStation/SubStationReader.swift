import Timeline

/// Reads the Dialogue and Comment lines of a SubStation Alpha script; all else is its head, or blocks between the events.
struct SubStationReader {
    private enum Section { case none, styles, events, other }

    private let source: TextSource
    private var section = Section.none
    private var fields = EventFields.standard
    private var styleField = 0
    private var styles: Set<String> = []
    private var headEnd: Int
    private var sawEvent = false
    /// Lines since the latest event that are none.
    private var block: Range<Int>?
    /// The fields of the line that is being read.
    private var values: [Range<Int>] = []
    /// The latest attributes of an event with the bytes they are from, and the latest style that is defined: neighbours mostly
    /// share them.
    private var kept: (bytes: [[UInt8]], attributes: [Attribute]) = ([], [])
    private var knownStyle: [UInt8] = []

    private var text: [UInt8] { source.text }

    init(source: TextSource) {
        self.source = source
        headEnd = source.start
    }

    mutating func read(into sink: inout some SubtitleSink, log: inout DiagnosticLog) {
        if let nul = text.firstIndex(of: Byte.nul) {
            log.add(.warning, "ass-nul", at: source.position(of: nul), found: "a NUL byte", effect: "it reads as U+FFFD")
        }
        for line in LineScanner(text, from: source.start) { take(line, into: &sink, log: &log) }
        endBlock(into: &sink)
    }

    /// Gives the head, or the lines since the latest event, to the sink.
    private mutating func endBlock(into sink: inout some SubtitleSink) {
        if !sawEvent { sink.addHead(source.start..<headEnd, of: text) }
        sawEvent = true
        guard let lines = block else { return }
        sink.addBlock(SubtitleBlock(kind: .other, range: lines), of: text)
        block = nil
    }

    /// A line that is no event stands in the head, or in a block behind the first event.
    private mutating func passOver(_ line: Line) {
        if sawEvent {
            block = (block?.lowerBound ?? line.range.lowerBound)..<line.range.upperBound
        } else {
            headEnd = line.range.upperBound
        }
    }

    private mutating func take(_ line: Line, into sink: inout some SubtitleSink, log: inout DiagnosticLog) {
        let content = text.trimmed(line.range)
        guard let first = content.first else { return }
        if text[first] == .ascii("["), text[content.upperBound - 1] == .ascii("]"), enterSection(content) { return passOver(line) }
        switch section {
        case .events: takeEvent(line, content, into: &sink, log: &log)
        case .styles:
            takeStyle(content)
            passOver(line)
        case .none, .other: passOver(line)
        }
    }

    /// False for a bracketed line that is none of the known sections inside events, such as embedded data.
    private mutating func enterSection(_ content: Range<Int>) -> Bool {
        if text.hasFolded("[events]", at: content.lowerBound, before: content.upperBound) {
            section = .events
        } else if text.hasFolded("[v4 styles", at: content.lowerBound, before: content.upperBound)
            || text.hasFolded("[v4+ styles", at: content.lowerBound, before: content.upperBound)
        {
            section = .styles
        } else {
            section = .other
        }
        return true
    }

    // MARK: Styles

    private mutating func takeStyle(_ content: Range<Int>) {
        if let list = value(of: "format:", content) {
            styleField = EventFields(text, list).names.firstIndex(of: "name") ?? 0
        } else if let list = value(of: "style:", content) {
            let fields = text[list].split(separator: .ascii(","), omittingEmptySubsequences: false)
            if styleField < fields.count { styles.insert(styleName(fields[styleField].startIndex..<fields[styleField].endIndex)) }
        }
    }

    /// Scripts of v4 put a `*` before the names of styles.
    private func styleName(_ range: Range<Int>) -> String {
        String(text.string(text.trimmed(range)).drop { $0 == "*" })
    }

    // MARK: Events

    private mutating func takeEvent(_ line: Line, _ content: Range<Int>, into sink: inout some SubtitleSink, log: inout DiagnosticLog) {
        if let list = value(of: "dialogue:", content) {
            guard let cue = event(line, list, log: &log) else { return }
            endBlock(into: &sink)
            sink.addCue(cue, of: text)
        } else if let list = value(of: "comment:", content) {
            guard let cue = event(line, list, log: &log) else { return }
            endBlock(into: &sink)
            sink.addComment(cue, of: text)
        } else {
            passOver(line)
            if let list = value(of: "format:", content) {
                takeFormat(line, list, log: &log)
            } else if text[content.lowerBound] != .ascii(";"), !isEventKind(content) {
                log.addHabit(
                    .error, "ass-line", at: TextPosition(line: line.number), found: text.excerpt(content),
                    expected: "a Dialogue or Comment line", effect: "it is no cue")
            }
        }
    }

    private func isEventKind(_ content: Range<Int>) -> Bool {
        let kinds: [StaticString] = ["picture:", "sound:", "movie:", "command:", "!:"]
        return kinds.contains { text.hasFolded($0, at: content.lowerBound, before: content.upperBound) }
    }

    private mutating func takeFormat(_ line: Line, _ list: Range<Int>, log: inout DiagnosticLog) {
        let stated = EventFields(text, list)
        guard stated.isUsable else {
            return log.add(
                .error, "ass-format", at: TextPosition(line: line.number), found: text.excerpt(list),
                expected: "fields Start and End, and Text as the last one", effect: "the order of fields so far is used")
        }
        fields = stated
        kept = ([], [])
    }

    private mutating func event(_ line: Line, _ list: Range<Int>, log: inout DiagnosticLog) -> FoundCue? {
        // Blanks at the end of the line belong to the text.
        let isWhole = EventFields.split(text, list.lowerBound..<line.range.upperBound, count: fields.count, into: &values)
        guard isWhole, let start = fields.start, let end = fields.end else {
            log.add(
                .error, "ass-fields", at: TextPosition(line: line.number), found: text.excerpt(list),
                expected: "\(fields.count) fields with commas between them", effect: "the line is left out")
            return nil
        }
        guard let first = time(values[start], line, log: &log), let last = time(values[end], line, log: &log) else { return nil }
        var cue = FoundCue(start: first.time, end: last.time, line: line.number)
        cue.places.block = ByteRange(line.range.lowerBound..<line.next)
        (cue.places.start, cue.places.end) = (ByteRange(first.range), ByteRange(last.range))
        cue.places.text = ByteRange(values[fields.count - 1])
        if let name = fields.name { cue.places.speaker = ByteRange(text.trimmed(values[name])) }
        if let style = fields.style { checkStyle(values[style], line, log: &log) }
        cue.attributes = attributes()
        cue.isPlainlyTimed = isPlain(first) && isPlain(last) && first.time < last.time
        if last.time <= first.time {
            log.addHabit(
                .warning, "ass-length", at: TextPosition(line: line.number), found: "a line that does not end after it starts",
                expected: "an end later than the start", effect: "it counts as one millisecond long")
        }
        return cue
    }

    private func isPlain(_ stamp: ClockReading) -> Bool {
        let hasUsualHours = stamp.hourDigits == 1 || stamp.hourDigits == 2 && text[stamp.range.lowerBound] != .ascii("0")
        return stamp.separator == .dot && hasUsualHours && stamp.fractionDigits == 2 && stamp.traits.isEmpty
    }

    /// The fields that the model does not hold and that state something.
    private mutating func attributes() -> [Attribute] {
        guard !repeatsFields() else { return kept.attributes }
        kept.bytes = fields.keptRuns.map { Array(text[place(of: $0)]) }
        kept.attributes = fields.kept.indices.compactMap { index in
            guard let field = fields.kept[index] else { return nil }
            let place = text.trimmed(values[index])
            return text.equals(place, field.usualBytes) ? nil : Attribute(field.attribute, text.string(place))
        }
        return kept.attributes
    }

    /// Whether those fields hold what they held in the latest event.
    private func repeatsFields() -> Bool {
        guard kept.bytes.count == fields.keptRuns.count else { return false }
        return kept.bytes.indices.allSatisfy { text.equals(place(of: fields.keptRuns[$0]), kept.bytes[$0]) }
    }

    private func place(of run: ClosedRange<Int>) -> Range<Int> { values[run.lowerBound].lowerBound..<values[run.upperBound].upperBound }

    private func time(_ field: Range<Int>, _ line: Line, log: inout DiagnosticLog) -> ClockReading? {
        let content = text.trimmed(field)
        let place = TextPosition(line: line.number, column: 1 + field.lowerBound - line.range.lowerBound)
        guard let reading = ClockReading(text, at: content.lowerBound, before: content.upperBound), reading.range == content else {
            log.add(
                .error, "ass-time", at: place, found: text.excerpt(content), expected: "a time such as 0:01:02.34",
                effect: "the line is left out")
            return nil
        }
        if reading.separator != .dot || reading.hourDigits == 0 || !reading.traits.isEmpty || reading.fractionDigits != 2 {
            log.addHabit(
                .warning, "ass-stamp", at: place, found: text.excerpt(content), expected: "a time such as 0:01:02.34",
                effect: "the time is kept")
        }
        return reading
    }

    private mutating func checkStyle(_ field: Range<Int>, _ line: Line, log: inout DiagnosticLog) {
        guard !text.equals(field, knownStyle) else { return }
        guard !styles.contains(styleName(field)) else { return knownStyle = Array(text[field]) }
        log.addHabit(
            .warning, "ass-style", at: TextPosition(line: line.number, column: 1 + field.lowerBound - line.range.lowerBound),
            found: "style \(text.excerpt(text.trimmed(field))), which is not defined", expected: "a style of the styles section",
            effect: "players show the default style")
    }

    // MARK: Lines

    /// What follows a key such as `Dialogue:`, less one blank; nil when the line has another key.
    private func value(of key: StaticString, _ content: Range<Int>) -> Range<Int>? {
        guard text.hasFolded(key, at: content.lowerBound, before: content.upperBound) else { return nil }
        let start = content.lowerBound + key.utf8CodeUnitCount
        let hasBlank = start < content.upperBound && Byte.isBlank(text[start])
        return (hasBlank ? start + 1 : start)..<content.upperBound
    }
}
