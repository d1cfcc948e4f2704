import Timeline

/// The native format as JSON Lines: heads and labels one a line, each with a `type`, so that a file of any length streams and
/// lines can be counted, filtered and appended.
///
/// A `document`, `source`, `layer` or `relation` line belongs to the document before it, a `label` line to the layer before it.
enum NativeLines: LabelSyntax {
    static let name = "jsonl"
    static let title = "Slate JSON Lines"
    static let suffixes = ["jsonl", "ndjson"]
    static let capabilities = NativeJSON.capabilities

    static func likelihood(of sample: FormatSample) -> Likelihood {
        guard let head = JSONSample(sample.text), !head.isArray, head.texts["format"] == NativeJSON.formatName else { return .none }
        return head.names.contains("type") ? .certain : .none
    }

    static func read(_ input: LabelInput, _ options: ReadingOptions, log: inout DiagnosticLog) throws(FormatError) -> Corpus {
        var reader = NativeLinesReader(NativeJSONReader(options.mode, log))
        let corpus = try reader.corpus(of: try input.bytes(expected: title))
        log = reader.values.log
        return corpus
    }

    static func write(_ corpus: Corpus, _ options: WritingOptions) throws(FormatError) -> [OutputFile] {
        var writer = NativeLinesWriter(labelCount: corpus.labelCount)
        writer.begin(corpus.attributes)
        for document in corpus.documents {
            writer.begin(document)
            for layer in document.layers {
                writer.begin(layer)
                for label in layer.labels { writer.add(label) }
            }
            for relation in document.relations { writer.add(relation) }
        }
        return [OutputFile(writer.values.bytes)]
    }
}

/// What a line of the native format is.
enum NativeLineType: String, CaseIterable {
    /// The first line: format, version, and attributes of the whole.
    case corpus
    /// A medium; what follows speaks of it.
    case document
    case source, layer, label, relation
}

/// Writes the lines of the native format one by one; bytes may be taken from it at any time.
struct NativeLinesWriter {
    var values: NativeJSONWriter

    /// - Parameter labelCount: about how many labels will be written before bytes are taken.
    init(labelCount: Int = 0) { values = NativeJSONWriter(.oneLine, showsClock: false, labelCount: labelCount) }

    mutating func begin(_ attributes: [Attribute]) {
        line(.corpus) {
            $0.addStatement()
            $0.add(attributes)
        }
    }

    /// The lines of a document that stand before its layers.
    mutating func begin(_ document: Document) {
        line(.document) {
            $0.json.name("media")
            $0.add(document.media)
            $0.add(document.attributes)
        }
        for source in document.sources { line(.source) { $0.addMembers(of: source) } }
    }

    mutating func begin(_ layer: Layer) { line(.layer) { $0.addHead(of: layer) } }
    mutating func add(_ label: Label) { line(.label) { $0.addMembers(of: label) } }
    mutating func add(_ relation: Relation) { line(.relation) { $0.addMembers(of: relation) } }

    private mutating func line(_ type: NativeLineType, _ body: (inout NativeJSONWriter) -> Void) {
        values.json.beginObject()
        values.json.add("type", type.rawValue)
        body(&values)
        values.json.endObject()
        values.json.endLine()
    }
}
