/// Something that a document can say and a format may be unable to hold.
public enum LabelFeature: String, Hashable, Sendable, CaseIterable {
    /// Whole labels of a kind.
    case labels
    /// The kind of a label: a word that becomes a cue.
    case kind
    /// Exact times; rounded to the format's grid.
    case time
    /// Labels at an instant, which get a length or are left out.
    case instants
    /// Labels without a stated end.
    case openEnds = "open-ends"
    /// Labels of one layer that overlap in time.
    case overlaps
    case ids
    case text
    /// Names of speakers, tags and media, which are spelled differently.
    case names
    case speaker
    /// Bold, italic and the like; ruby.
    case style
    /// Voices and languages of parts of a text.
    case spans
    /// Classes of parts of a text, that a style sheet speaks of.
    case classes
    /// Times inside a text.
    case innerTimes = "inner-times"
    case confidence
    /// Who or what made a label.
    case source
    case review
    /// What another format stated and the model does not name.
    case attributes
    /// Which layer a label is in.
    case layers
    case layerParents = "layer-parents"
    case layerLanguage = "layer-language"
    case layerSpeaker = "layer-speaker"
    /// Which medium a label speaks of.
    case media
    /// How long the media are.
    case duration
    /// Size, rate and hash of the media.
    case mediaFacts = "media-facts"
    case relations
    /// The set that a phone is from.
    case alphabet
    /// Scores of categories, and the dimensions of affect.
    case emotionScores = "emotion-scores"
    case vocabulary
    /// The words of an entity.
    case entityWords = "entity-words"
    /// Which boxes are one object.
    case identity
    /// Outlines that become boxes.
    case shapes
    /// Hidden, outside, interpolated, keyframe or not.
    case visibility

    /// The feature in words, for a report.
    public var description: String {
        switch self {
        case .labels: "labels that the format cannot hold"
        case .kind: "labels that become labels of another kind"
        case .time: "times that are rounded"
        case .instants: "labels at an instant"
        case .openEnds: "labels without a stated end"
        case .overlaps: "labels that overlap others of their layer"
        case .ids: "ids of labels"
        case .text: "text that is changed or left out"
        case .names: "names that are spelled differently"
        case .speaker: "speakers of labels"
        case .style: "looks of text"
        case .spans: "voices and languages inside text"
        case .classes: "classes inside text"
        case .innerTimes: "times inside text"
        case .confidence: "confidence"
        case .source: "who made a label"
        case .review: "review states"
        case .attributes: "details of another format"
        case .layers: "which layer a label is in"
        case .layerParents: "parents of layers"
        case .layerLanguage: "languages of layers"
        case .layerSpeaker: "speakers of layers"
        case .media: "which medium a label speaks of"
        case .duration: "durations of media"
        case .mediaFacts: "size, rate or hash of media"
        case .relations: "relations between labels"
        case .alphabet: "alphabets of phones"
        case .emotionScores: "scores and dimensions of emotions"
        case .vocabulary: "vocabularies of tags"
        case .entityWords: "words of entities"
        case .identity: "which boxes are one object"
        case .shapes: "shapes that become boxes"
        case .visibility: "occlusion and interpolation"
        }
    }
}
