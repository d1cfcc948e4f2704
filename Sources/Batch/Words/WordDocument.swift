import Alignment
import Timeline

/// Builds the document of aligned words: lines, words in them, phones in those.
struct WordDocument {
    private let media: Media
    private let transcript: Transcript
    private let language: String
    /// Line of each token.
    private let lines: [Int]
    private let tokens: [String]
    private let maker: Maker
    private var placed: [Int: PlacedToken] = [:]

    private static let name = "slate-words", version = "1"

    /// What the times were found by.
    enum Maker {
        /// A synthetic voice, which gives phones too.
        case synthesis
        case emissions

        var attribute: Attribute { self == .synthesis ? Attribute("pronunciation", "espeak-ng") : Attribute("emissions", "ctc") }
    }

    /// Where a token is, and its phones.
    private struct PlacedToken {
        var span: Range<Timestamp>
        var phones: [(symbol: String, milliseconds: Range<Int>)] = []
        var confidence: Confidence?
    }

    init(media: Media, _ transcript: Transcript, language: String, maker: Maker) {
        (self.media, self.transcript, self.language, self.maker) = (media, transcript, language, maker)
        lines = transcript.lines.enumerated().flatMap { line, content in content.tokens.map { _ in line } }
        tokens = transcript.lines.flatMap(\.tokens)
    }

    /// Tokens that have no time.
    var unplaced: Int { tokens.count - placed.count }

    /// Words of one token become one, as doubtful as the most doubtful of them.
    mutating func append(_ word: WordAligner.PlacedWord) {
        // A doubt of zero is a confidence of one; it falls to a half at a doubt of five.
        let confidence = Confidence(rounding: 1 / (1 + max(0, word.doubt) / 5))
        let span = Self.times(word.milliseconds)
        guard var known = placed[word.token] else {
            placed[word.token] = PlacedToken(span: span, phones: word.phones, confidence: confidence)
            return
        }
        known.span = known.span.lowerBound..<max(known.span.upperBound, span.upperBound)
        known.phones += word.phones
        known.confidence = [known.confidence, confidence].compactMap { $0 }.min()
        placed[word.token] = known
    }

    mutating func state(_ confidence: Float?, ofToken token: Int) { placed[token]?.confidence = confidence.flatMap { Confidence(rounding: $0) } }

    mutating func append(token: Int, _ span: Range<Timestamp>, confidence: Float?) {
        placed[token] = PlacedToken(span: span, confidence: confidence.flatMap { Confidence(rounding: $0) })
    }

    private static func times(_ milliseconds: Range<Int>) -> Range<Timestamp> {
        .milliseconds(Int64(milliseconds.lowerBound))..<Timestamp.milliseconds(Int64(milliseconds.upperBound))
    }

    var document: Document {
        var layers = [
            Layer(id: "lines", kind: .cues, language: language),
            Layer(id: "words", kind: .words, language: language, parent: "lines", constraint: .includedIn),
            Layer(id: "phones", kind: .phones, language: language, parent: "words", constraint: .includedIn),
        ]
        for (token, text) in tokens.enumerated() {
            guard let found = placed[token], let span = span(found.span) else { continue }
            let speaker = transcript.lines[lines[token]].speaker
            layers[1].labels.append(label("w", layers[1].labels.count, span, .word(Word(text, speaker: speaker)), found.confidence))
            for phone in found.phones {
                guard let span = self.span(Self.times(phone.milliseconds)) else { continue }
                layers[2].labels.append(label("p", layers[2].labels.count, span, .phone(Phone(phone.symbol, alphabet: "espeak")), nil))
            }
        }
        layers[0].labels = lineLabels()
        if maker == .emissions, layers[2].labels.isEmpty { layers.removeLast() }
        let parameters = [Attribute("language", language), maker.attribute]
        let source = Source(id: "words", agent: .model(name: Self.name, version: Self.version, parameters: parameters))
        return Document(media: media, layers: layers, sources: [source])
    }

    private func lineLabels() -> LabelList {
        var (labels, first) = (LabelList(), 0)
        for line in transcript.lines {
            let range = first..<first + line.tokens.count
            first = range.upperBound
            let found = range.compactMap { placed[$0]?.span }
            guard let start = found.first?.lowerBound, let end = found.map(\.upperBound).max(), let span = span(start..<end) else { continue }
            let cue = Cue(CueText(line.tokens.joined(separator: " ")), speaker: line.speaker)
            labels.append(label("l", labels.count, span, .cue(cue), nil))
        }
        return labels
    }

    private func label(_ letter: Unicode.Scalar, _ number: Int, _ span: Span, _ content: Content, _ confidence: Confidence?) -> Label {
        Label(id: LabelID(letter, number + 1), span: span, content: content, confidence: confidence, source: "words")
    }

    /// Within the media.
    private func span(_ times: Range<Timestamp>) -> Span? {
        let end = min(times.upperBound, .zero + (media.duration ?? TimeDelta(ticks: .max)))
        return Segment(start: max(.zero, times.lowerBound), end: end).map(Span.segment)
    }
}
