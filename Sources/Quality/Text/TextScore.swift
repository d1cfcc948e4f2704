/// Edits by kind, of words or of characters.
public struct EditCounts: Hashable, Sendable {
    public var matches = 0, substitutions = 0, deletions = 0, insertions = 0

    public init() {}

    init(_ alignment: EditAlignment) {
        for step in alignment.steps {
            switch step {
            case .match: matches += 1
            case .substitution: substitutions += 1
            case .deletion: deletions += 1
            case .insertion: insertions += 1
            }
        }
    }

    public var edits: Int { substitutions + deletions + insertions }
    /// Length of the reference.
    public var reference: Int { matches + substitutions + deletions }

    /// Edits over the length of the reference; it can exceed 1. Nil for an empty reference.
    public var rate: Double? { reference > 0 ? Double(edits) / Double(reference) : nil }

    public static func += (total: inout EditCounts, more: EditCounts) {
        total.matches += more.matches
        total.substitutions += more.substitutions
        total.deletions += more.deletions
        total.insertions += more.insertions
    }
}

/// How far a transcript is from its reference: word and character error rate with the alignments they come from.
///
///     reference   the cat sat on the mat
///     hypothesis  the cat sit on mat          substitutions 1, deletions 1, word error rate 2 / 6
public struct TextScore: Sendable {
    /// After the rules.
    public let reference, hypothesis: [String]
    public let alignment: EditAlignment
    public let words: EditCounts
    /// Of Unicode scalars, with one blank between words.
    public let characters: EditCounts

    public init(reference: String, hypothesis: String, rules: TextRules) {
        (self.reference, self.hypothesis) = (rules.words(of: reference), rules.words(of: hypothesis))
        alignment = EditAlignment(self.reference, self.hypothesis)
        words = EditCounts(alignment)
        characters = EditCounts(EditAlignment(Self.scalars(self.reference), Self.scalars(self.hypothesis)))
    }

    private static func scalars(_ words: [String]) -> [Unicode.Scalar] { Array(words.joined(separator: " ").unicodeScalars) }
}
