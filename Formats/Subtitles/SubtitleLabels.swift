import Timeline

/// A subtitle format as one of the label formats: cues as they are, other labels as cues that show their text.
protocol SubtitleLabels: LabelSyntax, SubtitleSyntax {}

extension SubtitleLabels {
    static var name: String { subtitleFormat.rawValue }
    static var title: String { subtitleFormat.description }

    static func likelihood(of sample: FormatSample) -> Likelihood {
        var log = DiagnosticLog(file: sample.name)
        guard let source = try? TextSource(sample.text, encodingName: "UTF-8", log: &log), matches(source) else { return .none }
        // A line of two times stands in the other two formats as well.
        return subtitleFormat == .subRip ? .likely : .certain
    }

    static func read(_ input: LabelInput, _ options: ReadingOptions, log: inout DiagnosticLog) throws(FormatError) -> Corpus {
        let source = try TextSource(try input.bytes(expected: title), encodingName: options.encodingName, log: &log)
        try SubtitleFile.check(source, is: subtitleFormat, name: input.name, log: &log)
        var builder = SubtitleDocumentBuilder<Self>()
        builder.reserve(bytes: source.text.count)
        read(source, mode: options.mode, into: &builder, log: &log)
        return Corpus([builder.document(media: Media(name: input.mediaName))])
    }

    static func write(_ corpus: Corpus, _ options: WritingOptions) throws(FormatError) -> [OutputFile] {
        let document = try corpus.onlyDocument(for: title)
        guard let bytes = SubtitleWriter.write(document, as: Self.self, showing: { $0.content.kind == .tracks ? nil : $0.content.asCue }) else {
            throw FormatError(.noLabels, file: document.media.name, found: "a document without cues", expected: "at least one cue")
        }
        return [OutputFile(bytes)]
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
        guard filled.count < 2 else { throw Self.severalMedia(filled.count, first: filled[0].media.name, for: format) }
        return filled.first ?? documents.first ?? Document(media: Media(name: ""))
    }

    /// Why labels of several media cannot stand in one file.
    static func severalMedia(_ count: Int, first: String, for format: String) -> FormatError {
        FormatError(.malformed, file: first, found: "labels of \(count) media", expected: "one for \(format); write to a folder, or name one medium")
    }
}

extension SubRip: SubtitleLabels {
    static let suffixes = ["srt"]
    static let capabilities = FormatCapabilities(
        kinds: shownKinds, features: [.overlaps, .text], grid: .perSecond(1000), attributePrefixes: ["srt."], texts: .noBlankLines,
        leavesOutHiddenCues: true, styles: [.bold, .italic, .underlined, .struckOut])
}

extension WebVTT: SubtitleLabels {
    static let suffixes = ["vtt", "webvtt"]
    static let capabilities = FormatCapabilities(
        kinds: shownKinds, features: [.overlaps, .text, .speaker, .spans, .classes, .innerTimes, .ids], grid: .perSecond(1000),
        attributePrefixes: ["webvtt."], texts: .noBlankLines, ids: .oneLine, leavesOutHiddenCues: true, styles: [.bold, .italic, .underlined])
}

extension SubStation: SubtitleLabels {
    static let suffixes = ["ass", "ssa"]
    static let capabilities = FormatCapabilities(
        kinds: shownKinds, features: [.overlaps, .text, .speaker], grid: .perSecond(100), attributePrefixes: ["ass."],
        styles: [.bold, .italic, .underlined, .struckOut])
}
