import Formats
import Timeline

/// What was said, as written: lines in order, each in tokens.
public struct Transcript: Sendable {
    /// A line of the text, or a cue of a subtitle file.
    public struct Line: Hashable, Sendable {
        public var tokens: [String]
        public var speaker: String?

        /// Whether a phrase ends with a token.
        func endsPhrase(at index: Int) -> Bool { Transcript.endsPhrase(tokens[index]) }
    }

    public var lines: [Line]
    public var language: String?

    public init(lines: [Line], language: String? = nil) { (self.lines, self.language) = (lines, language) }

    public var isEmpty: Bool { lines.allSatisfy(\.tokens.isEmpty) }

    /// Reads plain text, a line for each sentence or paragraph, or any label file with cues, words or turns.
    ///
    /// - Parameter format: nil to take a name that ends in `.txt` as plain text, and find out the format of any other.
    /// - Throws: ``FormatError``.
    public init(path: String, format: LabelFormat? = nil) throws {
        let input = try LabelInput(path: path)
        if format == nil, path.lowercased().hasSuffix(".txt"), case .file(let bytes) = input.content {
            self.init(plain: String(decoding: bytes, as: UTF8.self))
            return
        }
        let reading = try (format ?? LabelFormat.detect(input)).read(input)
        self.init(reading.corpus)
    }

    /// Lines of plain text. `Ann: Good morning.` is a line of Ann's.
    public init(plain text: String) {
        let text = text.first == "\u{FEFF}" ? text.dropFirst() : text[...]
        self.init(lines: text.split(whereSeparator: \.isNewline).map { Self.line(String($0)) }.filter { !$0.tokens.isEmpty })
    }

    /// The texts of a document's first layer with cues, words or turns, in order of time.
    init(_ corpus: Corpus) {
        let layers = corpus.documents.flatMap(\.layers)
        let order: [LayerKind] = [.cues, .words, .turns]
        guard let layer = order.lazy.compactMap({ kind in layers.first { $0.kind == kind && !$0.labels.isEmpty } }).first else {
            self.init(lines: [])
            return
        }
        let labels = layer.labels.sorted { $0.span.start < $1.span.start }
        let lines = labels.map { label in
            let text: String =
                switch label.content {
                case .cue(let cue): cue.text.plain
                case .word(let word): word.text
                case .turn(let turn): turn.text ?? ""
                default: ""
                }
            return Line(tokens: Self.tokens(text), speaker: label.content.speaker)
        }
        self.init(lines: layer.kind == .words ? [Line(tokens: lines.flatMap(\.tokens))] : lines.filter { !$0.tokens.isEmpty }, language: layer.language)
    }

    private static func line(_ text: String) -> Line {
        guard let colon = text.firstIndex(of: ":"), isName(text[..<colon]), text[text.index(after: colon)...].first?.isWhitespace == true else {
            return Line(tokens: tokens(text))
        }
        return Line(tokens: tokens(String(text[text.index(after: colon)...])), speaker: String(text[..<colon]))
    }

    /// Whether a text before a colon names a speaker: at most three words, each beginning with a capital or a digit.
    private static func isName(_ text: Substring) -> Bool {
        let words = text.split(separator: " ")
        return (1...3).contains(words.count) && words.allSatisfy { $0.first.map { $0.isUppercase || $0.isNumber } ?? false }
    }

    /// Whether a token ends with a mark that is read as a pause, quotes and brackets behind it passed over.
    static func endsPhrase(_ token: String) -> Bool {
        let marks: Set<Character> = [".", ",", ";", ":", "?", "!", "…", "—", "–", "。", "，", "、", "；", "：", "？", "！", "،", "؛", "؟", "।"]
        let closing: Set<Character> = ["\"", "'", "”", "’", "»", ")", "]", "）", "」", "』"]
        return token.reversed().first { !closing.contains($0) }.map(marks.contains) ?? false
    }

    /// The parts between white space.
    private static func tokens(_ text: String) -> [String] { text.split(whereSeparator: \.isWhitespace).map(String.init) }
}
