import Alignment
import Formats
import Media
import Timeline

/// One subtitle file put on time: what to align, against what, and what came of it.
public struct SubtitleAlignment: Sendable {
    /// What tells where the speech is.
    public enum Reference: Hashable, Sendable {
        case sound(path: String, track: TrackChoice)
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
        /// The new segment of each cue in file order; nil for cues that would end before the media starts.
        public let segments: [Segment?]
        /// New time of an instant inside a cue.
        public let inner: @Sendable (Int, Timestamp) -> Timestamp
        /// What was damaged in the sound that was decoded.
        public let damage: [Damage]

        /// Cues that have no place in the media.
        public var droppedCount: Int { segments.count { $0 == nil } }
    }

    /// Listens, places and judges. Reads files, writes none.
    ///
    /// - Throws: ``MediaError`` or ``FormatError`` when the reference cannot be read.
    public func run() throws -> Outcome {
        let order = subtitles.cues.indices.sorted {
            (subtitles.cues[$0].start, $0) < (subtitles.cues[$1].start, $1)
        }
        let cues = alignable(order.map { subtitles.cues[$0] })
        let aligner = SubtitleAligner(cues: cues, options: options)
        let (result, damage) = try align(aligner)
        let placed = result.verdict == .inSync ? cues.map(\.segment) : result.map.apply(to: cues.map(\.segment))
        var segments = [Segment?](repeating: nil, count: order.count)
        var rank = [Int](repeating: 0, count: order.count)
        for (position, index) in order.enumerated() { (segments[index], rank[index]) = (placed[position], position) }
        let (map, ranks, isInSync) = (result.map, rank, result.verdict == .inSync)
        return Outcome(
            result: result, segments: segments,
            inner: { index, time in isInSync ? time : map.apply(to: time, ofCue: ranks[index]) }, damage: damage)
    }

    /// The cues with what they stand for. When most of a file is in brackets, brackets mean nothing in it.
    private func alignable(_ cues: [SubtitleCue]) -> [AlignableCue] {
        let speech = cues.map(\.standsForSpeech)
        let bracketsCount = 2 * speech.count { $0 } >= speech.count
        return zip(cues, speech).map { AlignableCue(segment: $0.segment, isSpeech: $1 || !bracketsCount) }
    }

    private func align(_ aligner: SubtitleAligner) throws -> (SyncResult, [Damage]) {
        switch reference {
        case .sound(let path, let track):
            let source = try SoundEvidence(path: path, track: track)
            let result = try aligner.align(with: source)
            return (result, source.damage)
        case .subtitles(let path):
            let file = try SubtitleFile(path: path)
            return (try aligner.align(with: CueEvidence(alignable(file.cues).filter(\.isSpeech).map(\.segment))), [])
        }
    }
}

extension SubtitleCue {
    /// Whether the cue writes down speech, as far as its text tells: not `[MUSIC]`, `(door slams)`, `♪` or nothing.
    ///
    /// Only cues wholly in brackets or notes, or without a letter or digit, are taken out; a cue of unknown script counts.
    var standsForSpeech: Bool {
        var depth = 0
        for character in text {
            switch character {
            case "[", "(", "{", "（", "【", "［": depth += 1
            case "]", ")", "}", "）", "】", "］": depth = max(0, depth - 1)
            default: if depth == 0, character.isLetter || character.isNumber { return !isSung }
            }
        }
        return false
    }

    /// Sung text is set between notes.
    private var isSung: Bool { text.contains { "♪♫♬".contains($0) } }
}
