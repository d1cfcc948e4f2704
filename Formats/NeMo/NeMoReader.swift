import Timeline

/// Reads the lines of a NeMo manifest.
struct NeMoReader: LineReading {
    private var lineCount = 0
    private var kinds: [Int: LayerKind] = [:]
    /// Stated ids with their media.
    private var ids: Set<[String]> = []

    init(media: String, options: ReadingOptions) {}

    mutating func read(_ line: Line, of text: [UInt8], into sink: inout some LabelSink, log: inout DiagnosticLog) {
        guard let record = JSONLines.record(line.range, of: text, number: line.number, log: &log, { (json) throws(FormatError) in try NeMoRecord(&json) }) else { return }
        guard let path = record.path, !path.isEmpty else {
            return refuse(record, "a line without audio_filepath", "the path of a sound file", &log)
        }
        if let duration = record.duration, duration < 0 { return refuse(record, "a duration below zero", "seconds, or null for all of the file", &log) }
        lineCount += 1
        remark(record, &log)
        let content = content(record)
        let label = Label(
            id: id(record, path, &log), span: span(record, &log), content: content, confidence: record.confidence.flatMap { Confidence($0) },
            attributes: attributes(record))
        sink.add(label, at: place(path, record.layer ?? NeMo.layer(content.kind), content.kind, &sink))
    }

    private func content(_ record: NeMoRecord) -> Content {
        if isTag(record) { return .tag(Tag(record.label ?? "", vocabulary: record.vocabulary)) }
        return .turn(SpeakerTurn(speaker: record.speaker ?? "", text: record.text))
    }

    /// A class alone; `infer` only says that there is something to find.
    private func isTag(_ record: NeMoRecord) -> Bool { record.text == nil && record.speaker == nil && record.label != nil && record.label != "infer" }

    private mutating func place(_ path: String, _ layer: String, _ kind: LayerKind, _ sink: inout some LabelSink) -> Int {
        let place = sink.place(media: path, layer: layer) { Layer(id: layer, kind: kind) }
        guard let known = kinds[place] else {
            kinds[place] = kind
            return place
        }
        // A layer holds one kind; labels of another get one beside it.
        return known == kind ? place : self.place(path, "\(layer)-\(kind.rawValue)", kind, &sink)
    }

    private mutating func id(_ record: NeMoRecord, _ path: String, _ log: inout DiagnosticLog) -> LabelID {
        guard let stated = record.id, !LabelID(stated).isCounter else { return LabelID("n\(lineCount)") }
        if ids.insert([path, stated]).inserted { return LabelID(stated) }
        log.addHabit(.warning, "nemo-repeated", at: record.position, found: "the id '\(stated.prefix(60))' again", expected: "each id once", effect: "it is left out")
        return LabelID("n\(lineCount)")
    }

    private func attributes(_ record: NeMoRecord) -> [Attribute] {
        var attributes = record.others
        if record.pathName != NeMo.paths[0] { attributes.append(Attribute("nemo.path", record.pathName)) }
        if record.offset == nil { attributes.append(Attribute("nemo.offset", "none")) }
        if let label = record.label, !isTag(record) { attributes.append(Attribute("nemo.label", label)) }
        if let vocabulary = record.vocabulary, !isTag(record) { attributes.append(Attribute("nemo.vocabulary", vocabulary)) }
        return attributes
    }

    private func span(_ record: NeMoRecord, _ log: inout DiagnosticLog) -> Span {
        let start = Timestamp(ticks: record.offset ?? 0)
        guard let duration = record.duration else { return .open(start) }
        if let segment = Segment(start: start, end: start + TimeDelta(ticks: duration)) { return .segment(segment) }
        log.addHabit(.warning, "nemo-duration", at: record.position, found: "a duration of zero", expected: "seconds above zero", effect: "the label stands at its start")
        return .instant(start)
    }

    private func remark(_ record: NeMoRecord, _ log: inout DiagnosticLog) {
        if record.isNumberInText {
            log.addHabit(.warning, "nemo-number", at: record.position, found: "a number in quotes", expected: "a number", effect: "it is read as one")
        }
        if record.isTextNumber {
            log.addHabit(.warning, "nemo-text", at: record.position, found: "a number in place of a text", expected: "a string", effect: "its digits are the text")
        }
        if let offset = record.offset, offset < 0 {
            log.addHabit(.warning, "nemo-offset", at: record.position, found: "an offset below zero", expected: "zero or more", effect: "it is kept")
        }
    }

    private func refuse(_ record: NeMoRecord, _ found: String, _ expected: String, _ log: inout DiagnosticLog) {
        log.add(.error, "nemo-line", at: record.position, found: found, expected: expected, effect: "the line is left out")
    }
}
