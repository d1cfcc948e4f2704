import Timeline

/// Builds a document from JSON, naming the path of the first value that is not what it should be.
struct NativeJSONReader {
    let file: String

    func document(_ json: JSONValue) throws(FormatError) -> Document {
        guard json["format"]?.string == NativeJSON.formatName else {
            throw FormatError(.unknownFormat, file: file, found: "JSON of another kind", expected: "an object with \"format\": \"slate\"")
        }
        let version = try integer(json, "version", "")
        guard version == NativeJSON.version else {
            throw wrong("version", "version \(version)", "version \(NativeJSON.version), which this program reads")
        }
        guard try integer(json, "ticksPerSecond", "") == ticksPerSecond else {
            throw wrong("ticksPerSecond", "another number of ticks", "\(ticksPerSecond) ticks per second")
        }
        return Document(
            media: try media(try member(json, "media", ""), "media"), layers: try list(json, "layers", "", layer),
            relations: try list(json, "relations", "", relation), sources: try list(json, "sources", "", source),
            attributes: try list(json, "attributes", "", attribute))
    }

    private func media(_ json: JSONValue, _ path: String) throws(FormatError) -> Media {
        var media = Media(name: try string(json, "name", path))
        if json["duration"] != nil { media.duration = TimeDelta(ticks: try integer(json, "duration", path)) }
        if let hash = json["hash"] {
            let (algorithm, digest) = (try string(hash, "algorithm", path + ".hash"), try string(hash, "digest", path + ".hash"))
            guard let hash = ContentHash(algorithm: algorithm, digest: digest) else {
                throw wrong(path + ".hash", "the digest \"\(digest.prefix(80))\"", "pairs of hexadecimal digits")
            }
            media.contentHash = hash
        }
        media.video = try json["video"].map { video throws(FormatError) in try self.video(video, path + ".video") }
        media.sound = try json["sound"].map { sound throws(FormatError) in try self.sound(sound, path + ".sound") }
        return media
    }

    private func source(_ json: JSONValue, _ path: String) throws(FormatError) -> Source {
        var source = Source(id: SourceID(try string(json, "id", path)), agent: try agent(json, path))
        source.guideline = try optionalString(json, "guideline", path)
        if let text = try optionalString(json, "time", path) {
            guard let time = WallClock(text) else { throw wrong(path + ".time", "\"\(text.prefix(40))\"", "a time such as 2026-11-24T01:30:00Z") }
            source.time = time
        }
        return source
    }

    private func agent(_ json: JSONValue, _ path: String) throws(FormatError) -> Agent {
        if json["annotator"] != nil { return .annotator(try string(json, "annotator", path)) }
        if json["file"] != nil { return .file(try string(json, "file", path)) }
        let model = try member(json, "model", path)
        return .model(
            name: try string(model, "name", path + ".model"), version: try string(model, "version", path + ".model"),
            parameters: try list(model, "parameters", path + ".model", attribute))
    }

    func attribute(_ json: JSONValue, _ path: String) throws(FormatError) -> Attribute {
        guard let pair = json.array, pair.count == 2, let name = pair[0].string, let value = pair[1].string else {
            throw wrong(path, json.kind, "a pair of strings, name and value")
        }
        return Attribute(name, value)
    }

    private func relation(_ json: JSONValue, _ path: String) throws(FormatError) -> Relation {
        Relation(kind: try string(json, "kind", path), from: LabelID(try string(json, "from", path)), to: LabelID(try string(json, "to", path)))
    }

    private func layer(_ json: JSONValue, _ path: String) throws(FormatError) -> Layer {
        Layer(
            id: try string(json, "id", path), kind: try named(json, "kind", path, LayerKind.init(rawValue:), LayerKind.allCases.map(\.rawValue)),
            language: try optionalString(json, "language", path), parent: try optionalString(json, "parent", path),
            constraint: json["constraint"] == nil
                ? nil : try named(json, "constraint", path, ParentConstraint.init(rawValue:), ParentConstraint.allCases.map(\.rawValue)),
            speaker: try optionalString(json, "speaker", path), labels: LabelList(try list(json, "labels", path, label)),
            attributes: try list(json, "attributes", path, attribute))
    }

    // MARK: Labels

    private func label(_ json: JSONValue, _ path: String) throws(FormatError) -> Label {
        var label = Label(id: LabelID(try string(json, "id", path)), span: try span(json, path), content: try content(json, path))
        if let value = try optionalDouble(json, "confidence", path) {
            guard let confidence = Confidence(value) else { throw wrong(path + ".confidence", "\(value)", "a number from 0 to 1") }
            label.confidence = confidence
        }
        label.source = try optionalString(json, "source", path).map { SourceID($0) }
        if json["review"] != nil { label.review = try named(json, "review", path, ReviewState.init(rawValue:), ReviewState.allCases.map(\.rawValue)) }
        label.attributes = try list(json, "attributes", path, attribute)
        return label
    }

    private func span(_ json: JSONValue, _ path: String) throws(FormatError) -> Span {
        if json["at"] != nil { return .instant(try time(json, "at", path)) }
        if json["from"] != nil { return .open(try time(json, "from", path)) }
        guard let segment = Segment(start: try time(json, "start", path), end: try time(json, "end", path)) else {
            throw wrong(path + ".end", "an end that is not after the start", "a later end, or \"at\" for an instant")
        }
        return .segment(segment)
    }

    func time(_ json: JSONValue, _ name: String, _ path: String) throws(FormatError) -> Timestamp {
        let time = Timestamp(ticks: try integer(json, name, path))
        guard time.isRepresentable else { throw wrong("\(path).\(name)", "\(time.ticks) ticks", "a time within 100 years") }
        return time
    }

    private func content(_ json: JSONValue, _ path: String) throws(FormatError) -> Content {
        if let cue = json["cue"] {
            let inside = path + ".cue"
            return .cue(Cue(CueText(runs: try list(cue, "runs", inside, run)), speaker: try optionalString(cue, "speaker", inside)))
        }
        if let word = json["word"] { return .word(Word(try string(word, "text", path + ".word"), speaker: try optionalString(word, "speaker", path + ".word"))) }
        if let phone = json["phone"] {
            return .phone(Phone(try string(phone, "symbol", path + ".phone"), alphabet: try optionalString(phone, "alphabet", path + ".phone")))
        }
        if let turn = json["turn"] {
            return .turn(SpeakerTurn(speaker: try string(turn, "speaker", path + ".turn"), text: try optionalString(turn, "text", path + ".turn")))
        }
        if let emotion = json["emotion"] { return .emotion(try self.emotion(emotion, path + ".emotion")) }
        if let tag = json["tag"] { return .tag(Tag(try string(tag, "name", path + ".tag"), vocabulary: try optionalString(tag, "vocabulary", path + ".tag"))) }
        if let entity = json["entity"] { return .entity(try self.entity(entity, path + ".entity")) }
        if let track = json["track"] { return .track(try self.track(track, path + ".track")) }
        throw wrong(path, "a label without content", "one of cue, word, phone, turn, emotion, tag, entity, track")
    }

    private func emotion(_ json: JSONValue, _ path: String) throws(FormatError) -> Emotion {
        Emotion(
            categories: try list(json, "categories", path, category), valence: try optionalDouble(json, "valence", path),
            arousal: try optionalDouble(json, "arousal", path), dominance: try optionalDouble(json, "dominance", path))
    }

    private func category(_ json: JSONValue, _ path: String) throws(FormatError) -> ScoredName {
        ScoredName(try string(json, "name", path), score: try optionalDouble(json, "score", path))
    }

    private func entity(_ json: JSONValue, _ path: String) throws(FormatError) -> Entity {
        Entity(try string(json, "text", path), kind: try string(json, "kind", path), words: try list(json, "words", path, text).map { LabelID($0) })
    }

    private func run(_ json: JSONValue, _ path: String) throws(FormatError) -> TextRun {
        if let text = json.string { return TextRun(text) }
        let names = try list(json, "style", path, text)
        if let unknown = names.first(where: { name in !TextStyle.named.contains { $0.name == name } }) {
            throw wrong(path + ".style", "\"\(unknown.prefix(40))\"", "one of " + TextStyle.named.map(\.name).joined(separator: ", "))
        }
        return TextRun(
            try string(json, "text", path), style: TextStyle(TextStyle.named.filter { names.contains($0.name) }.map(\.style)),
            voice: try optionalString(json, "voice", path), language: try optionalString(json, "language", path),
            classes: try list(json, "classes", path, text), appears: json["appears"] == nil ? nil : try time(json, "appears", path))
    }

    // MARK: Values

    func text(_ json: JSONValue, _ path: String) throws(FormatError) -> String {
        guard let text = json.string else { throw wrong(path, json.kind, "a string") }
        return text
    }

    func member(_ json: JSONValue, _ name: String, _ path: String) throws(FormatError) -> JSONValue {
        guard json.object != nil else { throw wrong(path, json.kind, "an object") }
        guard let value = json[name] else { throw wrong(Self.join(path, name), "nothing", "a value") }
        return value
    }

    func string(_ json: JSONValue, _ name: String, _ path: String) throws(FormatError) -> String {
        try text(try member(json, name, path), Self.join(path, name))
    }

    func optionalString(_ json: JSONValue, _ name: String, _ path: String) throws(FormatError) -> String? {
        json[name] == nil ? nil : try string(json, name, path)
    }

    func integer(_ json: JSONValue, _ name: String, _ path: String) throws(FormatError) -> Int64 {
        let value = try member(json, name, path)
        guard let integer = value.integer else { throw wrong(Self.join(path, name), value.kind, "a whole number") }
        return integer
    }

    func optionalDouble(_ json: JSONValue, _ name: String, _ path: String) throws(FormatError) -> Double? {
        guard let value = json[name] else { return nil }
        guard let double = value.double, double.isFinite else { throw wrong(Self.join(path, name), value.kind, "a number") }
        return double
    }

    func named<Value>(
        _ json: JSONValue, _ name: String, _ path: String, _ make: (String) -> Value?, _ known: [String]
    ) throws(FormatError) -> Value {
        let text = try string(json, name, path)
        guard let value = make(text) else {
            throw wrong(Self.join(path, name), "\"\(text.prefix(40))\"", "one of " + known.joined(separator: ", "))
        }
        return value
    }

    /// The items of an array; none when the member is not there.
    func list<Item>(
        _ json: JSONValue, _ name: String, _ path: String, _ read: (JSONValue, String) throws(FormatError) -> Item
    ) throws(FormatError) -> [Item] {
        guard let value = json[name] else { return [] }
        let inside = Self.join(path, name)
        guard let values = value.array else { throw wrong(inside, value.kind, "an array") }
        var items: [Item] = []
        items.reserveCapacity(values.count)
        for (index, value) in values.enumerated() { items.append(try read(value, "\(inside)[\(index)]")) }
        return items
    }

    static func join(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    func wrong(_ path: String, _ found: String, _ expected: String) -> FormatError {
        FormatError(.malformed, file: file, found: "\(found) at \(path)", expected: expected)
    }
}
