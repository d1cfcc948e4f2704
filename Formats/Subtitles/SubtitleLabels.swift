import Timeline

/// A subtitle format as one of the label formats: cues as they are, other labels as cues that show their text.
protocol SubtitleLabels: LabelSyntax {
    static var subtitleFormat: SubtitleFormat { get }
}

extension SubtitleLabels {
    static var name: String { subtitleFormat.rawValue }
    static var title: String { subtitleFormat.description }

    static func likelihood(of sample: FormatSample) -> Likelihood {
        var log = DiagnosticLog(file: sample.name)
        guard let source = try? TextSource(sample.text, encodingName: "UTF-8", log: &log), subtitleFormat.syntax.matches(source) else { return .none }
        // A line of two times stands in the other two formats as well.
        return subtitleFormat == .subRip ? .likely : .certain
    }

    static func read(_ input: LabelInput, _ options: ReadingOptions, log: inout DiagnosticLog) throws(FormatError) -> Corpus {
        let file = try SubtitleFile(
            try input.bytes(expected: title), name: input.name, as: subtitleFormat, encodingName: options.encodingName, mode: options.mode,
            acceptsNoCues: true)
        for diagnostic in file.diagnostics { log.append(diagnostic) }
        return Corpus([file.document(media: Media(name: input.mediaName))])
    }

    static func write(_ corpus: Corpus, _ options: WritingOptions) throws(FormatError) -> [OutputFile] {
        let document = try corpus.onlyDocument(for: title)
        return [OutputFile(try SubtitleWriter.write(document.showingCues, as: subtitleFormat, name: document.media.name))]
    }

    /// What becomes of each kind of label: all but tracks can be shown as text.
    static var shownKinds: [LayerKind: FormatCapabilities.Holding] {
        var kinds: [LayerKind: FormatCapabilities.Holding] = [.cues: .whole]
        for kind in LayerKind.allCases where kind != .cues && kind != .tracks { kinds[kind] = .turned(.cues) }
        return kinds
    }
}

extension Corpus {
    /// The one document that has labels, for formats that hold one medium.
    ///
    /// - Throws: ``FormatError`` when there are several.
    func onlyDocument(for format: String) throws(FormatError) -> Document {
        let filled = documents.filter { $0.labelCount > 0 }
        guard filled.count < 2 else {
            throw FormatError(
                .malformed, file: filled[0].media.name, found: "labels of \(filled.count) media", expected: "one for \(format); write to a folder, or name one medium")
        }
        return filled.first ?? documents.first ?? Document(media: Media(name: ""))
    }
}

extension Document {
    /// The document with every label as a cue; tracks are left out.
    fileprivate var showingCues: Document {
        var document = self
        document.layers = layers.compactMap { layer in
            guard layer.kind != .tracks else { return nil }
            guard layer.kind != .cues else { return layer }
            var shown = layer
            shown.kind = .cues
            shown.labels = LabelList(layer.labels.lazy.map { label in
                var cue = label
                cue.content = .cue(label.content.asCue)
                return cue
            })
            return shown
        }
        return document
    }
}

extension SubRip: SubtitleLabels {
    static let subtitleFormat = SubtitleFormat.subRip
    static let suffixes = ["srt"]
    static let capabilities = FormatCapabilities(
        kinds: shownKinds, features: [.overlaps, .text], grid: .perSecond(1000), attributePrefixes: ["srt."], texts: .noBlankLines,
        styles: [.bold, .italic, .underlined, .struckOut])
}

extension WebVTT: SubtitleLabels {
    static let subtitleFormat = SubtitleFormat.webVTT
    static let suffixes = ["vtt", "webvtt"]
    static let capabilities = FormatCapabilities(
        kinds: shownKinds, features: [.overlaps, .text, .speaker, .spans, .classes, .innerTimes, .ids], grid: .perSecond(1000),
        attributePrefixes: ["webvtt."], texts: .noBlankLines, styles: [.bold, .italic, .underlined])
}

extension SubStation: SubtitleLabels {
    static let subtitleFormat = SubtitleFormat.subStation
    static let suffixes = ["ass", "ssa"]
    static let capabilities = FormatCapabilities(
        kinds: shownKinds, features: [.overlaps, .text, .speaker], grid: .perSecond(100), attributePrefixes: ["ass."],
        styles: [.bold, .italic, .underlined, .struckOut])
}
