import Timeline

/// Writes words, and phones as words, as CTM: as many of the last three fields as the label needs.
struct CTMWriter: LabelWriting {
    private var layer = LayerCache<Style>()

    init(options: WritingOptions) {}

    private struct Style {
        /// Media and channel, with a space between them.
        let media: [UInt8]
        let digits, scoreDigits: Int

        init(_ place: LabelPlace) {
            var media: [UInt8] = []
            LineField.appendWord(place.media.name.isEmpty ? "<NA>" : place.media.name, to: &media)
            LineField.append(CTM.layer.channel(of: place.layer.id) ?? "1", to: &media)
            self.media = media
            digits = place.layer.attributes.count(of: "ctm.digits") ?? 3
            scoreDigits = place.layer.attributes.count(of: "ctm.confidence-digits") ?? 0
        }
    }

    func begin(_ attributes: [Attribute], to bytes: inout [UInt8]) { LineComments.write("ctm.comment", of: attributes, to: &bytes) }

    func finish(_ attributes: [Attribute], to bytes: inout [UInt8]) {
        LineComments.write("ctm.mark", LineComments.trailing("ctm.comment"), of: attributes, to: &bytes)
    }

    mutating func write(_ label: Label, in place: LabelPlace, to bytes: inout [UInt8]) {
        let style = layer.value(place) { Style(place) }
        let attributes = label.attributes
        if !attributes.isEmpty { LineComments.write("ctm.comment", "ctm.mark", of: attributes, to: &bytes) }
        bytes += style.media
        bytes.append(Byte.space)
        DecimalSeconds.append(label.span.start.ticks, least: style.digits, asWritten: attributes, "ctm.begin", to: &bytes)
        bytes.append(Byte.space)
        DecimalSeconds.append((label.span.end - label.span.start).ticks, least: style.digits, asWritten: attributes, "ctm.duration", to: &bytes)
        LineField.append(label.content.plainText, to: &bytes)
        appendLastFields(label, style, to: &bytes)
        bytes.append(Byte.lineFeed)
    }

    private func appendLastFields(_ label: Label, _ style: Style, to bytes: inout [UInt8]) {
        let attributes = label.attributes
        let speaker = label.content.speaker.flatMap { $0.isEmpty ? nil : $0 }
        let stated = attributes.isEmpty ? nil : attributes["ctm.confidence"]
        let type = attributes.isEmpty ? nil : attributes["ctm.type"]
        guard label.confidence != nil || stated != nil || type != nil || speaker != nil else { return }
        if let confidence = label.confidence {
            bytes.append(Byte.space)
            DecimalScore.append(confidence.value, least: style.scoreDigits, to: &bytes)
        } else {
            LineField.append(stated, absent: "NA", to: &bytes)
        }
        guard type != nil || speaker != nil else { return }
        LineField.append(type, absent: "lex", to: &bytes)
        if let speaker { LineField.append(speaker, to: &bytes) }
    }
}
