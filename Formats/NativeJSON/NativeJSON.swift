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
        let head = NativeHead(sample)
        return head.isNative && !head.isLine ? .certain : .none
    }

    static func read(_ input: LabelInput, _ options: ReadingOptions, log: inout DiagnosticLog) throws(FormatError) -> Corpus {
        try read(try input.bytes(expected: title), mode: options.mode, log: &log)
    }

    static func write(_ corpus: Corpus, _ options: WritingOptions) throws(FormatError) -> [OutputFile] { [OutputFile(write(corpus))] }

    /// The bytes of a corpus, one label on a line. A single document without attributes of the whole stands at the top.
    public static func write(_ corpus: Corpus) -> [UInt8] {
        if corpus.documents.count == 1, corpus.attributes.isEmpty { return write(corpus.documents[0]) }
        var writer = NativeJSONWriter(.indented(flatDepth: 6), showsClock: true)
        writer.add(corpus)
        return writer.bytes
    }

    /// The bytes of a document, one label on a line.
    public static func write(_ document: Document) -> [UInt8] {
        var writer = NativeJSONWriter(.indented(flatDepth: 4), showsClock: true)
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

/// What the first members of a JSON text say of its format.
struct NativeHead {
    /// Whether it states Slate's format.
    private(set) var isNative = false
    /// Whether it is one of many lines, each with a type.
    private(set) var isLine = false

    init(_ sample: FormatSample) { try? read(sample) }

    private mutating func read(_ sample: FormatSample) throws(FormatError) {
        let whole = UTF8Form.firstError(sample.text, in: 0..<sample.text.count) ?? sample.text.count
        var json = try JSONTokenizer(sample.text, in: 0..<whole, file: sample.name)
        guard try json.next() == .beginObject else { return }
        while try json.next() == .name {
            let (isFormat, isType) = (json.isName("format"), json.isName("type"))
            try json.next()
            if isFormat { isNative = json.token == .string && json.text == NativeJSON.formatName }
            if isType { isLine = true }
            try json.skipValue()
        }
    }
}
