import Timeline

/// One line of a NeMo manifest.
struct NeMoRecord {
    var path: String?
    /// The member that named it.
    var pathName = NeMo.paths[0]
    /// Ticks.
    var offset, duration: Int64?
    var text, speaker, label: String?
    var id, layer, vocabulary: String?
    var confidence: Double?
    /// Other members, with their JSON.
    var others: [Attribute] = []
    var isNumberInText = false
    var isTextNumber = false
    var position = TextPosition(line: 1)

    init(_ json: inout JSONTokenizer) throws(FormatError) {
        guard try json.next() == .beginObject else { throw json.unexpected("an object") }
        position = json.position()
        while try json.next() == .name {
            if json.isName("audio_filepath") { path = try string(&json) ?? path
            } else if json.isName("offset") { offset = try seconds(&json)
            } else if json.isName("duration") { duration = try seconds(&json)
            } else if json.isName("text") { text = try string(&json)
            } else if json.isName("speaker") { speaker = try string(&json)
            } else { try readOther(&json) }
        }
    }

    private mutating func readOther(_ json: inout JSONTokenizer) throws(FormatError) {
        let name = json.text
        try json.next()
        switch (name, json.token) {
        case ("audio_filename", .string), ("video_filepath", .string), ("video_filename", .string): if path == nil { (path, pathName) = (json.text, name) }
        case ("label", .string): label = json.text
        case ("id", .string): id = json.text
        case ("layer", .string): layer = json.text
        case ("vocabulary", .string): vocabulary = json.text
        case ("confidence", .number) where json.double.flatMap { Confidence($0) } != nil: confidence = json.double
        default: others.append(Attribute(NeMo.attribute(ofMember: name), json.bytes.string(try json.rawValue())))
        }
    }

    /// The next value as a text; nil for null.
    private mutating func string(_ json: inout JSONTokenizer) throws(FormatError) -> String? {
        switch try json.next() {
        case .string: return json.text
        case .null: return nil
        case .number:
            isTextNumber = true
            return json.text
        default: throw json.unexpected("a string")
        }
    }

    /// The next value in ticks; nil for null.
    private mutating func seconds(_ json: inout JSONTokenizer) throws(FormatError) -> Int64? {
        if try json.next() == .null { return nil }
        guard let seconds = json.seconds else { throw json.unexpected("seconds such as 12.34") }
        if json.token == .string { isNumberInText = true }
        return seconds.ticks
    }
}
