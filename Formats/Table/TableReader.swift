import Timeline

/// Reads the rows of a table.
struct TableReader {
    /// The format, which codes of remarks and names of attributes begin with.
    private let name: String
    private let columns: TableColumns
    private var scanner: TableScanner
    private let media: String
    private var builder = CorpusBuilder()
    private var rowCount = 0
    private var kinds: [LayerKind] = []
    private var ids: Set<[String]> = []

    private let mediaColumn, layerColumn, kindColumn, idColumn, beginColumn, endColumn, durationColumn: Int?
    private let textColumn, speakerColumn, confidenceColumn, reviewColumn, vocabularyColumn: Int?
    private let carried: [Int]
    private let names: [String]
    /// What the columns that mostly repeat said in the row before.
    private var latestMedia, latestLayer, latestKind: (range: Range<Int>, text: String)?

    init(name: String, columns: TableColumns, scanner: TableScanner, media: String) {
        (self.name, self.columns, self.scanner, self.media) = (name, columns, scanner, media)
        (mediaColumn, layerColumn, kindColumn, idColumn) = (columns[.media], columns[.layer], columns[.kind], columns[.id])
        (beginColumn, endColumn, durationColumn) = (columns[.begin], columns[.end], columns[.duration])
        (textColumn, speakerColumn, confidenceColumn) = (columns[.text], columns[.speaker], columns[.confidence])
        (reviewColumn, vocabularyColumn) = (columns[.review], columns[.vocabulary])
        carried = columns.meanings.indices.filter { columns.meanings[$0] == nil }
        names = columns.names.map { "\(name).\($0)" }
    }

    /// The labels of all rows.
    ///
    /// - Parameters:
    ///   - width: fields of the header.
    ///   - separator: what parts the fields, where it is not the format's own.
    mutating func corpus(_ width: Int, _ separator: UInt8?, _ log: inout DiagnosticLog) -> Corpus {
        if let separator { builder.add(Attribute("\(name).separator", String(Character(Unicode.Scalar(separator))))) }
        while let row = scanner.next() {
            if row.fields.count == 1, row.fields[0].range.isEmpty, width > 1 {
                log.addHabit(.note, "\(name)-blank", at: TextPosition(line: row.line), found: "a blank line", effect: "it is passed over")
                continue
            }
            check(row, width, &log)
            add(row, &log)
        }
        return builder.corpus
    }

    private func check(_ row: TableScanner.Row, _ width: Int, _ log: inout DiagnosticLog) {
        let place = TextPosition(line: row.line)
        if row.fields.count < width {
            log.addHabit(.warning, "\(name)-fields", at: place, found: "\(row.fields.count) fields", expected: "\(width), as the header has", effect: "the missing ones are empty")
        } else if row.fields.count > width {
            log.add(.error, "\(name)-fields", at: place, found: "\(row.fields.count) fields", expected: "\(width), as the header has", effect: "the last ones are left out")
        }
        switch row.slip {
        case .open: log.add(.error, "\(name)-quote", at: place, found: "a quote that never closes", expected: "a second quote", effect: "quotes are read as characters from here on")
        case .stray: log.addHabit(.warning, "\(name)-quote", at: place, found: "a quote inside a field", expected: "quotes around the field, doubled inside", effect: "it is kept")
        case nil: break
        }
    }

    // MARK: Labels

    private mutating func add(_ row: TableScanner.Row, _ log: inout DiagnosticLog) {
        guard let span = span(row, &log), let kind = kind(row, &log) else { return }
        rowCount += 1
        let medium = Self.repeated(scanner, row, mediaColumn, &latestMedia) ?? media
        var attributes: [Attribute] = []
        for column in carried { if let value = string(row, column) { attributes.append(Attribute(names[column], value)) } }
        let label = Label(
            id: id(row, medium, &log), span: span, content: content(row, kind), confidence: confidence(row, &attributes, &log), review: review(row, &attributes, &log),
            attributes: attributes)
        let layer = Self.repeated(scanner, row, layerColumn, &latestLayer) ?? kind.rawValue
        let place = place(medium, layer, kind)
        builder.add(label, at: place)
    }

    private mutating func place(_ media: String, _ layer: String, _ kind: LayerKind) -> Int {
        let place = builder.place(media: media, layer: layer) { Layer(id: layer, kind: kind) }
        if place == kinds.count { kinds.append(kind) }
        // A layer holds one kind; labels of another get one beside it.
        return kinds[place] == kind ? place : self.place(media, "\(layer)-\(kind.rawValue)", kind)
    }

    /// The text of a field; nil when it is not there, or empty without quotes.
    private func string(_ row: TableScanner.Row, _ column: Int?) -> String? {
        guard let column, column < row.fields.count else { return nil }
        let field = row.fields[column]
        return field.range.isEmpty && !field.isQuoted ? nil : scanner.string(field)
    }

    /// The text of a field that is mostly the same as in the row before; nil when it is not there or empty.
    private static func repeated(
        _ scanner: TableScanner, _ row: TableScanner.Row, _ column: Int?, _ latest: inout (range: Range<Int>, text: String)?
    ) -> String? {
        guard let column, column < row.fields.count, !row.fields[column].range.isEmpty else { return nil }
        let field = row.fields[column]
        if let latest, latest.range.count == field.range.count, scanner.text[latest.range].elementsEqual(scanner.text[field.range]) { return latest.text }
        latest = (field.range, scanner.string(field))
        return latest?.text
    }

    private mutating func kind(_ row: TableScanner.Row, _ log: inout DiagnosticLog) -> LayerKind? {
        let stated = Self.repeated(scanner, row, kindColumn, &latestKind) ?? columns.kind
        if let kind = LayerKind(rawValue: stated), kind != .tracks { return kind }
        if let kind = LayerKind(rawValue: stated + "s"), kind != .tracks { return kind }
        log.add(
            .error, "\(name)-kind", at: TextPosition(line: row.line), found: "kind '\(stated.prefix(40))'", expected: "cues, words, phones, turns, emotions, tags or entities",
            effect: "the row is left out")
        return nil
    }

    private func content(_ row: TableScanner.Row, _ kind: LayerKind) -> Content {
        let (text, speaker, vocabulary) = (string(row, textColumn), string(row, speakerColumn), string(row, vocabularyColumn))
        switch kind {
        case .words: return .word(Word(text ?? "", speaker: speaker))
        case .phones: return .phone(Phone(text ?? "", alphabet: vocabulary))
        case .turns: return .turn(SpeakerTurn(speaker: speaker ?? "", text: text))
        case .emotions: return .emotion(Emotion(categories: text.map { [ScoredName($0)] } ?? []))
        case .tags: return .tag(Tag(text ?? "", vocabulary: vocabulary))
        case .entities: return .entity(Entity(text ?? "", kind: vocabulary ?? ""))
        case .cues, .tracks: return .cue(Cue(CueText(text ?? ""), speaker: speaker))
        }
    }

    private mutating func id(_ row: TableScanner.Row, _ media: String, _ log: inout DiagnosticLog) -> LabelID {
        guard let stated = string(row, idColumn), !stated.isEmpty, !LabelID(stated).isCounter else { return LabelID("r\(rowCount)") }
        if ids.insert([media, stated]).inserted { return LabelID(stated) }
        log.add(.warning, "\(name)-repeated", at: TextPosition(line: row.line), found: "the id '\(stated.prefix(60))' again", expected: "each id once", effect: "it is left out")
        return LabelID("r\(rowCount)")
    }

    private func confidence(_ row: TableScanner.Row, _ attributes: inout [Attribute], _ log: inout DiagnosticLog) -> Confidence? {
        guard let column = confidenceColumn, column < row.fields.count, !row.fields[column].range.isEmpty else { return nil }
        let field = row.fields[column]
        if let value = Double(scanner.text, scanner.text.trimmed(field.range)), let confidence = Confidence(value) { return confidence }
        log.addHabit(
            .warning, "\(name)-confidence", at: TextPosition(line: row.line), found: "confidence \(scanner.text.excerpt(field.range))", expected: "0 to 1",
            effect: "it is kept as an attribute")
        attributes.append(Attribute("\(name).\(columns.names[column])", scanner.string(field)))
        return nil
    }

    private func review(_ row: TableScanner.Row, _ attributes: inout [Attribute], _ log: inout DiagnosticLog) -> ReviewState {
        guard let column = reviewColumn, let stated = string(row, column), !stated.isEmpty else { return .candidate }
        if let review = ReviewState(rawValue: stated) { return review }
        log.addHabit(
            .warning, "\(name)-review", at: TextPosition(line: row.line), found: "review '\(stated.prefix(40))'", expected: ReviewState.allCases.map(\.rawValue).joined(separator: ", "),
            effect: "it is kept as an attribute")
        attributes.append(Attribute("\(name).\(columns.names[column])", stated))
        return .candidate
    }

    // MARK: Times

    private func span(_ row: TableScanner.Row, _ log: inout DiagnosticLog) -> Span? {
        guard let column = beginColumn, let begin = time(row, column) else {
            refuse(row, beginColumn, &log)
            return nil
        }
        let start = Timestamp(ticks: begin)
        var end: Timestamp?
        for (column, isDuration) in [(endColumn, false), (durationColumn, true)] where end == nil {
            guard let column, column < row.fields.count, !scanner.text.trimmed(row.fields[column].range).isEmpty else { continue }
            guard let ticks = time(row, column) else {
                refuse(row, column, &log)
                return nil
            }
            end = isDuration ? start + TimeDelta(ticks: ticks) : Timestamp(ticks: ticks)
        }
        guard let end else { return .open(start) }
        if let segment = Segment(start: start, end: end) { return .segment(segment) }
        if end < start {
            log.add(
                .warning, "\(name)-end", at: TextPosition(line: row.line), found: "an end before the start", expected: "a later end", effect: "the label stands at its start")
        }
        return .instant(start)
    }

    private func refuse(_ row: TableScanner.Row, _ column: Int?, _ log: inout DiagnosticLog) {
        let found = column.flatMap { $0 < row.fields.count ? scanner.text.excerpt(row.fields[$0].range) : nil } ?? "nothing"
        log.add(
            .error, "\(name)-time", at: TextPosition(line: row.line), found: "\(found) as \(column.map { columns.names[$0] } ?? "begin")",
            expected: "seconds such as 12.34, or a time such as 00:00:12.34", effect: "the row is left out")
    }

    /// Ticks; nil when the field holds no time.
    private func time(_ row: TableScanner.Row, _ column: Int) -> Int64? {
        guard column < row.fields.count else { return nil }
        let range = scanner.text.trimmed(row.fields[column].range)
        if let seconds = DecimalSeconds(scanner.text, range) {
            return columns.inMilliseconds.contains(column) ? seconds.ticks.scaled(by: 1, over: 1000) : seconds.ticks
        }
        guard let clock = ClockReading(scanner.text, at: range.lowerBound, before: range.upperBound), clock.range == range, clock.separator != .colon else { return nil }
        return clock.time.ticks
    }
}
