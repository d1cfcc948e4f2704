/// How many elements have to be changed, added or left out to turn one list into the other (Levenshtein 1966).
///
/// - Complexity: O(a · b) time, O(the shorter) memory, after equal beginnings and ends are set aside.
public func editDistance<Element: Equatable>(_ a: [Element], _ b: [Element]) -> Int {
    var (a, b) = (a[...], b[...])
    while let x = a.first, let y = b.first, x == y { a.removeFirst(); b.removeFirst() }
    while let x = a.last, let y = b.last, x == y { a.removeLast(); b.removeLast() }
    if a.count < b.count { (a, b) = (b, a) }
    if b.isEmpty { return a.count }
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, y) in b.enumerated() {
            let change = diagonal + (x == y ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(change, diagonal + 1, row[j] + 1)
        }
    }
    return row[b.count]
}

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
        var codes: [String: Int] = [:]
        let numbers = words.map { $0.map { word -> Int in
            let code = codes[word] ?? codes.count
            codes[word] = code
            return code
        } }
        (wordEdits, referenceWords, hypothesisWords) = (editDistance(numbers[0], numbers[1]), words[0].count, words[1].count)
        characterEdits = editDistance(characters[0], characters[1])
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
