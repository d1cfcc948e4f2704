import Timeline

extension SpeakerTurns {
    public init(_ document: Document) {
        self.init()
        append(document)
    }

    /// Adds the turns of a document: of its layers of turns or, where it has none, of cues and words whose speaker is stated. Turns without a length
    /// and turns of nobody are left out.
    public mutating func append(_ document: Document) {
        let layers = document.layers.filter { $0.kind == .turns }
        for layer in layers.isEmpty ? document.layers.filter({ $0.kind == .cues || $0.kind == .words }) : layers {
            for label in layer.labels {
                guard let speaker = label.content.namedSpeaker ?? layer.speaker else { continue }
                append(from: label.span.start, to: label.span.end, speaker: speaker)
            }
        }
    }
}

extension Content {
    fileprivate var namedSpeaker: String? {
        switch self {
        case .turn(let turn): turn.speaker
        case .word(let word): word.speaker
        case .cue(let cue): cue.speaker ?? cue.text.runs.lazy.compactMap(\.voice).first
        default: nil
        }
    }
}

extension Document {
    /// The stretches that a UEM file, or any layer of tags, says are to be scored.
    public var scoredStretches: [Segment] {
        layers.filter { $0.kind == .tags }.flatMap { layer in
            layer.labels.compactMap { label in if case .segment(let segment) = label.span { segment } else { nil } }
        }
    }
}
