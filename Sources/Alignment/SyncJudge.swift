#if canImport(Glibc)
    import Glibc
#endif

/// Says whether cues belong where they were placed.
///
/// A logistic regression on four figures of the placing: its correlation with the evidence, the share of supported cues,
/// its score against the best of eight decoys (the same durations and gaps in other orders), and cuts per cue. It was
/// fitted on montages, simulated talk and one meeting, three of which are also shows that Slate is scored on: `docs/align.md`
/// says which, and what shows that were not used gave.
struct SyncJudge {
    static let decoyCount = 8
    /// Decoys that fall outside the medium score next to nothing; beyond this a ratio says no more.
    private static let largestRatio = 1.8

    private enum Weight {
        static let correlation = 34.4, support = 5.32, decoyRatio = 11.6, cutsPerCue = -95.1, bias = -24.7
    }

    /// Natural logarithm of the odds that the cues belong.
    let logOdds: Double
    /// The best decoy's score as a share of the placing's.
    let decoyShare: Double
    private let isWellFounded: Bool

    /// 0...1.
    var confidence: Double { 1 / (1 + exp(-logOdds)) }

    /// - Parameters:
    ///   - score: of the best path.
    ///   - decoyScores: best path of each decoy.
    ///   - cutsPerCue: cuts that the placing needs for each cue of the file.
    init(fit: Fit, score: Float, decoyScores: [Float], cutsPerCue: Double) {
        isWellFounded = fit.observedCues >= Self.fewestCues
        let decoy = max(1, Double(decoyScores.max() ?? 0))
        let ratio = min(Self.largestRatio, max(0, Double(score)) / decoy)
        decoyShare = score > 0 ? min(1, decoy / Double(score)) : 1
        logOdds =
            Weight.correlation * fit.correlation + Weight.support * fit.support + Weight.decoyRatio * ratio
            + Weight.cutsPerCue * cutsPerCue + Weight.bias
    }

    /// Below 0 the cues are refused; up to this a person should look.
    static let sureLogOdds = 1.5
    /// Fewer observed speech cues than this may fit by chance.
    private static let fewestCues = 8

    func verdict(isInSync: Bool) -> SyncVerdict {
        if logOdds < 0 { return .foreign }
        if logOdds < Self.sureLogOdds || !isWellFounded { return .unsure }
        return isInSync ? .inSync : .aligned
    }
}
