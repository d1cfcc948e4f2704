import Timeline

extension Document {
    /// Turns that were found, speakers under the names that are given for them or `S1`, `S2` and so on.
    ///
    /// - Parameters:
    ///   - names: for speakers by number; those that are missing or nil are counted.
    ///   - parameters: the settings that made the turns, for the record.
    public init(turns: [FoundTurn], in media: Media, names: [String?] = [], parameters: [Attribute]) {
        let source = Source(id: "diarization", agent: .model(name: "slate-diarize", version: "1", parameters: parameters))
        var layer = Layer(id: "turns", kind: .turns)
        for (index, turn) in turns.enumerated() {
            let name = names.indices.contains(turn.speaker) ? names[turn.speaker] : nil
            layer.labels.append(
                Label(
                    id: LabelID("t", index + 1), span: .segment(turn.segment),
                    content: .turn(SpeakerTurn(speaker: name ?? "S\(turn.speaker + 1)")),
                    confidence: Confidence(Double(turn.confidence)), source: source.id))
        }
        self.init(media: media, layers: [layer], sources: [source])
    }
}
