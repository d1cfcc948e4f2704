import Timeline

/// Reads the native format line by line. A line that is wrong is left out with a remark; in strict mode it ends the reading.
struct NativeLinesReader {
    var values: NativeJSONReader
    private var corpus = Corpus()
    /// The document that lines belong to, and the layers of it; nil before the first.
    private var document: PartialDocument?
    private var hasStatement = false
    private var fatal: FormatError?

    init(_ values: NativeJSONReader) { self.values = values }

    /// - Throws: ``FormatError`` when the first line does not state the format, and in strict mode for the first line that is wrong.
    mutating func corpus(of bytes: [UInt8]) throws(FormatError) -> Corpus {
        var (reader, log) = (self, values.log)
        reader.values.log = DiagnosticLog(file: log.file)
        JSONLines(bytes, file: log.file).forEach(log: &log) { (json) throws(FormatError) in
            if reader.fatal == nil { try reader.checkedLine(&json) }
        } use: { _, _, _ in }
        log.collect(reader.values.log)
        reader.values.log = log
        self = reader
        if let fatal { throw fatal }
        guard hasStatement else { throw otherKind }
        try finishDocument()
        try values.checkMediaNames(corpus)
        return corpus
    }

    private mutating func checkedLine(_ json: inout JSONTokenizer) throws(FormatError) {
        do throws(FormatError) {
            var ahead = json
            try line(try lineType(&ahead), &json)
        } catch {
            values.isAboutValue = false
            if values.mode == .strict { fatal = fatal ?? error }
            throw error
        }
    }

    private var otherKind: FormatError {
        FormatError(
            .unknownFormat, file: values.log.file, found: "lines of another kind",
            expected: "a first line with \"type\": \"corpus\" and \"format\": \"\(NativeJSON.formatName)\"")
    }

    /// The type of the line, which stands first in lines that Slate wrote.
    private mutating func lineType(_ json: inout JSONTokenizer) throws(FormatError) -> NativeLineType {
        guard try json.next() == .beginObject else { throw json.unexpected("an object") }
        while try json.next() == .name {
            let isType = json.isName("type")
            try json.next()
            if isType { return try values.named(&json, NativeLineType.self) }
            try json.skipValue()
        }
        throw json.unexpected("the member \"type\"")
    }

    private mutating func line(_ type: NativeLineType, _ json: inout JSONTokenizer) throws(FormatError) {
        guard hasStatement || type == .corpus else {
            fatal = otherKind
            throw otherKind
        }
        try json.next()
        let place = json.position()
        switch type {
        case .corpus: try readStatement(&json, place)
        case .document:
            var next = PartialDocument()
            let unknown = try values.members(&json, DocumentKey.self, carries: true) { (values, json, key) throws(FormatError) in
                try values.read(key, &json, into: &next)
            }
            next.attributes += unknown
            _ = try values.required(next.media, DocumentKey.media.rawValue, place)
            try finishDocument()
            values.ids = NativeIDs()
            document = next
        case .source:
            try needDocument(place)
            document?.sources.append(try values.source(&json))
        case .relation:
            try needDocument(place)
            document?.relations.append(try values.relation(&json))
        case .layer:
            try needDocument(place)
            document?.layers.append(try values.layer(&json))
        case .label:
            guard let last = document?.layers.indices.last else { throw values.wrong(place, "a label before any layer", "a layer line first") }
            let kind = document?.layers[last].kind
            document?.layers[last].labels.append(try values.label(&json, of: kind))
        }
    }

    private mutating func needDocument(_ place: TextPosition) throws(FormatError) {
        if document == nil { throw values.wrong(place, "a line before any document", "a document line first") }
    }

    private mutating func readStatement(_ json: inout JSONTokenizer, _ place: TextPosition) throws(FormatError) {
        var (statement, attributes) = (NativeStatement(), [Attribute]())
        do throws(FormatError) {
            let unknown = try values.members(&json, FileKey.self, carries: true) { (values, json, key) throws(FormatError) in
                switch key {
                case .type: break
                case .format, .version, .ticksPerSecond: try values.read(key, &json, into: &statement)
                case .attributes: attributes = try values.attributes(&json)
                default: throw values.wrong(&json, "format, version, ticksPerSecond or attributes")
                }
            }
            attributes += unknown
            _ = try values.required(statement.hasFormat ? true : nil, FileKey.format.rawValue, place)
            try values.check(statement, place)
        } catch {
            // Lines of another format or version cannot be trusted.
            fatal = error
            throw error
        }
        hasStatement = true
        corpus.attributes += attributes
    }

    private mutating func finishDocument() throws(FormatError) {
        guard let document else { return }
        corpus.documents.append(try values.finished(document, TextPosition(line: 1)))
        self.document = nil
    }
}
