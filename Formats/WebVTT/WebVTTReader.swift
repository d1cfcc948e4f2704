import Timeline

/// Reads the blocks of a WebVTT file as section 6.1 of the W3C text collects them.
///
/// A file may come in pieces that end after a blank line: what one piece says counts for the next.
struct WebVTTReader {
    private let mode: ReadingMode
    private var text: [UInt8] = []
    private var lines = LineScanner([])
    /// A line that ended one block and opens the next.
    private var held: Line?
    private var sawHeader = false
    private var sawCue = false
    private var identifiers: Set<Int> = []
    private var latestStart = Timestamp(ticks: .min)
    private var settings = WebVTTSettingsCheck()
    private var isMetadata = false

    init(mode: ReadingMode) { self.mode = mode }

    /// Reads a text from a position on: a whole file, or the next piece of one.
    mutating func read(_ text: [UInt8], from start: Int, into sink: inout some SubtitleSink, log: inout DiagnosticLog) {
        self.text = text
        lines = LineScanner(text, from: start, after: lines.number)
        if !sawHeader { readHeader(from: start, into: &sink, log: &log) }
        while let first = nextFilled() { readBlock(first, into: &sink, log: &log) }
        self.text = []
        lines = LineScanner([], after: lines.number)
    }

    /// The header ends at a blank line or at a line with an arrow.
    private mutating func readHeader(from start: Int, into sink: inout some SubtitleSink, log: inout DiagnosticLog) {
        sawHeader = true
        var end = lines.next()?.range.upperBound ?? start
        while let line = nextLine() {
            if line.isEmpty { break }
            if hasArrow(line) {
                held = line
                break
            }
            end = line.range.upperBound
        }
        sink.addHead(start..<end, of: text)
        let header = WebVTTHeader(text, start..<end)
        isMetadata = header.isMetadata
        guard let line = header.timestampMapLine else { return }
        let found = header.timestampMap.map { "X-TIMESTAMP-MAP with an offset of \($0.offset.milliseconds) ms" }
        log.add(
            found == nil ? .warning : .note, "vtt-timestamp-map", at: TextPosition(line: line), found: found ?? "X-TIMESTAMP-MAP that cannot be read",
            expected: found == nil ? "LOCAL:00:00:00.000,MPEGTS:900000" : nil, effect: "the times stay as the cues state them")
    }

    private mutating func nextLine() -> Line? {
        guard let line = held else { return lines.next() }
        held = nil
        return line
    }

    private mutating func nextFilled() -> Line? {
        while let line = nextLine() {
            if !line.isEmpty { return line }
        }
        return nil
    }

    private func hasArrow(_ line: Line) -> Bool { TimingLine.arrowPosition(text, line.range) != nil }

    // MARK: Blocks

    private mutating func readBlock(_ first: Line, into sink: inout some SubtitleSink, log: inout DiagnosticLog) {
        if hasArrow(first) { return readCue(identifier: nil, timing: first, into: &sink, log: &log) }
        guard let second = nextLine(), !second.isEmpty else { return readPlain(first, last: first, into: &sink, log: &log) }
        if hasArrow(second) { return readCue(identifier: first, timing: second, into: &sink, log: &log) }
        var last = second
        while let line = nextLine(), !line.isEmpty {
            if hasArrow(line) {
                held = line
                break
            }
            last = line
        }
        readPlain(first, last: last, into: &sink, log: &log)
    }

    /// A block without times: a comment, a style sheet or a region. Anything else is remarked on.
    private mutating func readPlain(_ first: Line, last: Line, into sink: inout some SubtitleSink, log: inout DiagnosticLog) {
        let kind = kind(first, last, log: &log)
        let block = SubtitleBlock(kind: kind, range: first.range.lowerBound..<last.range.upperBound)
        if kind == .region { settings.addRegion(text, first.next..<last.range.upperBound, line: first.number + 1, log: &log) }
        sink.addBlock(block, of: text)
    }

    private func kind(_ first: Line, _ last: Line, log: inout DiagnosticLog) -> SubtitleBlock.Kind {
        if isKeyword("NOTE", first, mayHaveText: true) { return .note }
        let (isStyle, isRegion) = (isKeyword("STYLE", first), isKeyword("REGION", first))
        if isStyle || isRegion, sawCue {
            log.addHabit(
                .warning, "vtt-late-block", at: TextPosition(line: first.number), found: "\(text.excerpt(first.range)) after a cue",
                expected: "style sheets and regions before the first cue", effect: "players ignore it")
            return .other
        }
        // A keyword without a line under it defines nothing.
        if isStyle || isRegion, last.number > first.number { return isStyle ? .styleSheet : .region }
        log.addHabit(
            .error, "vtt-stray", at: TextPosition(line: first.number), found: "text without times: \(text.excerpt(first.range))",
            expected: "a cue, NOTE, STYLE or REGION", effect: "it belongs to no cue")
        return .other
    }

    private func isKeyword(_ keyword: StaticString, _ line: Line, mayHaveText: Bool = false) -> Bool {
        guard text.has(keyword, at: line.range.lowerBound, before: line.range.upperBound) else { return false }
        let rest = (line.range.lowerBound + keyword.utf8CodeUnitCount)..<line.range.upperBound
        return rest.isEmpty || (mayHaveText ? Byte.isBlank(text[rest.lowerBound]) : rest.allSatisfy { Byte.isSpace(text[$0]) })
    }

    // MARK: Cues

    private mutating func readCue(identifier: Line?, timing line: Line, into sink: inout some SubtitleSink, log: inout DiagnosticLog) {
        let reading = timing(line, log: &log)
        let body = readBody(after: line)
        guard let timing = reading else { return reportLost(body, log: &log) }
        var places = CuePlaces()
        let blockStart = identifier?.range.lowerBound ?? line.range.lowerBound
        places.block = ByteRange(blockStart..<body.next)
        places.start = ByteRange(timing.start.range)
        places.end = ByteRange(timing.end.range)
        places.settings = ByteRange(timing.rest)
        places.text = ByteRange(body.text)
        if let identifier { places.identifier = ByteRange(identifier.range) }
        sawCue = true
        var cue = FoundCue(start: timing.start.time, end: timing.end.time, line: line.number, places: places)
        cue.isPlainlyTimed = timing.isPlain(.webVTT, from: line.range.lowerBound)
        cue.isMetadata = isMetadata
        if !timing.rest.isEmpty { cue.attributes = settings.attributes(text, timing.rest) }
        if let identifier { cue.repeatsIdentifier = !identifiers.insert(Self.hash(text, identifier.range)).inserted }
        remark(cue, identifier, firstTextLine: body.firstLine, log: &log)
        sink.addCue(cue, of: text)
        guard let line = body.interruption else { return }
        log.addHabit(
            .warning, "vtt-no-blank", at: TextPosition(line: line.number), found: "an arrow right after the text of a cue",
            expected: "a blank line", effect: "it ends the text")
    }

    private struct Body {
        var text: Range<Int>
        var next: Int
        var firstLine: Int
        /// The line with an arrow that ended the text, where no blank line did.
        var interruption: Line?
    }

    /// The lines up to a blank one or one with an arrow, and where the block after them begins.
    private mutating func readBody(after line: Line) -> Body {
        var body = Body(text: line.next..<line.next, next: line.next, firstLine: line.number + 1)
        while let next = nextLine() {
            if next.isEmpty {
                body.next = next.next
                skipBlankLines(&body)
                return body
            }
            if hasArrow(next) {
                held = next
                body.interruption = next
                return body
            }
            body.text = body.text.lowerBound..<next.range.upperBound
            body.next = next.next
        }
        return body
    }

    private mutating func skipBlankLines(_ body: inout Body) {
        while let line = nextLine() {
            guard line.isEmpty else { return held = line }
            body.next = line.next
        }
    }

    private func reportLost(_ body: Body, log: inout DiagnosticLog) {
        guard !body.text.isEmpty else { return }
        log.add(
            .error, "vtt-lost-text", at: TextPosition(line: body.firstLine), found: "\(text.excerpt(body.text)) under times that cannot be read",
            effect: "it belongs to no cue")
    }

    // MARK: Times

    /// The times of a line with an arrow; nil, with a remark, when the cue must be left out.
    private func timing(_ line: Line, log: inout DiagnosticLog) -> TimingLine? {
        let place = TextPosition(line: line.number)
        let expected = "times such as 00:01.000 --> 00:02.500"
        guard let timing = TimingLine(text, line.range), TimingLine.isWellFormedArrow(text, timing.arrow) else {
            log.add(.error, "vtt-time", at: place, found: text.excerpt(line.range), expected: expected, effect: "the cue is left out")
            return nil
        }
        for stamp in [timing.start, timing.end] {
            switch WebVTTStamp.judge(stamp) {
            case .good: continue
            case .loose(let wanted):
                log.addHabit(.warning, "vtt-stamp", at: place, found: text.excerpt(stamp.range), expected: wanted, effect: "the time is kept")
            case .repairable(let wanted) where mode == .lenient:
                log.addHabit(
                    .warning, "vtt-stamp", at: place, found: text.excerpt(stamp.range), expected: wanted, effect: "the time is kept")
            case .repairable(let wanted), .wrong(let wanted):
                log.add(
                    .error, "vtt-time", at: place, found: text.excerpt(stamp.range), expected: wanted, effect: "the cue is left out")
                return nil
            }
        }
        return timing
    }

    private static func hash(_ text: [UInt8], _ range: Range<Int>) -> Int {
        var hasher = Hasher()
        text.withUnsafeBytes { hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: $0[range])) }
        return hasher.finalize()
    }

    private mutating func remark(_ cue: FoundCue, _ identifier: Line?, firstTextLine: Int, log: inout DiagnosticLog) {
        let place = TextPosition(line: cue.line)
        settings.check(text, cue.places.settings.range, line: cue.line, log: &log)
        if let identifier, cue.repeatsIdentifier {
            log.addHabit(
                .warning, "vtt-id-repeated", at: TextPosition(line: identifier.number), found: "identifier \(text.excerpt(identifier.range)) again",
                expected: "identifiers that differ", effect: "both cues are kept")
        }
        if cue.end <= cue.start {
            log.addHabit(
                .warning, "vtt-length", at: place, found: "a cue that does not end after it starts", expected: "an end later than the start",
                effect: "it counts as one millisecond long")
        }
        if cue.start < latestStart {
            log.addHabit(
                .warning, "vtt-order", at: place, found: "a cue that starts before an earlier one", effect: "the order of the file is kept")
        }
        latestStart = max(latestStart, cue.start)
        remarkOnTags(cue, firstTextLine, log: &log)
    }

    /// A `<` that no `>` closes takes the rest of the text with it, by the rules of the format.
    private func remarkOnTags(_ cue: FoundCue, _ firstLine: Int, log: inout DiagnosticLog) {
        let range = cue.places.text.range
        guard text.position(of: .ascii("<"), in: range) != nil, let bare = WebVTTTokens.firstBareAngle(text, in: range) else { return }
        let lines = text[range.lowerBound..<bare].count { $0 == Byte.lineFeed }
        log.addHabit(
            .warning, "vtt-angle", at: TextPosition(line: firstLine + lines), found: "'<' that opens no tag", expected: "'&lt;'",
            effect: "players do not show what follows it")
    }
}
