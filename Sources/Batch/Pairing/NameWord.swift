/// One word of a file name, in a form that compares: lowercase, without accents and apostrophes.
struct NameWord: Hashable {
    let text: String

    /// The words of a name; everything but letters, marks and digits parts them.
    static func words(in name: String) -> [NameWord] {
        var words: [NameWord] = []
        var word = String.UnicodeScalarView()
        for scalar in LetterFolding.folded(name) where scalar != "'" && scalar != "\u{2019}" {
            if isWordScalar(scalar) {
                word.append(scalar)
            } else if !word.isEmpty {
                words.append(NameWord(text: String(word)))
                word.removeAll()
            }
        }
        if !word.isEmpty { words.append(NameWord(text: String(word))) }
        return words
    }

    private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.properties.isAlphabetic || (48...57).contains(scalar.value) }
        return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            || scalar.properties.generalCategory == .nonspacingMark || scalar.properties.generalCategory == .spacingMark
    }

    /// A whole number of at most six digits.
    var number: Int? { text.utf8.count <= 6 && text.utf8.allSatisfy { (48...57).contains($0) } ? Int(text) : nil }

    /// The word cut where letters meet digits: `s01e02` gives `s`, 1, `e`, 2.
    var runs: [Run] {
        var runs: [Run] = []
        var rest = Substring(text)
        while let first = rest.first {
            let isDigit = first.isASCII && first.isNumber
            let run = rest.prefix { ($0.isASCII && $0.isNumber) == isDigit }
            runs.append(isDigit && run.utf8.count <= 6 ? .number(Int(run) ?? 0) : .letters(String(run)))
            rest = rest[run.endIndex...]
        }
        return runs
    }

    enum Run: Hashable {
        case letters(String)
        case number(Int)
    }
}
