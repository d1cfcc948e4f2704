import Alignment
import Formats
import Media
import Timeline

/// One subtitle file put on time: what to align, against what, and what came of it.
public struct SubtitleAlignment: Sendable {
    /// What tells where the speech is.
    public enum Reference: Hashable, Sendable {
        /// - Parameters:
        ///   - track: the sound track to listen to; nil to choose by language.
        ///   - language: of the subtitles. A track in it is preferred; without one the main track is heard.
        case sound(path: String, track: TrackChoice?, language: String?)
        /// A subtitle file whose cues are on time.
        case subtitles(path: String)
    }

    public let reference: Reference
    public let subtitles: SubtitleFile
    public var options: AlignmentOptions

    public init(reference: Reference, subtitles: SubtitleFile, options: AlignmentOptions = AlignmentOptions()) {
        (self.reference, self.subtitles, self.options) = (reference, subtitles, options)
    }

    /// What came of it.
    public struct Outcome: Sendable {
        public let result: SyncResult
        /// Indices of the file's cues in the order in which the result's map counts them.
        public let order: [Int]
        /// The new segment of each cue in file order; nil for cues that would end before the media starts.
        public let segments: [Segment?]
        /// Length of what was aligned to.
        public let duration: TimeDelta
        /// What was damaged in the sound that was decoded.
        public let damage: [Damage]

        /// Cues that have no place in the media.
        public var droppedCount: Int { segments.count { $0 == nil } }

        /// The new time of an instant inside a cue, by the cue's index in the file.
        public func inner() -> (Int, Timestamp) -> Timestamp {
            guard result.verdict != .inSync else { return { _, time in time } }
            var ranks = [Int](repeating: 0, count: order.count)
            for (rank, index) in order.enumerated() { ranks[index] = rank }
            return { index, time in result.map.apply(to: time, ofCue: ranks[index]) }
        }
    }

    /// Listens, places and judges. Reads files, writes none.
    ///
    /// - Throws: ``MediaError`` or ``FormatError`` when the reference cannot be read.
    public func run() throws -> Outcome {
        let order = CueOrder.indices(subtitles.cues)
        let cues = SpeechCues.alignable(order.map { subtitles.cues[$0] })
        let heard = try hear(SubtitleAligner(cues: cues, options: options))
        let placed = heard.result.verdict == .inSync ? cues.map(\.segment) : heard.result.map.apply(to: cues.map(\.segment))
        var segments = [Segment?](repeating: nil, count: order.count)
        for (rank, index) in order.enumerated() { segments[index] = placed[rank] }
        return Outcome(
            result: heard.result, order: order, segments: segments, duration: heard.duration, damage: heard.damage)
    }

    private func hear(_ aligner: SubtitleAligner) throws -> (result: SyncResult, duration: TimeDelta, damage: [Damage]) {
        switch reference {
        case .sound(let path, let track, let language):
            let source = try SoundEvidence(path: path, track: track, language: language)
            return (try aligner.align(with: source), source.duration, source.damage)
        case .subtitles(let path):
            let cues = SpeechCues.alignable(try SubtitleFile(path: path).cues).filter(\.isSpeech)
            let source = CueEvidence(cues.map(\.segment))
            return (try aligner.align(with: source), source.duration, [])
        }
    }
}

extension EvidenceSource {
    var duration: TimeDelta { TimeDelta(units: Int64(frameCount), perSecond: Int64(EvidenceTrack.framesPerSecond)) }
}
