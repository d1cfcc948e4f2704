import Timeline

/// Writes each label as a line of a NeMo manifest.
struct NeMoWriter: LabelWriting {
    private var json = JSONWriter(.oneLine)

    init(options: WritingOptions) {}

    mutating func write(_ label: Label, in place: LabelPlace, to bytes: inout [UInt8]) {
        json.beginObject()
        json.add(label.attributes["nemo.path"] ?? NeMo.paths[0], place.media.name)
        writeSpan(label)
        writeContent(label)
        if !label.id.isCounter { json.add("id", label.id.name) }
        if let confidence = label.confidence { json.add("confidence", confidence.value) }
        if place.layer.id != NeMo.layer(place.layer.kind) { json.add("layer", place.layer.id) }
        for attribute in label.attributes {
            guard let member = NeMo.member(ofAttribute: attribute.name) else { continue }
            json.name(member)
            json.add(raw: attribute.value.utf8)
        }
        json.endObject()
        json.endLine()
        bytes += json.bytes
        json.bytes.removeAll(keepingCapacity: true)
    }

    private mutating func writeSpan(_ label: Label) {
        if label.span.start != .zero || label.attributes["nemo.offset"] == nil {
            json.name("offset")
            json.add(secondsOf: label.span.start.ticks, least: 1)
        }
        json.name("duration")
        switch label.span {
        case .segment(let segment): json.add(secondsOf: segment.duration.ticks, least: 1)
        // A stretch of no length cannot be heard, so an instant gets 10 ms.
        case .instant: json.add(secondsOf: TimeDelta.milliseconds(10).ticks, least: 1)
        case .open: json.addNull()
        }
    }

    private mutating func writeContent(_ label: Label) {
        switch label.content {
        case .tag(let tag):
            json.add("label", tag.name)
            if let vocabulary = tag.vocabulary { json.add("vocabulary", vocabulary) }
        case .turn(let turn): writeTurn(turn.text, turn.speaker, label)
        default: writeTurn(label.content.plainText, label.content.speaker ?? "", label)
        }
    }

    private mutating func writeTurn(_ text: String?, _ speaker: String, _ label: Label) {
        if let text { json.add("text", text) }
        if let stated = label.attributes["nemo.label"] { json.add("label", stated) }
        if !speaker.isEmpty { json.add("speaker", speaker) }
        if let vocabulary = label.attributes["nemo.vocabulary"] { json.add("vocabulary", vocabulary) }
    }
}
