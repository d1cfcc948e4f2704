import Timeline

/// Reads the lines of one MOTChallenge file: frame, identity, left, top, width, height, and what the number of fields says of
/// the rest: confidence (7), class (8), visibility (9), or place in the world in three fields (10).
struct MOTReader {
    private let names: [String]
    private let clock: FrameClock
    private let options: ReadingOptions
    /// The layer's number in its document, and boxes without identity in the layers before.
    private var layerNumber: Int
    private(set) var boxesAlone: Int

    init(names: [String], clock: FrameClock, options: ReadingOptions, layerNumber: Int = 0, boxesAlone: Int = 0) {
        (self.names, self.clock, self.options, self.layerNumber, self.boxesAlone) = (names, clock, options, layerNumber, boxesAlone)
    }

    /// Attributes that many boxes share, made once.
    private static let ignored = [Attribute("mot.consider", "0")]
    private static let unsaid = [Attribute("mot.confidence", "-1")]

    mutating func layer(_ bytes: [UInt8], id: String, log: inout DiagnosticLog) throws(FormatError) -> Layer {
        let source = try TextSource(bytes, encodingName: options.encodingName, log: &log)
        let text = source.text
        var collector = TrackCollector(layer: layerNumber, boxesBefore: boxesAlone, categoryAttribute: "mot.class")
        var state = State()
        let base = firstFrame(source)
        if base == 0 {
            log.add(.warning, "mot-base", found: "a frame 0", expected: "frames counted from 1", effect: "the frames of the file are counted from 0")
        }
        for line in LineScanner(text, from: source.start) {
            let content = text.trimmed(line.range)
            guard !content.isEmpty else { continue }
            let row = MOTRow(text, content)
            add(row, text, line, base, &state, to: &collector, &log)
        }
        var attributes: [Attribute] = []
        if let columns = state.columns, columns != 9 { attributes.append(Attribute("mot.columns", String(columns))) }
        if base == 0 { attributes.append(Attribute("mot.base", "0")) }
        if state.isByFrame, state.hasOtherOrder { attributes.append(Attribute("mot.order", "frame")) }
        let labels = collector.finish()
        if collector.repeats > 0 {
            log.add(.warning, "mot-repeated", found: "\(collector.repeats) boxes of an identity that has another in the same frame", effect: "each is a label of its own")
        }
        boxesAlone = collector.boxesAlone
        layerNumber += 1
        return Layer(id: id, kind: .tracks, labels: labels, attributes: attributes)
    }

    /// What is known of the file so far.
    private struct State {
        /// Fields of the first line.
        var columns: Int?
        /// Whether frames never fell.
        var isByFrame = true
        /// Whether a line belongs to another identity than the one before, in another frame.
        var hasOtherOrder = false
        var latest: (frame: Int, identity: Int)?
        var lines = 0

        mutating func see(_ frame: Int, _ identity: Int) {
            if let latest {
                if frame < latest.frame { isByFrame = false }
                if identity != latest.identity, identity >= 0 { hasOtherOrder = true }
            }
            latest = (frame, identity)
        }
    }

    /// 0 where a line that is read states frame 0, else 1.
    private func firstFrame(_ source: TextSource) -> Int {
        let text = source.text
        for line in LineScanner(text, from: source.start) {
            let start = text.trimmed(line.range).lowerBound
            guard start < line.range.upperBound, text[start] == .ascii("0") else { continue }
            let row = MOTRow(text, text.trimmed(line.range))
            if row.frame == 0, row.identity != nil, row.box != nil { return 0 }
        }
        return 1
    }

    private func add(
        _ row: MOTRow, _ text: [UInt8], _ line: Line, _ base: Int, _ state: inout State, to collector: inout TrackCollector, _ log: inout DiagnosticLog
    ) {
        let position = TextPosition(line: line.number)
        state.lines += 1
        guard row.count >= 6 else {
            return log.add(.error, "mot-fields", at: position, found: "\(row.count) fields", expected: "6 to 10", effect: "the line is left out")
        }
        guard let frame = row.frame, let identity = row.identity, let box = row.box, frame >= base, let time = clock.time(frame - base) else {
            if state.lines == 1, row.number(0) == nil, row.number(2) == nil {
                return log.add(.warning, "mot-header", at: position, found: "a line of names", expected: "numbers", effect: "it is passed over")
            }
            return log.add(
                .error, "mot-line", at: position, found: text.excerpt(text.trimmed(line.range)), expected: "frame, identity, left, top, width, height as numbers",
                effect: "the line is left out")
        }
        remark(row, box, position, &state, &log)
        state.see(frame, identity)
        var keyframe = Keyframe(time: time, shape: .box(box))
        let isKnown = readRest(row, position, into: &keyframe, &log)
        let category = row.count == 8 || row.count == 9 ? self.category(row) : ""
        if !isKnown { log.addHabit(.warning, "mot-number", at: position, found: "fields that are no numbers", expected: "numbers", effect: "they are kept as attributes") }
        collector.add(keyframe, of: identity < 0 ? nil : identity, category: category)
    }

    private func remark(_ row: MOTRow, _ box: Box, _ position: TextPosition, _ state: inout State, _ log: inout DiagnosticLog) {
        if row.separator != .comma { log.addHabit(.warning, "mot-separator", at: position, found: "fields parted by blanks or semicolons", expected: "commas", effect: "read as such") }
        if row.count > MOTRow.limit { log.addHabit(.warning, "mot-fields", at: position, found: "\(row.count) fields", expected: "6 to 10", effect: "the others are kept as an attribute") }
        if box.width < 0 || box.height < 0 { log.addHabit(.warning, "mot-size", at: position, found: "a box of negative size", expected: "zero or more", effect: "it is kept") }
        if let columns = state.columns {
            if columns != row.count { log.addHabit(.warning, "mot-columns", at: position, found: "\(row.count) fields", expected: "\(columns) as in the first line", effect: "each line is read by its own") }
        } else {
            state.columns = row.count
        }
    }

    /// Reads from the seventh field on. False when one of them is no number.
    private func readRest(_ row: MOTRow, _ position: TextPosition, into keyframe: inout Keyframe, _ log: inout DiagnosticLog) -> Bool {
        guard row.count > 6 else { return true }
        var isKnown = true
        if row.has(6, "1") {
        } else if row.has(6, "0") {
            keyframe.attributes = Self.ignored
        } else if row.has(6, "-1") {
            keyframe.attributes = Self.unsaid
        } else if let value = row.number(6), let confidence = Confidence(value) {
            keyframe.confidence = confidence
        } else {
            isKnown = row.number(6) != nil
            keyframe.attributes.append(Attribute("mot.confidence", row.string(6)))
        }
        if row.count == 9 { isKnown = readVisibility(row, into: &keyframe) && isKnown }
        if row.count >= 10, !(row.has(7, "-1") && row.has(8, "-1") && row.has(9, "-1")) {
            keyframe.attributes.append(Attribute("mot.world", "\(row.string(7)),\(row.string(8)),\(row.string(9))"))
        }
        if !row.rest.isEmpty { keyframe.attributes.append(Attribute("mot.rest", row.restText)) }
        return isKnown
    }

    private func readVisibility(_ row: MOTRow, into keyframe: inout Keyframe) -> Bool {
        if row.has(8, "1") || row.has(8, "1.0") { return true }
        guard let value = row.number(8) else {
            keyframe.attributes.append(Attribute("mot.visibility", row.string(8)))
            return false
        }
        if value == 0 { keyframe.state = .occluded }
        if value != 0, value != 1 { keyframe.attributes.append(Attribute("mot.visibility", row.string(8))) }
        return true
    }

    /// The name of the class in the eighth field; its number where it has no name, and nothing for -1.
    private func category(_ row: MOTRow) -> String {
        guard let number = row.whole(7) else { return row.string(7) }
        guard number != -1 else { return "" }
        return number >= 1 && number <= names.count ? names[number - 1] : String(number)
    }
}
