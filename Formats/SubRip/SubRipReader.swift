import Timeline

/// Numbers that mostly count up.
private struct IndexSet {
    /// The latest run of numbers that followed each other.
    private var run = 0..<0
    private var others: Set<Int> = []

    /// Whether the number is new.
    mutating func insert(_ number: Int) -> Bool {
        guard !run.contains(number) else { return false }
        if number == run.upperBound, !run.isEmpty {
            run = run.lowerBound..<number + 1
            return others.isEmpty || !others.contains(number)
        }
        if run.isEmpty {
            run = number..<number + 1
            return true
        }
        return others.insert(number).inserted
    }
}

/// Reads SubRip by its lines of times: what stands between two of them is the text of the first, blank lines included,
/// less the index line of the second.
struct SubRipReader {
    private let source: TextSource
    private var open: OpenCue?
    private var previous: PreviousLine?
    private var isAfterBlank = true
    private var lastIndex = 0
    /// The index of the latest cue that was kept, from which a writer counts on.
    private var keptIndex = 0
    private var indices = IndexSet()
    private var latestStart = Timestamp(ticks: .min)

    private var text: [UInt8] { source.text }

    init(source: TextSource) { self.source = source }

    /// A cue whose text is still being read.
    private struct OpenCue {
        var timing: TimingLine
        var line: Int
        var places: CuePlaces
        var blockStart: Int
        /// Where the first line of text begins that is not blank; nil before there is one.
        var textStart: Int?
        var textEnd: Int
        var attributes: [Attribute]
        var isPlainlyTimed: Bool
    }

    /// The last line that was not blank and not a line of times.
    private struct PreviousLine {
        var line: Line
        var index: Int?
        var isAfterBlank: Bool
        /// Where the open cue's text ended before this line.
        var textEndBefore: Int
    }

    mutating func read(into sink: inout some SubtitleSink, log: inout DiagnosticLog) {
        for line in LineScanner(text, from: source.start) { take(line, into: &sink, log: &log) }
        close(before: text.count, into: &sink, log: &log)
    }

    private mutating func take(_ line: Line, into sink: inout some SubtitleSink, log: inout DiagnosticLog) {
        let content = text.trimmed(line.range)
        guard !content.isEmpty else { return isAfterBlank = true }
        if let timing = timing(content) {
            begin(timing, line, into: &sink, log: &log)
        } else if isBrokenTiming(content) {
            refuse(line, into: &sink, log: &log)
        } else {
            takeText(line, content, into: &sink, log: &log)
        }
        isAfterBlank = false
    }

    private func timing(_ content: Range<Int>) -> TimingLine? {
        let first = text[content.lowerBound]
        guard Byte.isDigit(first) || first == .ascii("-") else { return nil }
        return TimingLine(text, content)
    }

    private func isBrokenTiming(_ content: Range<Int>) -> Bool {
        guard TimingLine.arrowPosition(text, content) != nil else { return false }
        return TimingLine.isBroken(text, content) || (indexLine() != nil && !isAfterBlank)
    }

    // MARK: Lines

    private mutating func begin(_ timing: TimingLine, _ line: Line, into sink: inout some SubtitleSink, log: inout DiagnosticLog) {
        let index = indexLine()
        let blockStart = index?.line.range.lowerBound ?? line.range.lowerBound
        if let index { open?.textEnd = index.textEndBefore }
        if index == nil || open != nil { reportStray(index, log: &log) }
        close(before: blockStart, into: &sink, log: &log)
        var places = CuePlaces()
        places.start = ByteRange(timing.start.range)
        places.end = ByteRange(timing.end.range)
        places.settings = ByteRange(timing.rest)
        if let index { places.identifier = ByteRange(text.trimmed(index.line.range)) }
        var attributes = index?.index == keptIndex + 1 ? [] : [Attribute("srt.index", index?.index.map { String($0) } ?? "")]
        keptIndex = index?.index ?? keptIndex + 1
        if !timing.rest.isEmpty { attributes.append(Attribute("srt.coordinates", text.string(timing.rest))) }
        remark(timing, index, line, log: &log)
        open = OpenCue(
            timing: timing, line: line.number, places: places, blockStart: blockStart, textEnd: line.next, attributes: attributes,
            isPlainlyTimed: timing.isPlain(.subRip, from: line.range.lowerBound))
        previous = nil
    }

    /// Ends the open cue and drops what follows, up to the next line of times that can be read.
    private mutating func refuse(_ line: Line, into sink: inout some SubtitleSink, log: inout DiagnosticLog) {
        log.add(
            .error, "srt-time", at: TextPosition(line: line.number), found: text.excerpt(line.range),
            expected: "two times such as 00:00:01,000 --> 00:00:02,500", effect: "the cue is left out")
        let index = indexLine()
        if let index { open?.textEnd = index.textEndBefore }
        close(before: index?.line.range.lowerBound ?? line.range.lowerBound, into: &sink, log: &log)
        if let number = index?.index { lastIndex = number }
        previous = nil
        isDropping = true
    }

    /// Whether the text of a cue without readable times is being passed over.
    private var isDropping = false

    private mutating func takeText(_ line: Line, _ content: Range<Int>, into sink: inout some SubtitleSink, log: inout DiagnosticLog) {
        if let index = previous, index.index == lastIndex + 1, index.isAfterBlank, !isAfterBlank, open != nil || isDropping {
            dropUntimed(index, into: &sink, log: &log)
        }
        previous = PreviousLine(
            line: line, index: number(content), isAfterBlank: isAfterBlank, textEndBefore: open?.textEnd ?? line.range.lowerBound)
        if open != nil {
            if open?.textStart == nil { open?.textStart = line.range.lowerBound }
            open?.textEnd = line.range.upperBound
        } else if !isDropping, previous?.index == nil {
            reportUntimed(line, log: &log)
        }
    }

    /// An index that continues the count, after a blank line and before text, is a cue that lost its times.
    private mutating func dropUntimed(_ index: PreviousLine, into sink: inout some SubtitleSink, log: inout DiagnosticLog) {
        log.add(
            .error, "srt-untimed", at: TextPosition(line: index.line.number), found: "index \(lastIndex + 1) without a line of times",
            expected: "two times such as 00:00:01,000 --> 00:00:02,500", effect: "its text is left out")
        open?.textEnd = index.textEndBefore
        close(before: index.line.range.lowerBound, into: &sink, log: &log)
        lastIndex += 1
        isDropping = true
    }

    private mutating func reportUntimed(_ line: Line, log: inout DiagnosticLog) {
        log.addHabit(
            .error, "srt-untimed-text", at: TextPosition(line: line.number), found: "text before the first time: \(text.excerpt(line.range))",
            expected: "an index or a line of times", effect: "it belongs to no cue")
    }

    /// A number alone that stands before a line of times but is taken as text, because it does not look like an index.
    private func reportStray(_ index: PreviousLine?, log: inout DiagnosticLog) {
        guard index == nil, !isAfterBlank, let open, let previous, previous.line.range.upperBound == open.textEnd else { return }
        log.addHabit(
            .warning, "srt-no-blank", at: TextPosition(line: previous.line.number + 1), found: "a line of times right after text",
            expected: "a blank line and an index", effect: "a new cue begins")
    }

    // MARK: Indices

    /// The line before a line of times, when it is the index of the cue that begins there.
    private func indexLine() -> PreviousLine? {
        guard let previous, let index = previous.index else { return nil }
        let continues = index == lastIndex + 1
        if isAfterBlank { return continues && previous.isAfterBlank ? previous : nil }
        return previous.isAfterBlank || continues || open == nil ? previous : nil
    }

    /// What a line of digits alone may count to.
    static let largestIndex = 999_999_999_999

    private func number(_ content: Range<Int>) -> Int? {
        guard content.count <= 12 else { return nil }
        var value = 0
        for index in content {
            guard Byte.isDigit(text[index]) else { return nil }
            value = value * 10 + Int(text[index] &- 0x30)
        }
        return value
    }

    // MARK: Cues

    private mutating func close(before end: Int, into sink: inout some SubtitleSink, log: inout DiagnosticLog) {
        isDropping = false
        guard var cue = open else { return }
        open = nil
        cue.places.block = ByteRange(cue.blockStart..<end)
        cue.places.text = ByteRange(textRange(cue))
        if cue.places.text.isEmpty {
            log.addHabit(.warning, "srt-empty", at: TextPosition(line: cue.line), found: "a cue without text", effect: "it is kept")
        }
        sink.addCue(
            FoundCue(
                start: cue.timing.start.time, end: cue.timing.end.time, line: cue.line, places: cue.places, attributes: cue.attributes,
                isPlainlyTimed: cue.isPlainlyTimed), of: text)
    }

    /// From the first line that is not blank to the end of the last one.
    private func textRange(_ cue: OpenCue) -> Range<Int> {
        let start = cue.textStart ?? cue.textEnd
        return start..<max(start, cue.textEnd)
    }

    private mutating func remark(_ timing: TimingLine, _ index: PreviousLine?, _ line: Line, log: inout DiagnosticLog) {
        let place = TextPosition(line: line.number)
        SubRipRemarks.add(timing, text, at: place, log: &log)
        if let number = index?.index {
            if !indices.insert(number) {
                log.addHabit(
                    .warning, "srt-index-repeated", at: TextPosition(line: index?.line.number ?? line.number), found: "index \(number) again",
                    expected: "a new index", effect: "both cues are kept")
            }
            lastIndex = number
        } else {
            log.addHabit(.warning, "srt-no-index", at: place, found: "a cue without an index", effect: "it is kept")
            lastIndex += 1
        }
        if timing.start.time < latestStart {
            log.addHabit(
                .warning, "srt-order", at: place, found: "a cue that starts before an earlier one", effect: "the order of the file is kept")
        }
        latestStart = max(latestStart, timing.start.time)
    }
}
