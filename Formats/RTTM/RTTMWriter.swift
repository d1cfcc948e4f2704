import Timeline

/// Writes RTTM in ten fields: turns as SPEAKER, words as LEXEME, tags as the type of their layer or NON-SPEECH.
struct RTTMWriter: LabelWriting {
    init(options: WritingOptions) {}

    mutating func begin(_ attributes: [Attribute], to bytes: inout [UInt8]) {
        for comment in attributes.values(of: "rttm.comment") { bytes += "\(comment)\n".utf8 }
    }

    mutating func write(_ label: Label, in place: LabelPlace, to bytes: inout [UInt8]) {
        let layer = place.layer
        let objects = Objects(label, type: layer.attributes["rttm.type"].flatMap(RTTMType.init(rawValue:)), layer: layer)
        bytes += objects.type.rawValue.utf8
        append(place.media.name, to: &bytes)
        append(layer.attributes["rttm.channel"] ?? "1", to: &bytes)
        appendTimes(label, digits: layer.attributes["rttm.digits"].flatMap { Int($0) } ?? 3, to: &bytes)
        for field in [objects.orthography, objects.subtype, objects.speaker] { append(field, to: &bytes) }
        append(label.attributes["rttm.confidence"] ?? label.confidence.map { "\($0.value)" }, to: &bytes)
        append(label.attributes["rttm.lookahead"], to: &bytes)
        bytes.append(Byte.lineFeed)
    }

    private func appendTimes(_ label: Label, digits: Int, to bytes: inout [UInt8]) {
        guard label.attributes["rttm.untimed"] == nil else {
            bytes += " <NA> <NA>".utf8
            return
        }
        bytes.append(Byte.space)
        DecimalSeconds.append(label.span.start.ticks, least: digits, to: &bytes)
        bytes.append(Byte.space)
        DecimalSeconds.append((label.span.end - label.span.start).ticks, least: digits, to: &bytes)
    }

    /// Appends a field; `<NA>` where there is nothing to say.
    private func append(_ value: String?, to bytes: inout [UInt8]) {
        bytes.append(Byte.space)
        guard let value, !value.isEmpty else {
            bytes += "<NA>".utf8
            return
        }
        for byte in value.utf8 { bytes.append(Byte.isBlank(byte) || byte < 0x20 ? .ascii("_") : byte) }
    }

    /// The fields that depend on the kind of label.
    private struct Objects {
        var type: RTTMType
        var orthography, subtype, speaker: String?

        init(_ label: Label, type stated: RTTMType?, layer: Layer) {
            subtype = label.attributes["rttm.subtype"]
            switch label.content {
            case .turn(let turn): (type, orthography, speaker) = (.speaker, turn.text, turn.speaker)
            case .word(let word): (type, orthography, speaker) = (.lexeme, word.text, word.speaker)
            case .cue(let cue): (type, orthography, speaker) = (.speaker, cue.text.plain, cue.speaker ?? cue.text.runs.lazy.compactMap(\.voice).first)
            case .tag(let tag):
                type = stated ?? tag.vocabulary.flatMap { RTTMType(rawValue: $0.uppercased()) } ?? .nonSpeech
                (orthography, subtype, speaker) = (label.attributes["rttm.orthography"], tag.name, label.attributes["rttm.speaker"])
            default: (type, orthography) = (.noMetadata, nil)
            }
        }
    }
}
