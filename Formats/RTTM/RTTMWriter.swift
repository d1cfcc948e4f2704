import Timeline

/// Writes RTTM in ten fields, or in nine where the layer came with nine: turns as SPEAKER, words as LEXEME, tags as the type of
/// their layer or NON-SPEECH.
struct RTTMWriter: LabelWriting {
    private var layer = LayerCache<Style>()

    init(options: WritingOptions) {}

    func begin(_ attributes: [Attribute], to bytes: inout [UInt8]) { LineComments.write("rttm.comment", of: attributes, to: &bytes) }

    func finish(_ attributes: [Attribute], to bytes: inout [UInt8]) {
        LineComments.write(LineComments.trailing("rttm.comment"), of: attributes, to: &bytes)
    }

    mutating func write(_ label: Label, in place: LabelPlace, to bytes: inout [UInt8]) {
        let style = layer.value(place) { Style(place) }
        if !label.attributes.isEmpty { LineComments.write("rttm.comment", of: label.attributes, to: &bytes) }
        let object = Object(label, style)
        bytes += object.type.rawValue.utf8
        bytes += style.media
        appendTimes(label, object.type, style, to: &bytes)
        LineField.append(object.orthography, to: &bytes)
        LineField.append(object.subtype, to: &bytes)
        LineField.append(object.speaker, to: &bytes)
        appendConfidence(label, style, to: &bytes)
        let lookahead = label.attributes.isEmpty ? nil : label.attributes["rttm.lookahead"]
        if !style.hasNineFields || lookahead != nil { LineField.append(lookahead, to: &bytes) }
        bytes.append(Byte.lineFeed)
    }

    /// What the labels of a layer share.
    private struct Style {
        let type: RTTMType?
        /// Media and channel, each after a space.
        let media: [UInt8]
        let digits, scoreDigits: Int
        let hasNineFields: Bool

        init(_ place: LabelPlace) {
            let attributes = place.layer.attributes
            let named = RTTMType.ofLayer(place.layer.id)
            type = attributes["rttm.type"].flatMap(RTTMType.init(rawValue:)) ?? named?.type
            var media: [UInt8] = []
            LineField.append(place.media.name, to: &media)
            LineField.append(attributes["rttm.channel"] ?? named?.channel ?? "1", to: &media)
            self.media = media
            digits = attributes.count(of: "rttm.digits") ?? 3
            scoreDigits = attributes.count(of: "rttm.confidence-digits") ?? 0
            hasNineFields = attributes["rttm.fields"] == "9"
        }
    }

    private func appendTimes(_ label: Label, _ type: RTTMType, _ style: Style, to bytes: inout [UInt8]) {
        let attributes = label.attributes
        guard attributes.isEmpty || attributes["rttm.untimed"] == nil else {
            bytes += " <NA> <NA>".utf8
            return
        }
        bytes.append(Byte.space)
        let start = label.span.start.ticks
        DecimalSeconds.append(start, least: style.digits, asWritten: attributes, "rttm.start", to: &bytes)
        bytes.append(Byte.space)
        let duration = (label.span.end - label.span.start).ticks
        if duration == 0, let stated = statedInstant(attributes, type) { return bytes += stated.utf8 }
        DecimalSeconds.append(duration, least: style.digits, asWritten: attributes, "rttm.duration", to: &bytes)
    }

    /// How an instant states its duration; nil for zero seconds.
    private func statedInstant(_ attributes: [Attribute], _ type: RTTMType) -> String? {
        guard let written = attributes["rttm.duration"] else { return type.isInstant ? "<NA>" : nil }
        return written == "<NA>" ? written : nil
    }

    private func appendConfidence(_ label: Label, _ style: Style, to bytes: inout [UInt8]) {
        guard let confidence = label.confidence else {
            return LineField.append(label.attributes.isEmpty ? nil : label.attributes["rttm.confidence"], to: &bytes)
        }
        bytes.append(Byte.space)
        DecimalScore.append(confidence.value, least: style.scoreDigits, to: &bytes)
    }

    /// The fields that depend on the kind of label.
    private struct Object {
        var type: RTTMType
        var orthography, subtype, speaker: String?

        init(_ label: Label, _ style: Style) {
            let attributes = label.attributes
            subtype = attributes.isEmpty ? nil : attributes["rttm.subtype"]
            switch label.content {
            case .turn(let turn): (type, orthography, speaker) = (.speaker, turn.text, turn.speaker)
            case .word(let word): (type, orthography, speaker) = (.lexeme, word.text, word.speaker)
            case .cue(let cue): (type, orthography, speaker) = (.speaker, cue.text.plain, label.content.speaker)
            case .tag(let tag):
                type = style.type.flatMap { $0.kind == .tags ? $0 : nil } ?? .nonSpeech
                (orthography, subtype, speaker) = (attributes["rttm.orthography"], tag.name, attributes["rttm.speaker"])
            default: (type, orthography) = (.noMetadata, nil)
            }
        }
    }
}
