/// What in two texts is no error: how they are rewritten before they are compared.
public struct TextRules: Hashable, Sendable {
    public var name: String
    /// Letters lose their case.
    public var foldsCase = false
    /// Full-width letters, digits and marks become plain ones (U+FF01 to U+FF5E, U+3000), curled apostrophes straight, and soft hyphens and zero
    /// widths go.
    public var foldsForms = false
    public var punctuation = Punctuation.kept
    /// Marks that stay inside words, between two letters or digits, where others go.
    public var innerMarks: Set<Character> = []
    /// Whole words that others stand for, after the rules above. Nothing takes a word out.
    public var replacements: [String: [String]] = [:]

    public enum Punctuation: String, Sendable {
        case kept
        case removed
        /// It parts words, as a blank does.
        case split
    }

    /// Nothing but white space is changed, as jiwer does by default.
    public static let exact = TextRules(name: "none")

    /// Case, forms and punctuation do not count; apostrophes and hyphens inside words do. Numbers are left as they are.
    public static let plain: TextRules = {
        var rules = TextRules(name: "plain")
        (rules.foldsCase, rules.foldsForms, rules.punctuation, rules.innerMarks) = (true, true, .removed, ["'", "-"])
        return rules
    }()

    public static let names = ["none", "plain"]

    public init(name: String) { self.name = name }

    public static func named(_ name: String) -> TextRules? { name == "none" ? exact : name == "plain" ? plain : nil }

    /// The words of a text, by white space after the rules.
    public func words(of text: String) -> [String] {
        var text = foldsForms ? Self.folded(text) : text
        if foldsCase { text = text.lowercased() }
        if punctuation != .kept { text = withoutMarks(Array(text)) }
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        return replacements.isEmpty ? words : words.flatMap { replacements[$0] ?? [$0] }
    }

    private static func folded(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E: result.append(Unicode.Scalar(scalar.value - 0xFEE0)!)
            case 0x3000: result.append(" ")
            case 0x2018, 0x2019, 0x02BC: result.append("'")
            case 0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF: continue
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    private func withoutMarks(_ characters: [Character]) -> String {
        var result = ""
        for (place, character) in characters.enumerated() {
            guard Self.isMark(character) else { result.append(character); continue }
            let isInner = place > 0 && place + 1 < characters.count && Self.isWord(characters[place - 1]) && Self.isWord(characters[place + 1])
            if isInner, innerMarks.contains(character) || Self.partsNumber(characters, place) {
                result.append(character)
            } else if punctuation == .split {
                result.append(" ")
            }
        }
        return result
    }

    private static func isMark(_ character: Character) -> Bool { character.isPunctuation && !"%&@#§".contains(character) }
    private static func isWord(_ character: Character) -> Bool { character.isLetter || character.isNumber }

    /// A point or comma between digits is part of the number.
    private static func partsNumber(_ characters: [Character], _ place: Int) -> Bool {
        ".,:".contains(characters[place]) && characters[place - 1].isNumber && characters[place + 1].isNumber
    }
}
