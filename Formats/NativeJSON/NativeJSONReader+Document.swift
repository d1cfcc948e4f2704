import Timeline

extension NativeJSONReader {
    /// A whole file: one document, or several under `documents`.
    mutating func file(_ json: inout JSONTokenizer) throws(FormatError) -> Corpus {
        try json.next()
        guard json.token == .beginObject else { throw otherKind(json.file) }
        let place = json.position()
        var (statement, document, documents) = (NativeStatement(), PartialDocument(), [Document]?.none)
        let unknown = try members(&json, FileKey.self, carries: true) { (reader, json, key) throws(FormatError) in
            switch key {
            case .format, .version, .ticksPerSecond: try reader.read(key, &json, into: &statement)
            case .type: throw reader.wrong(&json, "a whole file, not one of its lines")
            case .documents: documents = try reader.documents(&json)
            default: if let key = DocumentKey(rawValue: key.rawValue) { try reader.read(key, &json, into: &document) }
            }
        }
        try json.finish()
        json.remark(to: &log)
        guard statement.hasFormat else { throw otherKind(json.file) }
        try check(statement, place)
        guard let documents else {
            document.attributes += unknown
            return Corpus([try finished(document, place)])
        }
        guard document.isEmpty else { throw wrong(place, "a document beside \"documents\"", "one of both") }
        let corpus = Corpus(documents, attributes: document.attributes + unknown)
        try checkMediaNames(corpus)
        return corpus
    }

    private func otherKind(_ file: String) -> FormatError {
        FormatError(.unknownFormat, file: file, found: "JSON of another kind", expected: "an object with \"format\": \"\(NativeJSON.formatName)\"")
    }

    // MARK: Format and version

    mutating func read(_ key: FileKey, _ json: inout JSONTokenizer, into statement: inout NativeStatement) throws(FormatError) {
        switch key {
        case .format:
            guard json.token == .string, json.text == NativeJSON.formatName else { throw otherKind(json.file) }
            statement.hasFormat = true
        case .version:
            guard json.integer == NativeJSON.version else { throw wrong(&json, "version \(NativeJSON.version), which this program reads") }
            statement.hasVersion = true
        default:
            guard json.integer == Timeline.ticksPerSecond else { throw wrong(&json, "\(Timeline.ticksPerSecond) ticks per second") }
            statement.hasTicks = true
        }
    }

    mutating func check(_ statement: NativeStatement, _ place: TextPosition) throws(FormatError) {
        _ = try required(statement.hasVersion ? true : nil, FileKey.version.rawValue, place)
        _ = try required(statement.hasTicks ? true : nil, FileKey.ticksPerSecond.rawValue, place)
    }

    // MARK: Documents

    private mutating func documents(_ json: inout JSONTokenizer) throws(FormatError) -> [Document] {
        try list(&json) { (reader, json) throws(FormatError) in
            let place = json.position()
            var document = PartialDocument()
            reader.ids = NativeIDs()
            let unknown = try reader.members(&json, DocumentKey.self, carries: true) { (reader, json, key) throws(FormatError) in
                try reader.read(key, &json, into: &document)
            }
            document.attributes += unknown
            return try reader.finished(document, place)
        }
    }

    mutating func read(_ key: DocumentKey, _ json: inout JSONTokenizer, into document: inout PartialDocument) throws(FormatError) {
        switch key {
        case .type: break
        case .media: document.media = try media(&json)
        case .sources: document.sources = try list(&json) { (reader, json) throws(FormatError) in try reader.source(&json) }
        case .attributes: document.attributes = try attributes(&json)
        case .relations: document.relations = try list(&json) { (reader, json) throws(FormatError) in try reader.relation(&json) }
        case .layers: document.layers = try list(&json) { (reader, json) throws(FormatError) in try reader.layer(&json) }
        }
    }

    mutating func finished(_ document: PartialDocument, _ place: TextPosition) throws(FormatError) -> Document {
        var whole = Document(
            media: try required(document.media, DocumentKey.media.rawValue, place), layers: document.layers, relations: document.relations,
            sources: document.sources, attributes: document.attributes)
        try mendRules(of: &whole)
        return whole
    }

    mutating func media(_ json: inout JSONTokenizer) throws(FormatError) -> Media {
        let place = json.position()
        var (name, media) = (String?.none, Media(name: ""))
        _ = try members(&json, MediaKey.self) { (reader, json, key) throws(FormatError) in
            switch key {
            case .name: name = try reader.text(&json)
            case .duration: media.duration = try reader.time(&json) - .zero
            case .hash: media.contentHash = try reader.hash(&json)
            case .video: media.video = try reader.video(&json)
            case .sound: media.sound = try reader.sound(&json)
            }
        }
        media.name = try required(name, MediaKey.name.rawValue, place)
        return media
    }

    private mutating func hash(_ json: inout JSONTokenizer) throws(FormatError) -> ContentHash {
        let place = json.position()
        var (algorithm, digest) = ("", "")
        _ = try members(&json, HashKey.self) { (reader, json, key) throws(FormatError) in
            switch key {
            case .algorithm: algorithm = try reader.text(&json)
            case .digest: digest = try reader.text(&json)
            }
        }
        guard let hash = ContentHash(algorithm: algorithm, digest: digest) else {
            throw wrong(place, "the \(algorithm.prefix(20)) digest \"\(digest.prefix(80))\"", "an algorithm and pairs of hexadecimal digits")
        }
        return hash
    }

    // MARK: Sources and relations

    mutating func source(_ json: inout JSONTokenizer) throws(FormatError) -> Source {
        let place = json.position()
        var (id, agent, guideline, time) = (String?.none, Agent?.none, String?.none, WallClock?.none)
        _ = try members(&json, SourceKey.self) { (reader, json, key) throws(FormatError) in
            switch key {
            case .type: break
            case .id: id = try reader.text(&json)
            case .annotator: agent = .annotator(try reader.text(&json))
            case .file: agent = .file(try reader.text(&json))
            case .model: agent = try reader.model(&json)
            case .guideline: guideline = try reader.text(&json)
            case .time:
                time = WallClock(try reader.text(&json))
                if time == nil { throw reader.wrong(&json, "a time such as 2026-11-24T01:30:00Z") }
            }
        }
        let maker = try required(agent, "annotator, file or model", place)
        return Source(id: SourceID(try required(id, SourceKey.id.rawValue, place)), agent: maker, guideline: guideline, time: time)
    }

    private mutating func model(_ json: inout JSONTokenizer) throws(FormatError) -> Agent {
        let place = json.position()
        var (name, version, parameters) = (String?.none, String?.none, [Attribute]())
        _ = try members(&json, ModelKey.self) { (reader, json, key) throws(FormatError) in
            switch key {
            case .name: name = try reader.text(&json)
            case .version: version = try reader.text(&json)
            case .parameters: parameters = try reader.attributes(&json)
            }
        }
        return .model(
            name: try required(name, ModelKey.name.rawValue, place), version: try required(version, ModelKey.version.rawValue, place), parameters: parameters)
    }

    mutating func relation(_ json: inout JSONTokenizer) throws(FormatError) -> Relation {
        let place = json.position()
        var (kind, from, to) = (String?.none, String?.none, String?.none)
        _ = try members(&json, RelationKey.self) { (reader, json, key) throws(FormatError) in
            switch key {
            case .type: break
            case .kind: kind = try reader.text(&json)
            case .from: from = try reader.text(&json)
            case .to: to = try reader.text(&json)
            }
        }
        return Relation(
            kind: try required(kind, RelationKey.kind.rawValue, place), from: LabelID(try required(from, RelationKey.from.rawValue, place)),
            to: LabelID(try required(to, RelationKey.to.rawValue, place)))
    }
}

/// What a file states of itself.
struct NativeStatement {
    var hasFormat = false
    var hasVersion = false
    var hasTicks = false
}

/// A document of which some members may be missing yet.
struct PartialDocument {
    var media: Media?
    var layers: [Layer] = []
    var relations: [Relation] = []
    var sources: [Source] = []
    var attributes: [Attribute] = []

    /// Whether nothing is there but attributes, which a corpus has too.
    var isEmpty: Bool { media == nil && layers.isEmpty && relations.isEmpty && sources.isEmpty }
}
