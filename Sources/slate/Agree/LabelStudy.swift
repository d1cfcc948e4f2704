import Agreement
import Formats
import Timeline

/// Reads label files of several annotators about the same recordings.
struct LabelStudy {
    private let options: AgreeOptions
    private let annotators: [String]
    /// Names of the recordings, and the documents of every annotator for each.
    private let recordings: [(name: String, documents: [Document])]
    /// Recordings that some annotator does not have.
    let skipped: [String]

    /// - Parameter files: the annotators' labels, one corpus each, under the names to call them by.
    init(_ files: [(name: String, corpus: Corpus)], _ options: AgreeOptions) {
        (self.options, annotators) = (options, files.map(\.name))
        if files.allSatisfy({ $0.corpus.documents.count == 1 }) {
            let documents = files.map { $0.corpus.documents[0] }
            (recordings, skipped) = ([(documents[0].media.name, documents)], [])
            return
        }
        let byName = files.map { Dictionary($0.corpus.documents.map { ($0.media.name, $0) }, uniquingKeysWith: { first, _ in first }) }
        let names = Set(byName.flatMap(\.keys)).sorted()
        recordings = names.compactMap { name in
            let documents = byName.compactMap { $0[name] }
            return documents.count == files.count ? (name, documents) : nil
        }
        let kept = Set(recordings.map(\.name))
        skipped = names.filter { !kept.contains($0) }
    }

    /// Nil when no recording has labels of a kind that can be compared.
    func study() -> AgreeStudy? {
        guard let kind = options.kind ?? commonKind else { return nil }
        var pool = LabelPool(wantsText: kind == .cues || kind == .words || options.measure.contains { $0.basis == .text })
        for recording in recordings {
            pool.openRecording(annotators: annotators.count)
            for (annotator, document) in recording.documents.enumerated() {
                for layer in document.layers where layer.kind == kind && isWanted(layer) {
                    for label in layer.labels { pool.add(label, annotator) }
                }
            }
        }
        guard pool.count > 0 else { return nil }
        let names = pool.sortNames()
        let parts = zip(recordings, pool.units).map { RecordingLabels($1, documents: $0.documents, categories: names.count) }
        let patterns = LabelPatterns(parts, annotators: annotators.count, names: names)
        let segments = SegmentParts(parts, options)
        let texts = pool.wantsText ? TextParts(pool.texts.map { $0.map { $0.sorted { $0.start < $1.start }.map(\.text) } }) : nil
        var defaults: [AgreeMeasure] = [.percent, annotators.count == 2 ? .kappa : .fleiss, .alpha, .f1, .boundaryF1, .alphaU, .gamma, .gammaCat]
        if kind == .cues || kind == .words { defaults.append(.wer) }
        return AgreeStudy(
            annotators: annotators, recordings: recordings.map(\.name), units: pool.count,
            patterns: patterns.patterns, weightText: { "\(Decimal.seconds(TimeDelta(ticks: Int64($0 * patterns.ticks)))) s" }, members: patterns.sets,
            memberNames: names, hasRecordings: true, defaults: defaults
        ) { measure, times in
            switch measure.basis {
            case .categories: patterns.patterns.figure(measure, values: nil, patterns.patterns.weights(times))
            case .values: nil
            case .segments: segments.figure(measure, times)
            case .text: texts?.figure(measure, times)
            }
        }
    }

    /// The first kind in the order of the help that some document has labels of.
    private var commonKind: LayerKind? {
        let order: [LayerKind] = [.turns, .tags, .emotions, .phones, .entities, .cues, .words]
        let present = Set(recordings.flatMap { $0.documents.flatMap { $0.layers.filter { isWanted($0) && !$0.labels.isEmpty }.map(\.kind) } })
        return order.first { present.contains($0) }
    }

    private func isWanted(_ layer: Layer) -> Bool { options.layer.map { $0 == layer.id } ?? true }
}

/// Labels as units, without what measures do not need.
private struct LabelPool {
    let wantsText: Bool
    private(set) var units: [[AnnotatedUnit]] = []
    /// By recording and annotator.
    private(set) var texts: [[[(start: Timestamp, text: String)]]] = []
    private var codes: [String: Int] = [:]

    init(wantsText: Bool) { self.wantsText = wantsText }

    var count: Int { units.reduce(0) { $0 + $1.count } }

    mutating func openRecording(annotators: Int) {
        units.append([])
        texts.append(Array(repeating: [], count: annotators))
    }

    mutating func add(_ label: Label, _ annotator: Int) {
        let name = Self.category(label)
        let code = codes[name] ?? codes.count
        if code == codes.count { codes[name] = code }
        let (start, end) = (label.span.start.ticks, label.span.end.ticks)
        units[units.count - 1].append(AnnotatedUnit(annotator: annotator, start: start, end: max(start, end), category: code))
        if wantsText, let text = Self.text(label) { texts[texts.count - 1][annotator].append((label.span.start, text)) }
    }

    /// The names of the categories in their order, by which units are numbered from now on.
    mutating func sortNames() -> [String] {
        let names = codes.keys.sorted()
        var places = Array(repeating: 0, count: names.count)
        for (place, name) in names.enumerated() { places[codes[name]!] = place }
        for recording in units.indices {
            for index in units[recording].indices {
                let unit = units[recording][index]
                units[recording][index] = AnnotatedUnit(
                    annotator: unit.annotator, start: unit.start, end: unit.end, category: places[unit.category])
            }
        }
        return names
    }

    /// What a label says as a category. Text has none but its speaker.
    private static func category(_ label: Label) -> String {
        switch label.content {
        case .turn(let turn): turn.speaker
        case .tag(let tag): tag.name
        case .emotion(let emotion): emotion.categories.first?.name ?? "unnamed"
        case .phone(let phone): phone.symbol
        case .entity(let entity): entity.kind
        case .cue(let cue): cue.speaker ?? "cue"
        case .word(let word): word.speaker ?? "word"
        case .track: "track"
        }
    }

    private static func text(_ label: Label) -> String? {
        switch label.content {
        case .cue(let cue): cue.text.plain
        case .word(let word): word.text
        case .turn(let turn): turn.text
        case .entity(let entity): entity.text
        default: nil
        }
    }
}

/// The labels of all annotators on one recording.
struct RecordingLabels {
    let continuum: Continuum
    let extent: Range<Int64>

    init(_ units: [AnnotatedUnit], documents: [Document], categories: Int) {
        continuum = Continuum(units, annotators: documents.count, categories: categories)
        let durations = documents.compactMap { $0.media.duration?.ticks }
        let start = units.reduce(Int64(0)) { min($0, $1.start) }
        let end = units.reduce(durations.max() ?? 0) { max($0, $1.end) }
        extent = start..<max(start, end)
    }
}

/// Time as items: who had which categories open together.
private struct LabelPatterns {
    let patterns: AgreePatterns
    /// What categories each category of the patterns stands for.
    let sets: [[Int]]
    /// Ticks that a weight of 1 stands for: 1, or more where ticks of all recordings would not fit into whole numbers.
    let ticks: Int

    init(_ parts: [RecordingLabels], annotators: Int, names: [String]) {
        let codings = parts.map { DurationCoding($0.continuum, extent: $0.extent) }
        var (sets, known): ([[Int]], [[Int]: Int32]) = ([[]], [[]: 0])
        for set in codings.flatMap(\.categorySets) where known[set] == nil {
            known[set] = Int32(sets.count)
            sets.append(set)
        }
        let titles = sets.map { $0.isEmpty ? "-" : $0.map { names[$0] }.joined(separator: "+") }
        var patterns = AgreePatterns(annotators: annotators, categories: titles, recordings: parts.count)
        // A draw may take the longest recording every time, and sums run over pairs of annotators.
        let longest = parts.reduce(0.0) { max($0, Double($1.extent.upperBound) - Double($1.extent.lowerBound)) }
        let ticks = Int(longest * Double(parts.count) * Double(annotators * annotators) / 4e18) + 1
        for (recording, coding) in codings.enumerated() {
            let codes = coding.categorySets.map { known[$0]! }
            for piece in coding.pieces {
                patterns.add(piece.codes.map { codes[Int($0)] }, weight: Int(piece.end - piece.start) / ticks, recording: recording)
            }
        }
        (self.patterns, self.sets, self.ticks) = (patterns, sets, ticks)
    }
}
