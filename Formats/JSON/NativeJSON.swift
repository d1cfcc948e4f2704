import Timeline

/// Slate's own format: a ``Document`` as JSON, without loss and with a stable order of keys.
///
/// Times are whole ticks of 1/705 600 000 s (`start`, `end`, `at`); `time` repeats them for a person to read and is
/// ignored by readers. `docs/formats/json.md` lists every key.
public enum NativeJSON {
    /// The name of the format in the file.
    static let formatName = "slate"
    /// The version that is written; a reader refuses later ones.
    static let version: Int64 = 1

    /// The bytes of a document, one label on a line.
    public static func write(_ document: Document) -> [UInt8] { JSONWriter.write(document.json, flatDepth: 4) }

    /// The document of a file's bytes.
    ///
    /// - Throws: ``FormatError`` when the bytes are not JSON, not a document, or break a rule of documents.
    public static func read(_ bytes: [UInt8], name: String, log: inout DiagnosticLog) throws(FormatError) -> Document {
        let document = try NativeJSONReader(file: name).document(try JSONReader.read(bytes, log: &log))
        if let problem = document.problems().first {
            throw FormatError(.malformed, file: name, found: problem.description, expected: "a document that keeps its rules")
        }
        return document
    }
}

/// Collects the members of an object, leaving out those without a value.
struct Members {
    var list: [JSONMember] = []

    mutating func add(_ name: String, _ value: JSONValue?) { if let value { list.append(JSONMember(name, value)) } }
    mutating func add(_ name: String, _ text: String?) { add(name, text.map(JSONValue.string)) }
    mutating func add(_ name: String, _ number: Double?) { add(name, number.map(JSONValue.double)) }
    mutating func add(_ name: String, _ values: [JSONValue]) { if !values.isEmpty { add(name, .array(values)) } }
    mutating func add(_ name: String, _ attributes: [Attribute]) { add(name, attributes.map(\.json)) }
}

func object(_ build: (inout Members) -> Void) -> JSONValue {
    var members = Members()
    build(&members)
    return .object(members.list)
}

extension Document {
    fileprivate var json: JSONValue {
        object {
            $0.add("format", NativeJSON.formatName)
            $0.add("version", .integer(NativeJSON.version))
            $0.add("ticksPerSecond", .integer(ticksPerSecond))
            $0.add("media", media.json)
            $0.add("sources", sources.map(\.json))
            $0.add("attributes", attributes)
            $0.add("layers", .array(layers.map(\.json)))
            $0.add("relations", relations.map(\.json))
        }
    }
}

extension Attribute {
    /// A pair, so that order and repeated names are kept.
    var json: JSONValue { .array([.string(name), .string(value)]) }
}

extension Media {
    fileprivate var json: JSONValue {
        object {
            $0.add("name", name)
            $0.add("duration", duration.map { .integer($0.ticks) })
            $0.add("hash", contentHash.map { hash in object { $0.add("algorithm", hash.algorithm); $0.add("digest", hash.digest) } })
            $0.add("video", video?.json)
            $0.add("sound", sound?.json)
        }
    }
}

extension Source {
    fileprivate var json: JSONValue {
        object {
            $0.add("id", id.name)
            switch agent {
            case .annotator(let name): $0.add("annotator", name)
            case .file(let name): $0.add("file", name)
            case .model(let name, let version, let parameters):
                $0.add("model", object { $0.add("name", name); $0.add("version", version); $0.add("parameters", parameters) })
            }
            $0.add("guideline", guideline)
            $0.add("time", time?.description)
        }
    }
}

extension Layer {
    fileprivate var json: JSONValue {
        object {
            $0.add("id", id)
            $0.add("kind", kind.rawValue)
            $0.add("language", language)
            $0.add("parent", parent)
            $0.add("constraint", constraint?.rawValue)
            $0.add("speaker", speaker)
            $0.add("attributes", attributes)
            $0.add("labels", .array(labels.map(\.json)))
        }
    }
}

extension Relation {
    fileprivate var json: JSONValue { object { $0.add("kind", kind); $0.add("from", from.name); $0.add("to", to.name) } }
}

extension Label {
    fileprivate var json: JSONValue {
        object {
            $0.add("id", id.name)
            switch span {
            case .segment(let segment):
                $0.add("start", .integer(segment.start.ticks))
                $0.add("end", .integer(segment.end.ticks))
                $0.add("time", "\(segment.start.clock) --> \(segment.end.clock)")
            case .instant(let time):
                $0.add("at", .integer(time.ticks))
                $0.add("time", time.clock)
            case .open(let time):
                $0.add("from", .integer(time.ticks))
                $0.add("time", "\(time.clock) -->")
            }
            $0.add(content.key, content.json)
            $0.add("confidence", confidence?.value)
            $0.add("source", source?.name)
            $0.add("review", review == .candidate ? nil : review.rawValue)
            $0.add("attributes", attributes)
        }
    }
}

extension Timestamp {
    /// The time to the millisecond, with its sign, for a person to read.
    fileprivate var clock: String {
        let stamp = String(decoding: ClockStyle.webVTT.stamp(self < .zero ? .zero - self.sinceZero : self), as: UTF8.self)
        return self < .zero ? "-\(stamp)" : stamp
    }

    private var sinceZero: TimeDelta { self - .zero }
}

extension Content {
    fileprivate var key: String {
        switch self {
        case .cue: "cue"
        case .word: "word"
        case .phone: "phone"
        case .turn: "turn"
        case .emotion: "emotion"
        case .tag: "tag"
        case .entity: "entity"
        case .track: "track"
        }
    }

    fileprivate var json: JSONValue {
        object {
            switch self {
            case .cue(let cue):
                $0.add("runs", .array(cue.text.runs.map(\.json)))
                $0.add("speaker", cue.speaker)
            case .word(let word):
                $0.add("text", word.text)
                $0.add("speaker", word.speaker)
            case .phone(let phone):
                $0.add("symbol", phone.symbol)
                $0.add("alphabet", phone.alphabet)
            case .turn(let turn):
                $0.add("speaker", turn.speaker)
                $0.add("text", turn.text)
            case .emotion(let emotion):
                $0.add("categories", emotion.categories.map { category in object { $0.add("name", category.name); $0.add("score", category.score) } })
                $0.add("valence", emotion.valence)
                $0.add("arousal", emotion.arousal)
                $0.add("dominance", emotion.dominance)
            case .tag(let tag):
                $0.add("name", tag.name)
                $0.add("vocabulary", tag.vocabulary)
            case .entity(let entity):
                $0.add("text", entity.text)
                $0.add("kind", entity.kind)
                $0.add("words", entity.words.map { .string($0.name) })
            case .track(let track):
                $0.add("category", track.category)
                $0.add("interpolation", track.interpolation == .none ? nil : track.interpolation.rawValue)
                $0.add("keyframes", track.keyframes.map(\.json))
            }
        }
    }
}

extension TextRun {
    /// A plain string where the run has no look, else an object.
    fileprivate var json: JSONValue {
        if self == TextRun(text) { return .string(text) }
        return object {
            $0.add("text", text)
            $0.add("style", TextStyle.named.filter { style.contains($0.style) }.map { .string($0.name) })
            $0.add("voice", voice)
            $0.add("language", language)
            $0.add("classes", classes.map(JSONValue.string))
            $0.add("appears", appears.map { .integer($0.ticks) })
        }
    }
}

extension TextStyle {
    static let named: [(name: String, style: TextStyle)] = [
        ("bold", .bold), ("italic", .italic), ("underlined", .underlined), ("struck-out", .struckOut),
    ]
}
