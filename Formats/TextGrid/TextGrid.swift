import Timeline

/// Praat TextGrid: tiers of intervals without gaps and tiers of points, in text of three layouts or binary.
///
/// Praat manual, "TextGrid file formats" and "Praat text files".
enum TextGrid: LabelSyntax {
    static let name = "textgrid"
    static let title = "Praat TextGrid"
    static let suffixes = ["textgrid"]
    static let capabilities = FormatCapabilities(
        kinds: WebVTT.shownKinds, features: [.overlaps, .instants, .text, .layers, .duration], grid: .exact,
        attributePrefixes: ["textgrid."], texts: .noNul, kindByName: kind(ofTier:))

    static func likelihood(of sample: FormatSample) -> Likelihood {
        if TextGridBinary.matches(sample.bytes) { return .certain }
        var tokens = TextGridTokens(sample.text)
        guard case .string(let first) = tokens.next() else { return .none }
        if sample.text.has(chronologicalTitle, at: first.lowerBound, before: first.upperBound) { return .certain }
        guard sample.text.has("ooTextFile", at: first.lowerBound, before: first.upperBound), case .string(let second) = tokens.next() else { return .none }
        return sample.text.has("TextGrid", at: second.lowerBound, before: second.upperBound) ? .certain : .none
    }

    /// The first string of the chronological form.
    static let chronologicalTitle: StaticString = "Praat chronological TextGrid text file"

    /// What the labels of a tier are. The format does not say; aligners name their tiers `words` and `phones`, or
    /// `Ann - words` where each speaker has tiers, and every other label is a cue.
    static func kind(ofTier name: String) -> LayerKind {
        let last = name.lowercased().split { $0 == " " || $0 == "\0" }.last ?? ""
        switch last {
        case "word", "words": return .words
        case "phone", "phones", "phoneme", "phonemes": return .phones
        default: return .cues
        }
    }

    static func read(_ input: LabelInput, _ options: ReadingOptions, log: inout DiagnosticLog) throws(FormatError) -> Corpus {
        let bytes = try input.bytes(expected: title)
        var reader: TextGridReader
        if TextGridBinary.matches(bytes) {
            let text = try TextGridBinary.text(bytes, name: input.name, log: &log)
            reader = TextGridReader(text, from: 0, mode: options.mode, log: log, isBinary: true)
        } else {
            let source = try TextSource(bytes, encodingName: options.encodingName, log: &log)
            reader = TextGridReader(source.text, from: source.start, mode: options.mode, log: log)
            reader.file.encoding = source.encoding.name.hasPrefix("UTF-16") ? source.encoding.name : nil
        }
        defer { log = reader.log }
        try reader.read()
        return Corpus([reader.file.document(media: input.mediaName)])
    }

    static func write(_ corpus: Corpus, _ options: WritingOptions) throws(FormatError) -> [OutputFile] {
        let file = TextGridFile(try corpus.onlyDocument(for: title))
        return [OutputFile(file.bytes())]
    }
}
