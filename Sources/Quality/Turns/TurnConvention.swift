import Timeline

/// Whose conventions a score follows where scorers differ.
public enum TurnConvention: String, Hashable, Sendable, CaseIterable {
    /// pyannote.metrics 4.2: speakers are mapped on what is left after collars and overlap are taken out; overlapping turns of one speaker count
    /// twice; what is not longer than a microsecond is nothing. Its own collar is the whole width; here every collar is one side.
    case pyannote
    /// NIST md-eval 22: speakers are mapped before; without a UEM the reference's extent is scored.
    case mdEval = "md-eval"
    /// dscore, exact where it has frames of 10 ms: as md-eval, but without a UEM the extent of both is scored.
    case dscore
    /// spyder 0.4: as dscore.
    case spyder

    /// Ticks that a stretch must have at least.
    var shortest: Int64 { self == .pyannote ? ticksPerSecond / 1_000_000 + 1 : 1 }
    var mergesOwnOverlap: Bool { self != .pyannote }
    /// Whether a speaker's turns that overlap or touch are one before collars are set and overlap is looked for.
    var mergesBeforeExclusion: Bool { self == .dscore || self == .spyder }
    var isExtentOfReference: Bool { self == .mdEval }
}

/// How turns are scored.
public struct TurnScoring: Hashable, Sendable {
    public var convention = TurnConvention.pyannote
    /// Time on either side of each boundary of the reference that is not scored.
    public var collar = TimeDelta(ticks: 0)
    /// Whether time in which the reference has two turns at once is left out.
    public var skipsOverlap = false
    /// Whether only the errors of diarization and detection and the Jaccard error rate are measured.
    public var isBrief = false

    public init(convention: TurnConvention = .pyannote, collar: TimeDelta = TimeDelta(ticks: 0), skipsOverlap: Bool = false, isBrief: Bool = false) {
        (self.convention, self.collar, self.skipsOverlap, self.isBrief) = (convention, collar, skipsOverlap, isBrief)
    }
}
