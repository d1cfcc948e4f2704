import Timeline

extension Document {
    /// How turns stand in a document.
    public enum TurnLayout: Hashable, Sendable {
        /// One layer.
        case together
        /// A layer for each speaker, for formats of tiers.
        case layerPerSpeaker
        /// The stretches in which anybody speaks, as tags, for formats without speakers.
        case regions
    }

    /// Turns that were found.
    ///
    /// - Parameters:
    ///   - names: of the speakers by number; those that are missing or nil are counted: `S1`, `S2` and so on.
    ///   - parameters: the settings that made the turns, for the record.
    public init(turns: [FoundTurn], in media: Media, names: [String?] = [], layout: TurnLayout = .together, parameters: [Attribute]) {
        let source = Source(id: "diarization", agent: .model(name: "slate-diarize", version: "1", parameters: parameters))
        self.init(media: media, layers: [], sources: [source])
        let labels = turns.enumerated().map { index, turn in
            Label(
                id: LabelID("t", index + 1), span: .segment(turn.segment),
                content: .turn(SpeakerTurn(speaker: SpeakerNames.name(of: turn.speaker, names))), confidence: Confidence(rounding: turn.confidence),
                source: source.id)
        }
        switch layout {
        case .together:
            layers = [Layer(id: "turns", kind: .turns, labels: LabelList(labels))]
        case .layerPerSpeaker:
            layers = Set(turns.map(\.speaker)).sorted().map { speaker in
                let name = SpeakerNames.name(of: speaker, names)
                return Layer(id: name, kind: .turns, speaker: name, labels: LabelList(labels.filter { $0.content.speaker == name }))
            }
        case .regions:
            let regions = SpeechStretches.joined(turns.map(\.segment)).enumerated().map { index, segment in
                Label(id: LabelID("t", index + 1), span: .segment(segment), content: .tag(Tag("scored")), source: source.id)
            }
            layers = [Layer(id: "uem", kind: .tags, labels: LabelList(regions))]
        }
    }
}

/// What speakers are called.
public enum SpeakerNames {
    /// The name that is given for a speaker, or `S` and the number from 1 on.
    public static func name(of speaker: Int, _ names: [String?]) -> String {
        (names.indices.contains(speaker) ? names[speaker] : nil) ?? "S\(speaker + 1)"
    }
}
