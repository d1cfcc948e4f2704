import Timeline

/// Builds documents from the records of a manifest, one for each recording.
struct LhotseReader {
    private let bytes: [UInt8]
    private let media: String
    private(set) var log: DiagnosticLog
    private var documents: [Document] = []
    private var numbers: [String: Int] = [:]
    /// For each document its ids and its layers.
    private var states: [State] = []
    private var manifest: String?
    private var latestDocument: Int?

    private struct State {
        var ids: Set<String> = []
        /// The name in the file, the kind, and the number of the layer.
        var layers: [(name: String, kind: LayerKind, number: Int)] = []
        var itemCount = 0
    }

    init(_ bytes: [UInt8], file: String, media: String, log: DiagnosticLog) { (self.bytes, self.media, self.log) = (bytes, media, log) }

    mutating func corpus() throws(FormatError) -> Corpus {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let isArray = bytes[start...].first { $0 > Byte.space } == .ascii("[")
        if isArray { readArray() } else { readLines() }
        if documents.isEmpty, let first = log.diagnostics.first(where: { $0.severity == .error }) {
            throw FormatError(.noLabels, file: log.file, at: first.position, found: "a manifest without a record that can be read; first: \(first.message)", expected: "at least one record")
        }
        var attributes = [Attribute("lhotse.manifest", manifest ?? "supervisions")]
        if isArray { attributes.append(Attribute("lhotse.layout", "array")) }
        return Corpus(documents, attributes: attributes)
    }

    private mutating func readLines() {
        var log = log
        JSONLines(bytes, file: log.file).forEach(log: &log) { (json) throws(FormatError) in
            try json.next()
            return try LhotseRecord(&json)
        } use: { record, _, log in
            add(record, &log)
        }
        self.log = log
    }

    private mutating func readArray() {
        var log = log
        do throws(FormatError) {
            var json = try JSONTokenizer(bytes, file: log.file)
            try json.nextArray()
            while try json.next() != .endArray { add(try LhotseRecord(&json), &log) }
            try json.finish()
            json.remark(to: &log)
        } catch {
            log.add(
                .error, "json-line", at: error.diagnostic.position, found: error.diagnostic.found, expected: error.diagnostic.expected,
                effect: "what comes after it is left out")
        }
        self.log = log
    }

    // MARK: Records

    private mutating func add(_ record: LhotseRecord, _ log: inout DiagnosticLog) {
        if record.isRecording { addRecording(record) } else if record.isCut { addCut(record, &log) } else { addSupervision(record, Origin(), &log) }
    }

    private mutating func document(_ name: String) -> Int {
        // Neighbours mostly share their recording.
        if let last = latestDocument, last < documents.count, documents[last].media.name == name { return last }
        if let known = numbers[name] {
            latestDocument = known
            return known
        }
        numbers[name] = documents.count
        documents.append(Document(media: Media(name: name)))
        states.append(State())
        return documents.count - 1
    }

    private mutating func layer(_ id: String, _ kind: LayerKind, of document: Int) -> Int {
        if let known = states[document].layers.first(where: { $0.kind == kind && $0.name == id }) { return known.number }
        let taken = documents[document].layers.contains { $0.id == id }
        documents[document].layers.append(Layer(id: taken ? "\(id)-\(kind.rawValue)" : id, kind: kind))
        states[document].layers.append((id, kind, documents[document].layers.count - 1))
        return documents[document].layers.count - 1
    }

    private mutating func addRecording(_ record: LhotseRecord) {
        manifest = manifest ?? "recordings"
        let number = document(record.id ?? media)
        documents[number].media.duration = record.duration.map { TimeDelta(ticks: $0) }
        documents[number].media.sound = SoundStream(sampleRate: record.samplingRate.flatMap { Int(exactly: $0) }, channelCount: record.channelCount)
        documents[number].attributes.append(Attribute("lhotse.recording", bytes.string(record.range)))
    }

    /// Where the supervisions of a cut stand.
    private struct Origin {
        var cut: String?
        var track: Int?
        /// The recording that a cut of one has; the cut itself for a mixed one.
        var media: String?
        /// What is added to times of supervisions and of alignments.
        var shift: Int64 = 0
        var alignmentShift: Int64 = 0
    }

    private mutating func addCut(_ record: LhotseRecord, _ log: inout DiagnosticLog) {
        manifest = manifest ?? "cuts"
        let id = record.id ?? "cut-\(documents.count)"
        guard let tracks = record.tracks else {
            let recording = record.recordingID ?? record.supervisions?.first?.recordingID ?? id
            let begin = record.start ?? 0
            let name = addCutLabel(record, id, recording, begin, record.duration, &log)
            for supervision in record.supervisions ?? [] { addSupervision(supervision, Origin(cut: name, media: recording, shift: begin), &log) }
            return
        }
        let ends = tracks.map { $0.offset.addingReportingOverflow($0.cut?.duration ?? 0).partialValue }
        let name = addCutLabel(record, id, id, 0, ends.max(), &log)
        for (index, track) in tracks.enumerated() {
            let origin = Origin(cut: name, track: index, media: id, shift: track.offset, alignmentShift: track.offset - (track.cut?.start ?? 0))
            for supervision in track.cut?.supervisions ?? [] { addSupervision(supervision, origin, &log) }
        }
    }

    /// Adds the label that carries what is said of a cut, its supervisions left out.
    private mutating func addCutLabel(
        _ record: LhotseRecord, _ id: String, _ recording: String, _ start: Int64, _ duration: Int64?, _ log: inout DiagnosticLog
    ) -> String {
        let number = document(recording)
        var rest: [UInt8] = []
        var position = record.range.lowerBound
        for list in record.supervisionLists.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            rest += bytes[position..<list.lowerBound] + "[]".utf8
            position = list.upperBound
        }
        rest += bytes[position..<record.range.upperBound]
        let name = unique(id, in: number, record.position, &log)
        let label = Label(
            id: LabelID(name), span: span(start, duration, record.position, &log), content: .tag(Tag(record.type ?? "MonoCut", vocabulary: "lhotse")),
            attributes: [Attribute("lhotse.cut", String(decoding: rest, as: UTF8.self))])
        let place = layer(Lhotse.cutLayer, .tags, of: number)
        documents[number].layers[place].labels.append(label)
        return name
    }

    private mutating func addSupervision(_ record: LhotseRecord, _ origin: Origin, _ log: inout DiagnosticLog) {
        manifest = manifest ?? "supervisions"
        guard let start = record.start else {
            return log.add(.error, "lhotse-line", at: record.position, found: "a supervision without a start", expected: "seconds", effect: "it is left out")
        }
        let recording = origin.media ?? record.recordingID
        if recording == nil {
            log.addHabit(
                .warning, "lhotse-recording", at: record.position, found: "a supervision without recording_id", expected: "the id of a recording",
                effect: "it counts to '\(media)'")
        }
        if record.isNumberInText {
            log.addHabit(.warning, "lhotse-number", at: record.position, found: "a number in quotes", expected: "a number", effect: "it is read as one")
        }
        let number = document(recording ?? media)
        let id = unique(record.id ?? "", in: number, record.position, &log)
        if !record.custom.isContainer {
            let label = Label(
                id: LabelID(id), span: span(start.addingReportingOverflow(origin.shift).partialValue, record.duration, record.position, &log),
                content: .turn(SpeakerTurn(speaker: record.speaker ?? "", text: record.text)), confidence: record.custom.confidence.flatMap { Confidence($0) },
                attributes: attributes(record, id, origin, &log))
            let place = layer(record.custom.layer ?? Lhotse.layer, .turns, of: number)
            documents[number].layers[place].labels.append(label)
        }
        addItems(record, record.custom.isContainer ? nil : id, origin, to: number, &log)
    }

    private mutating func addItems(_ record: LhotseRecord, _ supervision: String?, _ origin: Origin, to number: Int, _ log: inout DiagnosticLog) {
        let attributes = supervision.map { [Attribute("lhotse.supervision", $0)] } ?? []
        for (name, items) in record.alignment {
            let (kind, ids) = (LhotseAlignmentName.kind(name), record.custom.ids[name] ?? [])
            let place = layer(LhotseAlignmentName.layer(name), kind, of: number)
            for (index, item) in items.enumerated() {
                states[number].itemCount += 1
                let stated = index < ids.count ? ids[index] : nil
                let id = stated.map { unique($0, in: number, record.position, &log) } ?? "w\(states[number].itemCount)"
                let start = item.start.addingReportingOverflow(origin.alignmentShift).partialValue
                let content: Content = kind == .phones ? .phone(Phone(item.symbol)) : .word(Word(item.symbol, speaker: record.speaker))
                documents[number].layers[place].labels.append(
                    Label(
                        id: LabelID(id), span: Self.span(start, item.duration), content: content, confidence: item.score.flatMap { Confidence($0) },
                        attributes: item.score.map { Confidence($0) == nil ? attributes + [Attribute("lhotse.score", "\($0)")] : attributes } ?? attributes))
            }
        }
    }

    // MARK: Parts of labels

    private func attributes(_ record: LhotseRecord, _ id: String, _ origin: Origin, _ log: inout DiagnosticLog) -> [Attribute] {
        var attributes: [Attribute] = []
        attributes.reserveCapacity(4)
        func keep(_ name: String, _ value: String?) { if let value { attributes.append(Attribute(name, value)) } }
        keep("lhotse.cut", origin.cut)
        keep("lhotse.track", origin.track.map { "\($0)" })
        if origin.media != nil, record.recordingID != origin.media { keep("lhotse.recording", record.recordingID) }
        if let stated = record.id, stated != id { keep("lhotse.id", stated) }
        keep("lhotse.channel", record.channel.map(bytes.string))
        keep("lhotse.language", record.language)
        keep("lhotse.gender", record.gender)
        if !record.custom.rest.isEmpty { keep("lhotse.custom", "{\(String(decoding: record.custom.rest, as: UTF8.self))}") }
        for (name, value) in record.others {
            log.addHabit(
                .warning, "lhotse-key", at: record.position, found: "the member \"\(name.prefix(40))\"", expected: "members of a supervision; others stand in custom",
                effect: "it is carried")
            attributes.append(Attribute("lhotse.+\(name)", bytes.string(value)))
        }
        return attributes
    }

    /// The id, with a number behind it where the document has it already.
    private mutating func unique(_ id: String, in number: Int, _ position: TextPosition, _ log: inout DiagnosticLog) -> String {
        if id.isEmpty {
            states[number].itemCount += 1
            return "w\(states[number].itemCount)"
        }
        if states[number].ids.insert(id).inserted { return id }
        log.add(.warning, "lhotse-repeated", at: position, found: "the id '\(id.prefix(60))' again", expected: "each id once", effect: "it gets a number")
        var (next, name) = (2, "\(id)-2")
        while !states[number].ids.insert(name).inserted {
            next += 1
            name = "\(id)-\(next)"
        }
        return name
    }

    private func span(_ start: Int64, _ duration: Int64?, _ position: TextPosition, _ log: inout DiagnosticLog) -> Span {
        guard let duration else {
            log.add(.warning, "lhotse-duration", at: position, found: "no duration", expected: "seconds above zero", effect: "the end is open")
            return .open(Timestamp(ticks: start))
        }
        if duration <= 0 {
            log.add(
                .warning, "lhotse-duration", at: position, found: duration < 0 ? "a duration below zero" : "a duration of zero", expected: "seconds above zero",
                effect: "the label stands at its start")
        }
        return Self.span(start, duration)
    }

    private static func span(_ start: Int64, _ duration: Int64) -> Span {
        let begin = Timestamp(ticks: start)
        return Segment(start: begin, end: begin + TimeDelta(ticks: duration)).map(Span.segment) ?? .instant(begin)
    }
}
