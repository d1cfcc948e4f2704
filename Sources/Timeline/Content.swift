/// What a label says, one case for each kind of annotation.
public enum Content: Hashable, Sendable {
    case cue(Cue)
    case word(Word)
    case phone(Phone)
    case turn(SpeakerTurn)
    case emotion(Emotion)
    case tag(Tag)
    case entity(Entity)
    case track(Track)

    /// The kind of layer that holds such labels.
    public var kind: LayerKind {
        switch self {
        case .cue: .cues
        case .word: .words
        case .phone: .phones
        case .turn: .turns
        case .emotion: .emotions
        case .tag: .tags
        case .entity: .entities
        case .track: .tracks
        }
    }
}

/// One timed subtitle.
public struct Cue: Hashable, Sendable {
    public var text: CueText
    /// Who speaks the whole cue, where that is stated apart from the text.
    public var speaker: String?

    public init(_ text: CueText, speaker: String? = nil) { (self.text, self.speaker) = (text, speaker) }
}

/// One spoken word.
public struct Word: Hashable, Sendable {
    public var text: String
    public var speaker: String?

    public init(_ text: String, speaker: String? = nil) { (self.text, self.speaker) = (text, speaker) }
}

/// One speech sound.
public struct Phone: Hashable, Sendable {
    public var symbol: String
    /// The set the symbol is from, such as `ipa`, `arpabet` or `x-sampa`; nil when nobody stated one.
    public var alphabet: String?

    public init(_ symbol: String, alphabet: String? = nil) { (self.symbol, self.alphabet) = (symbol, alphabet) }
}

/// A stretch in which one speaker speaks.
public struct SpeakerTurn: Hashable, Sendable {
    public var speaker: String
    /// What was said, where that is known.
    public var text: String?

    public init(speaker: String, text: String? = nil) { (self.speaker, self.text) = (speaker, text) }
}

/// How a stretch of speech or a face comes across: categories with scores, and the three dimensions of affect.
public struct Emotion: Hashable, Sendable {
    /// In the order of the maker, most often falling scores.
    public var categories: [ScoredName]
    /// Unpleasant to pleasant; the scale is the source's.
    public var valence: Double?
    /// Calm to excited; the scale is the source's.
    public var arousal: Double?
    /// Weak to in control; the scale is the source's.
    public var dominance: Double?

    public init(categories: [ScoredName] = [], valence: Double? = nil, arousal: Double? = nil, dominance: Double? = nil) {
        (self.categories, self.valence, self.arousal, self.dominance) = (categories, valence, arousal, dominance)
    }
}

/// A name and how much it applies; the score is nil where the name alone was stated.
public struct ScoredName: Hashable, Sendable {
    public var name: String
    public var score: Double?

    public init(_ name: String, score: Double? = nil) { (self.name, self.score) = (name, score) }
}

/// A name from a closed or open vocabulary that applies to a stretch, such as `applause`.
public struct Tag: Hashable, Sendable {
    public var name: String
    /// The vocabulary the name is from; nil for an open one.
    public var vocabulary: String?

    public init(_ name: String, vocabulary: String? = nil) { (self.name, self.vocabulary) = (name, vocabulary) }
}

/// A span of text that names something, timed by the words under it.
public struct Entity: Hashable, Sendable {
    public var text: String
    /// Such as `person` or `place`.
    public var kind: String
    /// The words that make it up, in order.
    public var words: [LabelID]

    public init(_ text: String, kind: String, words: [LabelID] = []) { (self.text, self.kind, self.words) = (text, kind, words) }
}
