import Alignment
import Diarization
import Formats
import Media
import Pronunciation
import Signal
import Timeline

/// Finds the times of a transcript's words and phones in one media file.
///
///     let outcome = try WordsJob(language: "en").run(media: "talk.mp4", Transcript(path: "talk.txt"))
public struct WordsJob: Sendable {
    /// A BCP 47 tag.
    public var language: String
    public var aligner = WordAligner()
    public var track = TrackChoice.main

    public init(language: String) { self.language = language }

    public struct Outcome: Sendable {
        /// Layers `lines`, `words` in them, and `phones` in those.
        public let document: Document
        /// Tokens without a time: nothing of them is spoken by the voice, as of a dash.
        public let unplaced: Int
        /// Damage in the sound, which was read on behind it.
        public let damage: [Damage]
        /// What else a person should know.
        public var remarks: [String] = []
    }

    /// Tokens of a line that are said in one go, so that memory does not grow with the text.
    private static let chunk = 12

    /// - Throws: ``MediaError``; ``PronunciationError``; ``WordsError`` where there is no text or no speech.
    public func run(media path: String, _ transcript: Transcript) throws -> Outcome {
        guard !transcript.isEmpty else { throw WordsError.emptyTranscript }
        let text = try spoken(transcript)
        let reader = try SoundReader(path: path, options: .init(track: track, sampleRate: 16000))
        let analyzer = CepstrumAnalyzer(sampleRate: 16000)
        var detector = NetworkSpeechDetector()
        try reader.forEachBlock { samples in
            analyzer.append(samples)
            detector.append(samples)
        }
        analyzer.finish()
        detector.finish()
        let media = reader.heardMedia
        guard !SpeechSegmenter().segments(of: detector.posterior, end: .zero + (media.duration ?? .zero)).isEmpty else { throw WordsError.noSpeech(path) }
        let words = aligner.align(text, to: SpeechFeatures(analyzer.cepstra))
        var builder = WordDocument(media: media, transcript, language: language, maker: .synthesis)
        for word in words { builder.append(word) }
        return Outcome(document: builder.document, unplaced: builder.unplaced, damage: reader.damage)
    }

    /// The transcript as a synthetic voice says it.
    func spoken(_ transcript: Transcript) throws -> SpokenText {
        var text = SpokenText()
        var first = 0
        for line in transcript.lines {
            for start in stride(from: 0, to: line.tokens.count, by: Self.chunk) {
                let tokens = Array(line.tokens[start..<min(line.tokens.count, start + Self.chunk)])
                try append(tokens, at: first + start, beginsPhrase: start == 0 || line.endsPhrase(at: start - 1), to: &text)
            }
            first += line.tokens.count
        }
        return text
    }

    private func append(_ tokens: [String], at first: Int, beginsPhrase: Bool, to text: inout SpokenText) throws {
        let said = try Espeak.shared.pronounce(tokens, language: language)
        let analyzer = CepstrumAnalyzer(sampleRate: said.sampleRate)
        analyzer.append(said.samples[...])
        analyzer.finish()
        let voice = SpeechFeatures(analyzer.cepstra)
        var beginsPhrase = beginsPhrase
        var before = 0
        for word in said.words {
            let phones = word.phones.map { phone in
                let first = phone.range.lowerBound / analyzer.hop
                return (symbol: phone.symbol, frames: first..<max(first + 1, phone.range.upperBound / analyzer.hop))
            }
            beginsPhrase = beginsPhrase || word.token > before && Transcript.endsPhrase(tokens[word.token - 1])
            text.append(token: first + word.token, phones: phones, of: voice, beginsPhrase: beginsPhrase)
            (beginsPhrase, before) = (false, word.token)
        }
    }
}

/// Why words get no times.
public enum WordsError: Error, Hashable, Sendable, CustomStringConvertible {
    case emptyTranscript
    /// Of the media file of this path.
    case noSpeech(String)

    public var description: String {
        switch self {
        case .emptyTranscript: "the transcript has no words"
        case .noSpeech(let path): "\(path): nobody speaks in it, so no word has a time"
        }
    }
}
