extension Content {
    /// What a person would read of the label where only a text can be shown: the text, or the name that stands for it.
    public var plainText: String {
        switch self {
        case .cue(let cue): cue.text.plain
        case .word(let word): word.text
        case .phone(let phone): phone.symbol
        case .turn(let turn): turn.text ?? turn.speaker
        case .emotion(let emotion): emotion.categories.first?.name ?? ""
        case .tag(let tag): tag.name
        case .entity(let entity): entity.text
        case .track(let track): track.category
        }
    }

    /// Who speaks, where the label says so for the whole of it; the first voice of a cue whose text names one.
    public var speaker: String? {
        switch self {
        case .cue(let cue): cue.speaker ?? cue.text.runs.lazy.compactMap(\.voice).first
        case .word(let word): word.speaker
        case .turn(let turn): turn.speaker
        case .phone, .emotion, .tag, .entity, .track: nil
        }
    }

    /// The label as a cue that shows its plain text; a cue as it is.
    public var asCue: Cue {
        if case .cue(let cue) = self { return cue }
        return Cue(CueText(plainText), speaker: speaker)
    }
}
