import Quality

/// How far two transcripts are apart, as two annotators' or as a reference and a hypothesis. Words are parted by white space and
/// characters are Unicode scalars, blanks among them; nothing is normalised.
public struct TranscriptDistance: Hashable, Sendable {
    /// Edits, and the length of the reference and of the hypothesis, in words.
    public let wordEdits, referenceWords, hypothesisWords: Int
    /// Edits, and the length of the reference and of the hypothesis, in characters.
    public let characterEdits, referenceCharacters, hypothesisCharacters: Int

    public init(reference: String, hypothesis: String) {
        let words = [reference, hypothesis].map { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
        let characters = [reference, hypothesis].map { Array($0.unicodeScalars) }
        wordEdits = EditAlignment(words[0], words[1]).edits
        (referenceWords, hypothesisWords) = (words[0].count, words[1].count)
        characterEdits = EditAlignment(characters[0], characters[1]).edits
        (referenceCharacters, hypothesisCharacters) = (characters[0].count, characters[1].count)
    }

    /// Edits per word of the reference; it can exceed 1. Undefined for an empty reference.
    public var wordErrorRate: Figure { .quotient(Double(wordEdits), Double(referenceWords), else: .emptyReference) }

    /// Edits per character of the reference; it can exceed 1. Undefined for an empty reference.
    public var characterErrorRate: Figure { .quotient(Double(characterEdits), Double(referenceCharacters), else: .emptyReference) }

    /// Twice the edits per word of both: the same whichever annotator comes first. Undefined when both are empty.
    public var symmetricWordErrorRate: Figure {
        .quotient(2 * Double(wordEdits), Double(referenceWords + hypothesisWords), else: .emptyReference)
    }
}
