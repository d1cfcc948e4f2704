import Alignment
import Timeline

/// What a job says about one finished item: the verdict, and the figures that reports show.
///
/// Times are ticks.
public struct ItemOutcome: Hashable, Sendable {
    public var verdict: SyncVerdict
    /// Probability that the subtitles belong and lie right, 0...1.
    public var confidence: Double
    public var pieces: [Piece]
    /// Figures of the evidence, as ``SyncEvidence`` defines them.
    public var correlation, decoyShare, support, edgeAgreement: Double
    public var cueCount: Int
    /// Sound decoded, and the length of the sound track, in ticks.
    public var decodedTicks, mediaTicks: Int64
    /// Whether the output file was written.
    public var wroteOutput: Bool
    /// Remarks for a person, such as what a reader had to mend. Empty when all went by the book.
    public var notes: [String]

    /// One straight stretch of the offset curve.
    public struct Piece: Hashable, Sendable {
        public var cueCount: Int
        /// Where the first cue starts and the last one ends in the subtitle file, in ticks.
        public var startTicks, endTicks: Int64
        /// Media seconds per subtitle second, in billionths.
        public var rateBillionths: Int64
        /// `media = subtitle · rate + offset`, in ticks.
        public var offsetTicks: Int64

        public init(cueCount: Int, startTicks: Int64, endTicks: Int64, rateBillionths: Int64, offsetTicks: Int64) {
            (self.cueCount, self.startTicks, self.endTicks) = (cueCount, startTicks, endTicks)
            (self.rateBillionths, self.offsetTicks) = (rateBillionths, offsetTicks)
        }
    }

    public init(
        verdict: SyncVerdict, confidence: Double, pieces: [Piece], correlation: Double = 0, decoyShare: Double = 0,
        support: Double = 0, edgeAgreement: Double = 0, cueCount: Int, decodedTicks: Int64 = 0, mediaTicks: Int64 = 0, wroteOutput: Bool,
        notes: [String] = []
    ) {
        (self.verdict, self.confidence, self.pieces) = (verdict, confidence, pieces)
        (self.correlation, self.decoyShare) = (correlation, decoyShare)
        (self.support, self.edgeAgreement) = (support, edgeAgreement)
        (self.cueCount, self.decodedTicks, self.mediaTicks) = (cueCount, decodedTicks, mediaTicks)
        (self.wroteOutput, self.notes) = (wroteOutput, notes)
    }

    /// - Parameters:
    ///   - cues: the subtitle file's cues in the order that the map's pieces index, with the file's own times.
    ///   - mediaDuration: length of the sound track.
    public init(
        _ result: SyncResult, cues: [Segment], mediaDuration: TimeDelta, wroteOutput: Bool, notes: [String] = []
    ) {
        self.init(
            verdict: result.verdict, confidence: result.confidence,
            pieces: result.map.pieces.compactMap { Piece($0, cues: cues) },
            correlation: result.evidence.correlation, decoyShare: result.evidence.decoyShare,
            support: result.evidence.support, edgeAgreement: result.evidence.edgeAgreement, cueCount: cues.count,
            decodedTicks: result.evidence.decoded.ticks,
            mediaTicks: mediaDuration.ticks, wroteOutput: wroteOutput, notes: notes)
    }
}

extension ItemOutcome.Piece {
    /// Nil for a piece without cues, which has no place on the curve.
    init?(_ piece: SyncPiece, cues: [Segment]) {
        let range = piece.cues.clamped(to: cues.indices)
        guard let first = range.first else { return nil }
        let end = cues[range].map(\.end).max() ?? cues[first].end
        self.init(
            cueCount: range.count, startTicks: cues[first].start.ticks, endTicks: end.ticks,
            rateBillionths: piece.rate.billionths, offsetTicks: piece.offset.ticks)
    }

    /// How much later the media has a moment than the subtitle file, in seconds.
    func offset(atTicks ticks: Int64) -> Double {
        let subtitle = TimeDelta(ticks: ticks).approximateSeconds
        let drift = subtitle * (Double(rateBillionths) / 1e9 - 1)
        return TimeDelta(ticks: offsetTicks).approximateSeconds + drift
    }
}

extension ItemOutcome {
    /// The least and the greatest offset over all cues, in seconds; nil without pieces.
    public var offsetRange: ClosedRange<Double>? {
        let ends = pieces.flatMap { [$0.offset(atTicks: $0.startTicks), $0.offset(atTicks: $0.endTicks)] }
        guard let least = ends.min(), let greatest = ends.max() else { return nil }
        return least...greatest
    }

    /// Sound decoded over the length of the sound track; nil where the length is not known. May exceed 1 a little.
    public var decodedShare: Double? { mediaTicks > 0 ? Double(decodedTicks) / Double(mediaTicks) : nil }
}
