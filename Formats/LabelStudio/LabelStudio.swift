import Timeline

/// Label Studio JSON: tasks with the results of their annotations and predictions.
///
/// Label Studio's documentation, "Label Studio JSON format of annotated tasks" and the pages of the control tags.
enum LabelStudio: LabelSyntax {
    static let name = "labelstudio"
    static let title = "Label Studio JSON"
    static let suffixes = ["labelstudio.json"]
    static let capabilities = FormatCapabilities(
        kinds: [.tracks: .whole, .tags: .whole, .cues: .whole],
        features: [.overlaps, .instants, .openEnds, .ids, .text, .confidence, .media, .identity, .vocabulary], grid: .exact,
        attributePrefixes: ["labelstudio."])

    static func likelihood(of sample: FormatSample) -> Likelihood {
        guard sample.paths.isEmpty, let first = sample.text.first(where: { $0 > Byte.space }), first == .ascii("[") || first == .ascii("{") else { return .none }
        guard sample.text.contains("\"data\"") || sample.text.contains("\"result\"") else { return .none }
        let isTask = sample.text.contains("\"annotations\"") || sample.text.contains("\"predictions\"") || sample.text.contains("\"completions\"")
        return isTask && sample.text.contains("\"result\"") ? .certain : .none
    }

    static func read(_ input: LabelInput, _ options: ReadingOptions, log: inout DiagnosticLog) throws(FormatError) -> Corpus {
        let source = try TextSource(try input.bytes(expected: title), encodingName: options.encodingName, log: &log)
        var reader = LabelStudioReader(options: options, log: log)
        defer { log = reader.log }
        return try reader.read(source.text, input.mediaName)
    }

    static func write(_ corpus: Corpus, _ options: WritingOptions) throws(FormatError) -> [OutputFile] {
        var writer = LabelStudioWriter(options)
        return [OutputFile(try writer.file(corpus))]
    }
}
