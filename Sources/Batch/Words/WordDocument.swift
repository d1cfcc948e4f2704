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
    /// Milliseconds of each token that was placed, its phones and its doubt.
    private var placed: [Int: (milliseconds: Range<Int>, phones: [(symbol: String, milliseconds: Range<Int>)], doubt: Float)] = [:]

    private static let name = "slate-words", version = "1"

    init(media: Media, _ transcript: Transcript, language: String) {
        (self.media, self.transcript, self.language) = (media, transcript, language)
        lines = transcript.lines.enumerated().flatMap { line, content in content.tokens.map { _ in line } }
        tokens = transcript.lines.flatMap(\.tokens)
    }

    /// Tokens that have no time.
    var unplaced: Int { tokens.count - placed.count }

    /// Words of one token become one.
    mutating func append(_ word: WordAligner.PlacedWord) {
        guard let known = placed[word.token] else {
            placed[word.token] = (word.milliseconds, word.phones, word.doubt)
            return
        }
        placed[word.token] = (
            known.milliseconds.lowerBound..<max(known.milliseconds.upperBound, word.milliseconds.upperBound), known.phones + word.phones, max(known.doubt, word.doubt)
        )
    }

    var document: Document {
        var layers = [
            Layer(id: "lines", kind: .cues, language: language),
            Layer(id: "words", kind: .words, language: language, parent: "lines", constraint: .includedIn),
            Layer(id: "phones", kind: .phones, language: language, parent: "words", constraint: .includedIn),
        ]
        for (token, text) in tokens.enumerated() {
            guard let found = placed[token], let span = span(found.milliseconds) else { continue }
            let speaker = transcript.lines[lines[token]].speaker
            layers[1].labels.append(label("w", layers[1].labels.count, span, .word(Word(text, speaker: speaker)), doubt: found.doubt))
            for phone in found.phones {
                guard let span = self.span(phone.milliseconds) else { continue }
                layers[2].labels.append(label("p", layers[2].labels.count, span, .phone(Phone(phone.symbol, alphabet: "espeak")), doubt: nil))
            }
        }
        layers[0].labels = lineLabels()
        let parameters = [Attribute("language", language), Attribute("pronunciation", "espeak-ng")]
        let source = Source(id: "words", agent: .model(name: Self.name, version: Self.version, parameters: parameters))
        return Document(media: media, layers: layers, sources: [source])
    }

    private func lineLabels() -> LabelList {
        var (labels, first) = (LabelList(), 0)
        for line in transcript.lines {
            let range = first..<first + line.tokens.count
            first = range.upperBound
            let found = range.compactMap { placed[$0]?.milliseconds }
            guard let start = found.first?.lowerBound, let end = found.map(\.upperBound).max(), let span = span(start..<end) else { continue }
            let cue = Cue(CueText(line.tokens.joined(separator: " ")), speaker: line.speaker)
            labels.append(label("l", labels.count, span, .cue(cue), doubt: nil))
        }
        return labels
    }

    private func label(_ letter: Unicode.Scalar, _ number: Int, _ span: Span, _ content: Content, doubt: Float?) -> Label {
        // A doubt of zero is a confidence of one; it falls to a half at a doubt of five.
        let confidence = doubt.flatMap { Confidence(rounding: 1 / (1 + max(0, $0) / 5)) }
        return Label(id: LabelID(letter, number + 1), span: span, content: content, confidence: confidence, source: "words")
    }

    /// Within the media.
    private func span(_ milliseconds: Range<Int>) -> Span? {
        let start = Timestamp(units: Int64(milliseconds.lowerBound), perSecond: 1000)
        let end = min(Timestamp(units: Int64(milliseconds.upperBound), perSecond: 1000), .zero + (media.duration ?? TimeDelta(ticks: .max)))
        return Segment(start: start, end: end).map(Span.segment)
    }
}
