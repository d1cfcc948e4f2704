import Timeline

/// Reads the tables of a Kaldi data directory.
struct KaldiReader {
    let folder: any LabelFolder
    let name: String
    let options: ReadingOptions
    private(set) var diagnostics: [Diagnostic] = []

    private var utterances: [Utterance] = []
    private var utteranceNumbers: [String: Int] = [:]
    private var recordings: [Document] = []
    private var recordingNumbers: [String: Int] = [:]
    private var attributes: [Attribute] = []

    private struct Utterance {
        let id: String
        let recording: Int
        var span: Span
        var speaker: String?
        var text: String?
        var attributes: [Attribute] = []
    }

    init(folder: any LabelFolder, name: String, options: ReadingOptions) { (self.folder, self.name, self.options) = (folder, name, options) }

    mutating func corpus() throws(FormatError) -> Corpus {
        try readRecordings()
        try readUtterances()
        try readText()
        try readSpeakers()
        for file in folder.paths where Kaldi.isUtteranceTable(file) && !["utt2spk", "utt2dur"].contains(file) { try readUtteranceFacts(file) }
        try readDurations()
        for file in folder.paths where Kaldi.isSpeakerTable(file) && file != "spk2utt" {
            try each(file) { reader, table, row in reader.attributes.append(Attribute("kaldi.\(file)", "\(row.key) \(table.string(row))")) }
        }
        remarkOnOthers()
        return Corpus(documents(), attributes: attributes)
    }

    // MARK: Tables

    /// Calls a body with every row of a file, if the file is there.
    private mutating func each(
        _ file: String, _ body: (inout KaldiReader, inout KaldiTable, KaldiTable.Row) throws(FormatError) -> Void
    ) throws(FormatError) {
        guard folder.paths.contains(file) else { return }
        var table = try KaldiTable(try folder.read(file, limit: LabelInput.sizeLimit), file: "\(name)/\(file)", encodingName: options.encodingName)
        for row in table.rows { try body(&self, &table, row) }
        diagnostics += table.log.diagnostics
    }

    private mutating func recording(_ id: String) -> Int {
        if let known = recordingNumbers[id] { return known }
        recordingNumbers[id] = recordings.count
        recordings.append(Document(media: Media(name: id)))
        return recordings.count - 1
    }

    private mutating func readRecordings() throws(FormatError) {
        try each("wav.scp") { reader, table, row in
            let (number, path) = (reader.recording(row.key), table.string(row))
            if path != row.key { reader.recordings[number].attributes.append(Attribute("kaldi.wav.scp", path)) }
        }
        try each("reco2dur") { reader, table, row in
            guard let seconds = DecimalSeconds(table.text, row.value), seconds.ticks >= 0 else {
                return table.remark(.error, "kaldi-line", row, "duration \(table.text.excerpt(row.value))", "seconds such as 12.34", "the line is left out")
            }
            reader.recordings[reader.recording(row.key)].media.duration = TimeDelta(ticks: seconds.ticks)
        }
        for file in folder.paths where file.hasPrefix("reco2") && Kaldi.isRecordingTable(file) && file != "reco2dur" {
            try each(file) { reader, table, row in
                reader.recordings[reader.recording(row.key)].attributes.append(Attribute("kaldi.\(file)", table.string(row)))
            }
        }
    }

    // MARK: Utterances

    private mutating func add(_ id: String, _ recording: Int, _ span: Span) {
        utteranceNumbers[id] = utterances.count
        utterances.append(Utterance(id: id, recording: recording, span: span))
    }

    /// From `segments`; where there are none, each recording is one utterance.
    private mutating func readUtterances() throws(FormatError) {
        guard !folder.paths.contains("segments") else {
            let hasRecordings = folder.paths.contains("wav.scp")
            return try each("segments") { reader, table, row in reader.readSegment(&table, row, hasRecordings) }
        }
        attributes.append(Attribute("kaldi.whole", "1"))
        for file in ["utt2spk", "text"] where utterances.isEmpty {
            try each(file) { reader, table, row in
                let number = reader.recording(row.key)
                let whole = reader.recordings[number].media.duration.flatMap { Segment(start: .zero, end: .zero + $0) }
                reader.add(row.key, number, whole.map(Span.segment) ?? .open(.zero))
            }
        }
    }

    private mutating func readSegment(_ table: inout KaldiTable, _ row: KaldiTable.Row, _ hasRecordings: Bool) {
        let fields = LineFields(table.text, row.value)
        guard fields.count == 3 else {
            return table.remark(.error, "kaldi-line", row, "\(fields.count + 1) fields", "utterance, recording, start and end", "the line is left out")
        }
        guard let start = DecimalSeconds(table.text, fields[1]), let end = DecimalSeconds(table.text, fields[2]) else {
            let found = "times \(table.text.excerpt(fields[1])) and \(table.text.excerpt(fields[2]))"
            return table.remark(.error, "kaldi-line", row, found, "seconds such as 12.34", "the line is left out")
        }
        let recording = table.text.string(fields[0])
        if hasRecordings, recordingNumbers[recording] == nil {
            table.remark(.warning, "kaldi-recording", row, "recording '\(recording.prefix(60))'", "one of wav.scp", "the utterance is kept")
        }
        if start.ticks < 0 { table.remark(.warning, "kaldi-segment", row, "a start before zero", "zero or more", "it is kept") }
        add(row.key, self.recording(recording), span(&table, row, start, end, table.text.string(fields[2])))
    }

    private func span(_ table: inout KaldiTable, _ row: KaldiTable.Row, _ start: DecimalSeconds, _ end: DecimalSeconds, _ stated: String) -> Span {
        let begin = Timestamp(ticks: start.ticks)
        // -1 stands for the end of the recording (extract-segments).
        if end.ticks == -ticksPerSecond { return .open(begin) }
        if let segment = Segment(start: begin, end: Timestamp(ticks: end.ticks)) { return .segment(segment) }
        table.remark(.warning, "kaldi-segment", row, "the end \(stated) that is not after the start", "a later end", "the utterance stands at its start")
        return .instant(begin)
    }

    // MARK: What is said of utterances

    private func number(_ table: inout KaldiTable, _ row: KaldiTable.Row) -> Int? {
        if let number = utteranceNumbers[row.key] { return number }
        table.remark(.error, "kaldi-utterance", row, "utterance '\(row.key.prefix(60))'", "one of segments", "the line is left out")
        return nil
    }

    private mutating func readText() throws(FormatError) {
        try each("text") { reader, table, row in
            if let number = reader.number(&table, row) { reader.utterances[number].text = table.string(row) }
        }
    }

    private mutating func readUtteranceFacts(_ file: String) throws(FormatError) {
        try each(file) { reader, table, row in
            if let number = reader.number(&table, row) { reader.utterances[number].attributes.append(Attribute("kaldi.\(file)", table.string(row))) }
        }
    }

    private mutating func readSpeakers() throws(FormatError) {
        try each("utt2spk") { reader, table, row in
            guard let number = reader.number(&table, row) else { return }
            let speaker = table.string(row)
            // Where no speaker is known, the utterance stands for one.
            reader.utterances[number].speaker = speaker == row.key ? "" : speaker
            if !row.key.hasPrefix(speaker) {
                table.log.addHabit(
                    .note, "kaldi-prefix", at: TextPosition(line: row.line), found: "utterance '\(row.key.prefix(60))' of speaker '\(speaker.prefix(60))'",
                    expected: "ids of utterances that begin with their speaker, so that both sort alike", effect: "it is kept")
            }
        }
        guard folder.paths.contains("utt2spk") else { return try readSpeakersOnly() }
        for utterance in utterances where utterance.speaker == nil {
            diagnostics.append(
                Diagnostic(.warning, "kaldi-missing", file: "\(name)/utt2spk", found: "no speaker of '\(utterance.id.prefix(60))'", expected: "one", effect: "the speaker is unknown"))
            if diagnostics.count > DiagnosticLog.limit { break }
        }
        try checkSpeakers()
    }

    /// The speakers by `spk2utt` alone.
    private mutating func readSpeakersOnly() throws(FormatError) {
        try each("spk2utt") { reader, table, row in
            for id in table.string(row).split(separator: " ") {
                if let number = reader.utteranceNumbers[String(id)] { reader.utterances[number].speaker = id == row.key ? "" : row.key }
            }
        }
    }

    /// Remarks where `spk2utt` says other than `utt2spk`.
    private mutating func checkSpeakers() throws(FormatError) {
        try each("spk2utt") { reader, table, row in
            let wrong = table.string(row).split(separator: " ").first { id in
                reader.utteranceNumbers[String(id)].map { reader.utterances[$0].speaker != row.key && String(id) != row.key } ?? true
            }
            if let wrong {
                table.remark(.warning, "kaldi-spk2utt", row, "utterance '\(wrong.prefix(60))' of '\(row.key.prefix(60))'", "what utt2spk says", "utt2spk counts")
            }
        }
    }

    private mutating func readDurations() throws(FormatError) {
        guard folder.paths.contains("utt2dur") else { return }
        attributes.append(Attribute("kaldi.file", "utt2dur"))
        try each("utt2dur") { reader, table, row in
            guard let number = reader.number(&table, row) else { return }
            guard let seconds = DecimalSeconds(table.text, row.value) else {
                return table.remark(.error, "kaldi-line", row, "duration \(table.text.excerpt(row.value))", "seconds such as 12.34", "the line is left out")
            }
            let begin = reader.utterances[number].span.start
            if case .open(begin) = reader.utterances[number].span, let whole = Segment(start: begin, end: begin + TimeDelta(ticks: seconds.ticks)) {
                reader.utterances[number].span = .segment(whole)
            }
            if reader.utterances[number].span.end - begin != TimeDelta(ticks: seconds.ticks) {
                reader.utterances[number].attributes.append(Attribute("kaldi.utt2dur", table.string(row)))
            }
        }
    }

    private mutating func remarkOnOthers() {
        for file in folder.paths where !["segments", "text", "spk2utt"].contains(file) {
            guard !Kaldi.isUtteranceTable(file), !Kaldi.isSpeakerTable(file), !Kaldi.isRecordingTable(file) else { continue }
            diagnostics.append(Diagnostic(.note, "kaldi-file", file: "\(name)/\(file)", found: "a file that holds no labels", effect: "it is passed over"))
            if diagnostics.count > DiagnosticLog.limit { return }
        }
    }

    // MARK: Documents

    private func documents() -> [Document] {
        var documents = recordings
        for utterance in utterances {
            let speaker = utterance.speaker ?? ""
            let id = KaldiUtteranceID.label(utterance.id, speaker: speaker, recording: documents[utterance.recording].media.name)
            if documents[utterance.recording].layers.isEmpty { documents[utterance.recording].layers.append(Layer(id: "utterances", kind: .turns)) }
            documents[utterance.recording].layers[0].labels.append(
                Label(
                    id: LabelID(id), span: utterance.span, content: .turn(SpeakerTurn(speaker: speaker, text: utterance.text)), attributes: utterance.attributes))
        }
        return documents
    }
}

/// How the ids of labels become ids of utterances, which are unique in the whole directory, and back.
///
/// An id that only counts, such as `r7`, has the speaker and the recording before it: `Ann-talk-r7`. A stated id that several
/// recordings use has them before two hyphens. Any other stays as it is.
enum KaldiUtteranceID {
    static func utterance(_ id: LabelID, speaker: String, recording: String, isRepeated: Bool) -> String {
        let prefix = prefix(speaker, recording)
        return id.isCounter ? prefix + id.name : isRepeated ? "\(prefix)-\(id.name)" : id.name
    }

    static func label(_ utterance: String, speaker: String, recording: String) -> String {
        let prefix = prefix(speaker, recording)
        guard utterance.hasPrefix(prefix) else { return utterance }
        let rest = String(utterance.dropFirst(prefix.count))
        if LabelID(rest).isCounter { return rest }
        return rest.hasPrefix("-") && rest.count > 1 ? String(rest.dropFirst()) : utterance
    }

    private static func prefix(_ speaker: String, _ recording: String) -> String { speaker.isEmpty ? "\(recording)-" : "\(speaker)-\(recording)-" }
}
