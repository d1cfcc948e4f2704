import Alignment
import Formats
import Media
import Signal
import Timeline

/// Finds the times of a transcript's words in one media file from the emissions of a CTC model.
///
///     let job = EmissionJob(tokens: try TokenFile.read("vocab.json"), language: "en")
///     let outcome = try job.run(media: "talk.mp4", Transcript(path: "talk.txt"), emissions: "talk.npy")
public struct EmissionJob: Sendable {
    public let tokens: TokenSet
    /// A BCP 47 tag.
    public let language: String
    public var clock = FrameClock.standard
    public var aligner = CTCAligner()
    public var unknown = UnknownText.star
    public var track = TrackChoice.main
    /// Whether the boundaries of words are found again by models of their phones (``WordAligner``), near the times that the emissions give.
    public var refits = false

    public init(tokens: TokenSet, language: String) { (self.tokens, self.language) = (tokens, language) }

    /// - Parameter path: of the `.npy` file: frames by tokens, with or without a first dimension of 1.
    /// - Throws: ``MediaError``; ``FormatError``; ``CTCError``; ``WordsError`` where there is no text; ``PronunciationError`` where it refits.
    public func run(media: String, _ transcript: Transcript, emissions path: String) throws -> WordsJob.Outcome {
        guard !transcript.isEmpty else { throw WordsError.emptyTranscript }
        let matrix = try Self.matrix(path)
        let reader = try SoundReader(path: media, options: .init(track: track, sampleRate: 16000))
        let analyzer = CepstrumAnalyzer(sampleRate: 16000)
        try reader.forEachBlock { if refits { analyzer.append($0) } }
        analyzer.finish()
        let lines = transcript.lines.map { $0.tokens.map { tokens.units(of: $0, unknown: unknown) } }
        let words = try aligner.align(lines, to: matrix, blank: blank(of: matrix), separator: tokens.separator)
        var builder = WordDocument(media: reader.heardMedia, transcript, language: language, maker: .emissions)
        let spans = words.map { clock.time(of: $0.frames.lowerBound)..<clock.time(of: $0.frames.upperBound) }
        if refits {
            let times = Dictionary(uniqueKeysWithValues: zip(words, spans).map { ($0.word, Self.milliseconds($1)) })
            let text = try WordsJob(language: language).spoken(transcript)
            for word in WordAligner().align(text, to: SpeechFeatures(analyzer.cepstra), near: times) { builder.append(word) }
            for word in words { builder.state(word.confidence, ofToken: word.word) }
        } else {
            for (word, span) in zip(words, spans) { builder.append(token: word.word, span, confidence: word.confidence) }
        }
        let remarks = [lengthRemark(matrix, reader.heardMedia)].compactMap { $0 }
        return WordsJob.Outcome(document: builder.document, unplaced: builder.unplaced, damage: reader.damage, remarks: remarks)
    }

    private static func milliseconds(_ span: Range<Timestamp>) -> Range<Int> {
        let (start, end) = (max(0, Int(span.lowerBound.milliseconds)), max(0, Int(span.upperBound.milliseconds)))
        return start..<max(start, end)
    }

    static func matrix(_ path: String) throws -> EmissionMatrix {
        let array = try NumpyArray(path: path)
        let shape = array.shape.count == 3 && array.shape[0] == 1 ? Array(array.shape.dropFirst()) : array.shape
        guard shape.count == 2 else {
            throw FormatError(.malformed, file: path, found: "an array of the shape \(array.shape)", expected: "two dimensions: frames by tokens")
        }
        return try EmissionMatrix(frameCount: shape[0], tokenCount: shape[1], values: array.values)
    }

    /// Where the tokens name no blank and the matrix has one column more than they need, that is the blank, as in NeMo's models.
    private func blank(of matrix: EmissionMatrix) throws(CTCError) -> Int {
        if let blank = tokens.blank { return blank }
        guard matrix.tokenCount == tokens.columnCount + 1 else { throw .noBlank(asked: nil) }
        return tokens.columnCount
    }

    /// Says so when the frames last much longer or shorter than the media, as those of another file or hop do.
    private func lengthRemark(_ matrix: EmissionMatrix, _ media: Media) -> String? {
        guard let duration = media.duration else { return nil }
        let length: TimeDelta = clock.time(of: matrix.frameCount) - Timestamp.zero
        let difference: TimeDelta = length > duration ? length - duration : duration - length
        guard difference > TimeDelta.seconds(1), difference.ticks > duration.ticks / 50 else { return nil }
        return "\(matrix.frameCount) frames of emissions last \(length.milliseconds) ms, the media \(duration.milliseconds) ms: is the frame duration right?"
    }
}
