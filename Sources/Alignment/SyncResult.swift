import Timeline

/// What the aligner says about one pair of media and subtitles.
public enum SyncVerdict: String, Sendable, CaseIterable {
    /// A new timing was found and is supported.
    case aligned
    /// The subtitles are on time as they are; the file is handed back untouched.
    case inSync = "in-sync"
    /// A timing was found, but a person should look before it is used.
    case unsure
    /// The subtitles do not belong to this media; nothing is written.
    case foreign
}

/// The outcome of aligning one subtitle file, with the figures that led to it.
public struct SyncResult: Sendable {
    public let verdict: SyncVerdict
    /// Calibrated probability that the subtitles belong to the media and lie right under ``map``, 0...1.
    public let confidence: Double
    public let map: SyncMap
    public let evidence: SyncEvidence

    public init(verdict: SyncVerdict, confidence: Double, map: SyncMap, evidence: SyncEvidence) {
        (self.verdict, self.confidence, self.map, self.evidence) = (verdict, confidence, map, evidence)
    }
}

/// The figures behind a verdict, so that a person can see why.
public struct SyncEvidence: Hashable, Sendable {
    /// Correlation of the speech evidence with the placed cues over all that was decoded, -1...1.
    public var correlation: Double
    /// The best score of cues that cannot belong (the file's own in other orders) as a share of this placing's: 0...2,
    /// above 1 where they do better than it.
    public var decoyShare: Double
    /// Share of the cues seen by the decoder that lie on speech, 0...1.
    public var support: Double
    /// How far the edges of the cues lie where speech begins and ends, in standard errors of what chance gives: at most 12,
    /// below 2 no more than chance.
    public var edgeAgreement: Double
    /// Sound decoded to reach the verdict.
    public var decoded: TimeDelta

    public init(
        correlation: Double, decoyShare: Double, support: Double, edgeAgreement: Double, decoded: TimeDelta
    ) {
        (self.correlation, self.decoyShare, self.support) = (correlation, decoyShare, support)
        (self.edgeAgreement, self.decoded) = (edgeAgreement, decoded)
    }
}
