import Timeline

/// Reads the Dialogue and Comment lines of a SubStation Alpha script; all else stays in the file as it is.
struct SubStationReader {
    private enum Section { case none, styles, events, other }

    private let source: TextSource
    private var section = Section.none
    private var fields = EventFields.standard
    private var styleField = 0
    private var styles: Set<String> = []
    private var headEnd: Int
    private var sawEvent = false

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
        if !sawEvent { sink.addHead(source.start..<headEnd, of: text) }
    }

    private mutating func take(_ line: Line, into sink: inout some SubtitleSink, log: inout DiagnosticLog) {
        let content = text.trimmed(line.range)
        guard let first = content.first else { return }
        if text[first] == .ascii("["), text[content.upperBound - 1] == .ascii("]"), enterSection(content) { return extendHead(line) }
        switch section {
        case .events: takeEvent(line, content, into: &sink, log: &log)
        case .styles:
            takeStyle(content)
            extendHead(line)
        case .none, .other: extendHead(line)
        }
    }

    /// The head ends where the first event begins.
    private mutating func extendHead(_ line: Line) {
        if !sawEvent { headEnd = line.next }
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
            styleField = names(list).firstIndex(of: "name") ?? 0
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
            if let cue = event(line, list, into: &sink, log: &log) { sink.addCue(cue, of: text) }
        } else if let list = value(of: "comment:", content) {
            if let cue = event(line, list, into: &sink, log: &log) { sink.addComment(cue, of: text) }
        } else if let list = value(of: "format:", content) {
            takeFormat(line, list, log: &log)
            extendHead(line)
        } else if text[content.lowerBound] != .ascii(";"), !isEventKind(content) {
            log.addHabit(
                .error, "ass-line", at: TextPosition(line: line.number), found: text.excerpt(content),
                expected: "a Dialogue or Comment line", effect: "it is no cue")
        }
    }

    private func isEventKind(_ content: Range<Int>) -> Bool {
        let kinds: [StaticString] = ["picture:", "sound:", "movie:", "command:", "!:"]
        return kinds.contains { text.hasFolded($0, at: content.lowerBound, before: content.upperBound) }
    }

    private mutating func takeFormat(_ line: Line, _ list: Range<Int>, log: inout DiagnosticLog) {
        let stated = EventFields(names: names(list))
        guard stated.isUsable else {
            return log.add(
                .error, "ass-format", at: TextPosition(line: line.number), found: text.excerpt(list),
                expected: "fields Start and End, and Text as the last one", effect: "the standard order is used")
        }
        fields = stated
    }

    private mutating func event(_ line: Line, _ list: Range<Int>, into sink: inout some SubtitleSink, log: inout DiagnosticLog) -> FoundCue? {
        guard let values = fields.split(text, list), let start = fields.start, let end = fields.end else {
            log.add(
                .error, "ass-fields", at: TextPosition(line: line.number), found: text.excerpt(list),
                expected: "\(fields.count) fields with commas between them", effect: "the line is left out")
            return nil
        }
        guard let first = time(values[start], line, log: &log), let last = time(values[end], line, log: &log) else { return nil }
        var places = CuePlaces()
        places.block = ByteRange(line.range.lowerBound..<line.next)
        (places.start, places.end) = (ByteRange(first.range), ByteRange(last.range))
        places.text = ByteRange(values[fields.count - 1])
        if let name = fields.name { places.speaker = ByteRange(text.trimmed(values[name])) }
        if let style = fields.style {
            places.style = ByteRange(text.trimmed(values[style]))
            checkStyle(values[style], line, log: &log)
        }
        if last.time <= first.time {
            log.addHabit(
                .warning, "ass-length", at: TextPosition(line: line.number), found: "a line that does not end after it starts",
                expected: "an end later than the start", effect: "it counts as one millisecond long")
        }
        if !sawEvent { sink.addHead(source.start..<headEnd, of: text) }
        sawEvent = true
        return FoundCue(start: first.time, end: last.time, line: line.number, places: places)
    }

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

    private func checkStyle(_ field: Range<Int>, _ line: Line, log: inout DiagnosticLog) {
        guard !styles.contains(styleName(field)) else { return }
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

    private func names(_ list: Range<Int>) -> [String] {
        text[list].split(separator: .ascii(","), omittingEmptySubsequences: false).map { field in
            text.string(text.trimmed(field.startIndex..<field.endIndex)).lowercased()
        }
    }
}
