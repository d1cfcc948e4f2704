#if canImport(Glibc)
    import Glibc
#endif

/// Says whether cues belong where they were placed.
///
/// A logistic regression on four figures of the placing: its correlation with the evidence, its score against the best of
/// eight decoys (the same durations and gaps in other orders), how far the cues' edges lie on those of speech, and cuts per
/// cue. `training/sync-judge` makes what it was fitted on, read speech of LibriSpeech and synthetic speech between noise and
/// music, and fits it; no recording that Slate is scored on is among them.
struct SyncJudge {
    static let decoyCount = 8
    /// Decoys that fall outside the medium score next to nothing; beyond this a ratio says no more.
    private static let largestRatio = 1.8
    /// Decoys count for no less than this share of the cues' length: where none finds room in the medium, a small score would
    /// look large beside theirs.
    private static let leastDecoy = 0.03

    private enum Weight {
        static let correlation = 7.55, decoyRatio = 8.09, edgeAgreement = 0.891, cutsPerCue = -65.1, bias = -13.93
    }

    /// Natural logarithm of the odds that the cues belong, where as many do as do not.
    let logOdds: Double
    /// The best decoy's score as a share of the placing's, 0...2.
    let decoyShare: Double
    private let observedCues: Int

    /// 0...1.
    var confidence: Double { 1 / (1 + exp(-logOdds)) }

    /// - Parameters:
    ///   - score: of the best path.
    ///   - decoyScores: best path of each decoy.
    ///   - cutsPerCue: cuts that the placing needs for each cue of the file.
    init(fit: Fit, score: Float, decoyScores: [Float], cutsPerCue: Double) {
        observedCues = fit.observedCues
        let least = Self.leastDecoy * fit.observedSeconds * Double(EvidenceTrack.framesPerSecond)
        let decoy = max(1, least, Double(decoyScores.max() ?? 0))
        decoyShare = min(2, decoy / max(1, Double(score)))
        let ratio = min(Self.largestRatio, 1 / decoyShare)
        logOdds =
            Weight.correlation * fit.correlation + Weight.decoyRatio * ratio + Weight.edgeAgreement * fit.edgeAgreement
            + Weight.cutsPerCue * cutsPerCue + Weight.bias
    }

    /// Below the first the cues are refused; up to the second a person should look.
    private static let refusedLogOdds = -0.78, sureLogOdds = 1.5
    /// Verdicts this far from the border are not looked into further.
    private static let clearLogOdds = 3.0
    /// Fewer observed speech cues than this may fit by chance, and with fewer than the second it is worth looking for more.
    private static let fewestCues = 8, enoughCues = 20

    var isForeign: Bool { logOdds < Self.refusedLogOdds }

    /// Whether more evidence would hardly change the verdict.
    var isClear: Bool { abs(logOdds - Self.refusedLogOdds) >= Self.clearLogOdds && observedCues >= Self.enoughCues }

    func verdict(isInSync: Bool) -> SyncVerdict {
        if isForeign { return .foreign }
        if logOdds < Self.sureLogOdds || observedCues < Self.fewestCues { return .unsure }
        return isInSync ? .inSync : .aligned
    }
}
