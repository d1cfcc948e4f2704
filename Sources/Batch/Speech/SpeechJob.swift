import Diarization
import Formats
import Media
import Timeline

/// Finds the speech of one media file.
///
///     let document = try SpeechJob(detector: NetworkSpeechDetector()).run(media: "talk.mp4")
public struct SpeechJob {
    public var detector: any SpeechDetector
    public var segmenter = SpeechSegmenter()
    public var track = TrackChoice.main

    /// - Parameter detector: one that has heard nothing yet.
    public init(detector: any SpeechDetector) { self.detector = detector }

    public struct Outcome: Sendable {
        public let document: Document
        public let posterior: SpeechPosterior
        /// Damage in the sound, which was read on behind it.
        public let damage: [Damage]
    }

    /// - Throws: ``MediaError``, and what the detector throws.
    public func run(media path: String) throws -> Outcome {
        var detector = detector
        let reader = try SoundReader(path: path, options: .init(track: track, sampleRate: detector.sampleRate))
        try reader.forEachBlock { try detector.append($0) }
        try detector.finish()
        let media = reader.heardMedia
        let found = segmenter.segments(of: detector.posterior, end: .zero + (media.duration ?? .zero))
        return Outcome(
            document: Document(speech: found, in: media, by: detector, segmenter), posterior: detector.posterior, damage: reader.damage)
    }
}
