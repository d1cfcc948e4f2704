import Timeline

/// Writes turns, cues and words as STM, and tags named `unscored` as stretches that scoring ignores.
struct STMWriter: LabelWriting {
    init(options: WritingOptions) {}

    func begin(_ attributes: [Attribute], to bytes: inout [UInt8]) { LineComments.write("stm.comment", of: attributes, to: &bytes) }

    func finish(_ attributes: [Attribute], to bytes: inout [UInt8]) {
        LineComments.write(LineComments.trailing("stm.comment"), of: attributes, to: &bytes)
    }

    func write(_ label: Label, in place: LabelPlace, to bytes: inout [UInt8]) {
        let attributes = label.attributes
        let (speaker, text) = parts(label)
        let layer = place.layer.kind == .tags ? STM.unscored : STM.turns
        LineComments.write("stm.comment", of: attributes, to: &bytes)
        LineField.appendWord(place.media.name.isEmpty ? "<NA>" : place.media.name, to: &bytes)
        LineField.append(layer.channel(of: place.layer.id) ?? "1", to: &bytes)
        LineField.append(speaker, to: &bytes)
        appendTimes(label, place.layer.attributes.count(of: "stm.digits") ?? 3, to: &bytes)
        appendTranscript(text, labels: attributes["stm.labels"], to: &bytes)
        bytes.append(Byte.lineFeed)
    }

    private func parts(_ label: Label) -> (speaker: String?, text: String) {
        switch label.content {
        case .turn(let turn): (turn.speaker, turn.text ?? "")
        case .tag: (label.attributes["stm.speaker"] ?? "excluded_region", STM.ignored.description.uppercased())
        default: (label.content.speaker, label.content.plainText)
        }
    }

    private func appendTimes(_ label: Label, _ digits: Int, to bytes: inout [UInt8]) {
        bytes.append(Byte.space)
        DecimalSeconds.append(label.span.start.ticks, least: digits, asWritten: label.attributes, "stm.begin", to: &bytes)
        bytes.append(Byte.space)
        DecimalSeconds.append(label.span.end.ticks, least: digits, asWritten: label.attributes, "stm.end", to: &bytes)
    }

    /// Appends labels and transcript; a transcript that begins like labels comes after empty ones.
    private func appendTranscript(_ text: String, labels: String?, to bytes: inout [UInt8]) {
        let line = text.utf8.map { $0 == Byte.lineFeed || $0 == Byte.carriageReturn ? Byte.space : $0 }
        let fields = LineFields(line, 0..<line.count, most: 1)
        if let labels {
            bytes += " <".utf8
            LineField.appendWord(labels, to: &bytes)
            bytes.append(.ascii(">"))
        } else if fields.count > 0, STM.isLabels(line, fields[0]) {
            bytes += " <>".utf8
        }
        guard fields.count > 0 else { return }
        bytes.append(Byte.space)
        bytes += line[line.trimmed(0..<line.count)]
    }
}
