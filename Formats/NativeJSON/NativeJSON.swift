import Timeline

/// Slate's own format: a whole ``Corpus`` as one JSON text, without loss and with a stable order of keys.
///
/// Times are whole ticks of 1/705 600 000 s (`start`, `end`, `at`, `from`); `time` repeats them for a person to read and is passed
/// over by readers. `docs/formats/slate.schema.json` is the schema, `docs/formats/json.md` explains every key.
public enum NativeJSON: LabelSyntax {
    static let name = "json"
    static let title = "Slate JSON"
    static let suffixes = ["json"]
    static let capabilities = FormatCapabilities(
        kinds: Dictionary(uniqueKeysWithValues: LayerKind.allCases.map { ($0, .whole) }), features: Set(LabelFeature.allCases), grid: .exact,
        attributePrefixes: [""], styles: [.bold, .italic, .underlined, .struckOut])

    /// The name of the format in the file.
    static let formatName = "slate"
    /// The version that is written; a reader refuses others.
    static let version: Int64 = 1

    static func likelihood(of sample: FormatSample) -> Likelihood {
        guard let head = JSONSample(sample.text), !head.isArray, head.texts["format"] == formatName else { return .none }
        return head.names.contains("type") ? .none : .certain
    }

    static func read(_ input: LabelInput, _ options: ReadingOptions, log: inout DiagnosticLog) throws(FormatError) -> Corpus {
        try read(try input.bytes(expected: title), mode: options.mode, log: &log)
    }

    static func write(_ corpus: Corpus, _ options: WritingOptions) throws(FormatError) -> [OutputFile] { [OutputFile(write(corpus))] }

    /// The bytes of a corpus, one label on a line. A single document without attributes of the whole stands at the top.
    public static func write(_ corpus: Corpus) -> [UInt8] {
        if corpus.documents.count == 1, corpus.attributes.isEmpty { return write(corpus.documents[0]) }
        var writer = NativeJSONWriter(.indented(flatDepth: 6), showsClock: true, labelCount: corpus.labelCount)
        writer.add(corpus)
        return writer.bytes
    }

    /// The bytes of a document, one label on a line.
    public static func write(_ document: Document) -> [UInt8] {
        var writer = NativeJSONWriter(.indented(flatDepth: 4), showsClock: true, labelCount: document.labelCount)
        writer.addFile(document)
        return writer.bytes
    }

    /// The documents of a file's bytes.
    ///
    /// - Parameter mode: a lenient reading leaves out labels that are wrong and mends what breaks a rule of documents, with remarks.
    /// - Throws: ``FormatError`` when the bytes are not JSON or not of this format; in strict mode for the first thing that is wrong.
    public static func read(_ bytes: [UInt8], mode: ReadingMode = .lenient, log: inout DiagnosticLog) throws(FormatError) -> Corpus {
        var json = try JSONTokenizer(bytes, file: log.file)
        var reader = NativeJSONReader(mode, log)
        let corpus = try reader.file(&json)
        log = reader.log
        return corpus
    }
}
