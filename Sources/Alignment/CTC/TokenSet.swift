/// The tokens of a CTC model: how a text is written in the columns of its emissions.
public struct TokenSet: Sendable {
    /// The number of columns that the tokens need.
    public let columnCount: Int
    /// Column of the blank; nil where no token is known as such.
    public let blank: Int?
    /// Column of the token between words; nil for sets without one.
    public let separator: Int?
    private let columns: [String: Int]
    private let longest: Int
    /// Whether tokens mark the beginning of a word by U+2581, as SentencePiece writes it.
    private let marksWords: Bool

    private static let blanks = ["<pad>", "[PAD]", "<blank>", "<blk>", "<eps>", "[blank]"]
    /// Names that are blanks as the first token alone, because they are letters or marks elsewhere.
    private static let firstBlanks: Set<String> = ["-", "_", "ε", "|blank|"]
    private static let greatestColumn = 1 << 20

    /// - Parameters:
    ///   - tokens: with the column of each.
    ///   - blank: name of the blank token. Nil: the first of the names in use (`<pad>` of wav2vec2, `-` as number 0 of torchaudio and others).
    ///   - separator: name of the token between words. Nil: `|` where there is one.
    /// - Throws: ``CTCError`` for no tokens, a column used twice or out of range, and names that are not there.
    public init(_ tokens: [(name: String, column: Int)], blank: String? = nil, separator: String? = nil) throws(CTCError) {
        var (columns, used) = ([String: Int](), Set<Int>())
        for (name, column) in tokens {
            guard (0...Self.greatestColumn).contains(column), used.insert(column).inserted else { throw .repeatedNumber(token: name, number: column) }
            columns[name] = column
        }
        guard let last = used.max() else { throw .noTokens }
        columnCount = last + 1
        self.blank = try Self.blank(named: blank, columns)
        if let separator, columns[separator] == nil { throw .noSeparator(asked: separator) }
        self.separator = columns[separator ?? "|"].flatMap { [blank = self.blank] in $0 == blank ? nil : $0 }
        self.columns = columns.filter { [blank = self.blank, separator = self.separator] name, column in
            column != blank && column != separator && !Self.isSpecial(name)
        }
        longest = self.columns.keys.reduce(1) { max($0, min(64, $1.count)) }
        marksWords = self.columns.keys.contains { $0.first == "\u{2581}" }
    }

    private static func blank(named name: String?, _ columns: [String: Int]) throws(CTCError) -> Int? {
        if let name {
            guard let column = columns[name] else { throw .noBlank(asked: name) }
            return column
        }
        if let known = blanks.lazy.compactMap({ columns[$0] }).first { return known }
        return columns.first { $1 == 0 && firstBlanks.contains($0) }?.value
    }

    /// `<s>`, `[UNK]` and the like, which stand for no text.
    private static func isSpecial(_ name: String) -> Bool {
        name.count > 2 && (name.first == "<" && name.last == ">" || name.first == "[" && name.last == "]")
    }

    /// Writes a word in the tokens, the longest first, each character in the case that the set has it in.
    ///
    /// Marks of punctuation that the set does not have are left out. Of what else it does not have, such as the digits of a number, each run is one
    /// star.
    public func units(of word: String, unknown: UnknownText) -> [CTCUnit] {
        let text = (marksWords ? "\u{2581}" : "") + word.map { $0 == "\u{2019}" ? "'" : $0 }
        let characters = Array(text)
        var (units, place) = ([CTCUnit](), 0)
        while place < characters.count {
            if let (column, length) = longestToken(characters, from: place) {
                units.append(.token(column))
                place += length
                continue
            }
            if let spelled = spelled(characters[place]) {
                units += spelled
            } else if unknown == .star, Self.isSpoken(characters[place]), units.last != .star {
                units.append(.star)
            }
            place += 1
        }
        return units
    }

    private func longestToken(_ characters: [Character], from place: Int) -> (column: Int, length: Int)? {
        for length in stride(from: min(longest, characters.count - place), through: 1, by: -1) {
            let text = String(characters[place..<place + length])
            if let column = columns[text] ?? columns[text.lowercased()] ?? columns[text.uppercased()] { return (column, length) }
        }
        return nil
    }

    /// A character that becomes several in another case, such as ß.
    private func spelled(_ character: Character) -> [CTCUnit]? {
        let upper = character.uppercased()
        guard upper.count > 1 else { return nil }
        let columns = upper.map { self.columns[String($0)] ?? self.columns[$0.lowercased()] }
        return columns.contains(nil) ? nil : columns.map { .token($0!) }
    }

    /// Whether a character is said rather than a mark: letters, digits, and signs that are read as words.
    private static func isSpoken(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character.isSymbol || "%&@#§‰°".contains(character)
    }
}

/// One step of a text in CTC.
public enum CTCUnit: Hashable, Sendable {
    /// The token of a column.
    case token(Int)
    /// Any sound.
    case star
}

/// What becomes of text that a set of tokens cannot write.
public enum UnknownText: String, Sendable, CaseIterable {
    /// Any sound may stand for it.
    case star
    /// It is left out; a word that holds nothing else has no time.
    case skip
}
