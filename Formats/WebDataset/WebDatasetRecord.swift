import Timeline

/// What an object in the `.json` of a sample says, in the names that data sets use.
struct WebDatasetRecord {
    var text: String?
    var speaker: String?
    var start, end, duration: Int64?
    /// Names that differ from `text`, and the names of the times that were stated.
    var textName = "text"
    var timeNames: [String] = []
    /// Other members, with their JSON.
    var others: [Attribute] = []

    private static let texts: Set = ["text", "transcript", "transcription", "sentence", "caption"]
    private static let starts: Set = ["start", "begin", "start_time"]
    private static let ends: Set = ["end", "end_time"]

    /// Reads the object that the latest token begins.
    init(_ json: inout JSONTokenizer) throws(FormatError) {
        guard json.token == .beginObject else { throw json.unexpected("an object that says what the sample is") }
        while try json.next() == .name {
            let name = json.text
            try json.next()
            if json.token == .string, text == nil, Self.texts.contains(name) { (text, textName) = (json.text, name)
            } else if json.token == .string, speaker == nil, name == "speaker" { speaker = json.text
            } else if json.token == .number, let ticks = json.seconds?.ticks, takeTime(name, ticks) { timeNames.append(name)
            } else { others.append(Attribute("webdataset.\(name)", json.bytes.string(try json.rawValue()))) }
        }
    }

    private mutating func takeTime(_ name: String, _ ticks: Int64) -> Bool {
        if Self.starts.contains(name), start == nil { start = ticks } else if Self.ends.contains(name), end == nil { end = ticks
        } else if name == "duration", duration == nil { duration = ticks } else { return false }
        return true
    }

    var span: Span {
        let begin = Timestamp(ticks: start ?? 0)
        guard let end = end.map({ Timestamp(ticks: $0) }) ?? duration.map({ begin + TimeDelta(ticks: $0) }) else { return .open(begin) }
        return Segment(start: begin, end: end).map(Span.segment) ?? .instant(begin)
    }

    var content: Content {
        guard speaker == nil, let text else { return .turn(SpeakerTurn(speaker: speaker ?? "", text: text)) }
        return .cue(Cue(CueText(text)))
    }

    var attributes: [Attribute] {
        var attributes = others
        if textName != "text" { attributes.append(Attribute("webdataset:text", textName)) }
        if timeNames != ["start", "end"] { attributes.append(Attribute("webdataset:times", timeNames.joined(separator: ","))) }
        return attributes
    }

    /// Writes a label that was read from such an object.
    static func write(_ label: Label, to json: inout JSONWriter) {
        json.beginObject()
        let text = if case .turn(let turn) = label.content { turn.text } else { Optional(label.content.plainText) }
        if let text { json.add(label.attributes["webdataset:text"] ?? "text", text) }
        if let speaker = label.content.speaker, !speaker.isEmpty { json.add("speaker", speaker) }
        for name in (label.attributes["webdataset:times"] ?? "start,end").split(separator: ",") {
            json.name(String(name))
            let ticks = starts.contains(String(name)) ? label.span.start.ticks : name == "duration" ? (label.span.end - label.span.start).ticks : label.span.end.ticks
            json.add(secondsOf: ticks, least: 1)
        }
        for attribute in label.attributes where attribute.name.hasPrefix("webdataset.") {
            json.name(String(attribute.name.dropFirst(11)))
            json.add(raw: attribute.value.utf8)
        }
        json.endObject()
    }
}
