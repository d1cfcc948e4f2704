import Neural
import Signal
import Timeline

/// Finds out who speaks when in one recording, by networks that are built in.
///
///     var diarizer = Diarizer()
///     diarizer.append(block[..<count])      // as often as there is sound
///     let track = diarizer.finish()
///     let turns = SpeakerAssignment().turns(of: track)
///
/// The sound goes by in blocks of three minutes; what is kept of it are 64 numbers for each 0.24 s of speech and two bytes for
/// each 20 ms.
public struct Diarizer {
    public static let sampleRate = 16000

    public struct Settings: Hashable, Sendable {
        public var segmenter = SpeechSegmenter()
        public var layout = EmbeddingTrack.Layout(length: 50, step: 12)
        /// Of short windows, for the edges of turns.
        public var detail = EmbeddingTrack.Layout(length: 30, step: 5)
        /// Where somebody speaks, when that is known beforehand: in order, apart from each other.
        public var speech: [Segment]?
        /// The mean log-mel spectrum that is taken off, instead of the recording's own: for a clip that is compared with a recording.
        public var meanSpectrum: [Float]?

        public init() {}
    }

    /// Frames of 20 ms in a block.
    private let block: Int
    private let settings: Settings
    private var detector = NetworkSpeechDetector()
    private let analyzer = LogMelAnalyzer()
    private var extractor: EmbeddingExtractor
    /// Log-mel frames of 10 ms from `firstMel` on.
    private var mel: [Float] = []
    private var firstMel = 0
    /// Frames of 20 ms that were given to the extractor.
    private var done = 0
    private var sampleCount = 0

    public init(_ settings: Settings = Settings()) { self.init(settings, block: 9000) }

    init(_ settings: Settings, block: Int) {
        (self.settings, self.block) = (settings, block)
        extractor = EmbeddingExtractor(layout: settings.layout, detail: settings.detail, mean: settings.meanSpectrum)
    }

    /// Takes the next samples, in any number.
    public mutating func append(_ samples: ArraySlice<Float>) {
        sampleCount += samples.count
        analyzer.append(samples, into: &mel)
        if settings.speech == nil { detector.append(samples) }
        while knownFrames >= done + block + EmbeddingNetwork.reach { extract(block) }
    }

    /// Ends the sound.
    public mutating func finish() -> EmbeddingTrack {
        analyzer.finish(into: &mel)
        if settings.speech == nil { detector.finish() }
        let frames = (firstMel + mel.count / EmbeddingNetwork.bands) / 2
        while done < frames { extract(min(block, frames - done)) }
        return extractor.track
    }

    /// Frames of which the features and the speech are known.
    private var knownFrames: Int {
        let frames = (firstMel + mel.count / EmbeddingNetwork.bands) / 2
        return settings.speech == nil ? min(frames, detector.posterior.values.count) : frames
    }

    private mutating func extract(_ count: Int) {
        let frames = done..<done + count
        extractor.append(.init(mel: mel, firstMel: firstMel, frames: frames, speech: speech(in: frames)))
        done = frames.upperBound
        let needed = max(0, done - EmbeddingNetwork.reach) * 2
        mel.removeFirst((needed - firstMel) * EmbeddingNetwork.bands)
        firstMel = needed
    }

    /// The speech of a block, cut at its ends.
    private func speech(in frames: Range<Int>) -> [Segment] {
        let start = Timestamp.zero + EmbeddingTrack.hop * frames.lowerBound
        let end = min(Timestamp(units: Int64(sampleCount), perSecond: Int64(Self.sampleRate)), .zero + EmbeddingTrack.hop * (frames.upperBound + 1))
        let last = Segment(start: start, end: frames.upperBound * 320 + 320 > sampleCount ? end : .zero + EmbeddingTrack.hop * frames.upperBound)
        return (settings.speech ?? found(around: frames)).compactMap { part in last.flatMap { part.intersection($0) } }
    }

    /// Segments of the posterior around a block.
    private func found(around frames: Range<Int>) -> [Segment] {
        let values = detector.posterior.values
        let first = max(0, frames.lowerBound - 500)
        let part = SpeechPosterior(hop: detector.posterior.hop, values: Array(values[first..<min(values.count, frames.upperBound + 250)]))
        let offset = part.hop * first
        let end = Timestamp(units: Int64(sampleCount), perSecond: Int64(Self.sampleRate)) - offset
        return settings.segmenter.segments(of: part, end: end).compactMap { $0.segment.shifted(by: offset) }
    }
}
