#if canImport(Glibc)
    import Glibc
#endif

/// Says whether cues belong where they were placed.
///
/// A logistic regression on four figures of the placing: its correlation with the evidence, the share of supported cues,
/// its score against the best of eight decoys (the same durations and gaps in other orders), and pieces per cue. It was
/// fitted on montages with seeds of their own and on simulated talk, whole and cut to four minutes; `docs/align.md` tells
/// how, and what it refuses.
struct SyncJudge {
    static let decoyCount = 8

    private enum Weight {
        static let correlation = 49.9, support = 10.1, decoyRatio = 12.75, piecesPerCue = -109.8, bias = -31.84
    }

    /// Natural logarithm of the odds that the cues belong.
    let logOdds: Double
    /// The best decoy's score as a share of the placing's.
    let decoyShare: Double

    /// 0...1.
    var confidence: Double { 1 / (1 + exp(-logOdds)) }

    /// - Parameters:
    ///   - score: of the best path.
    ///   - decoyScores: best path of each decoy.
    ///   - pieces: number of pieces the cues were cut into.
    init(fit: Fit, score: Float, decoyScores: [Float], pieces: Int) {
        let decoy = max(1, Double(decoyScores.max() ?? 0))
        let ratio = min(3, max(0, Double(score)) / decoy)
        decoyShare = ratio > 0 ? min(1, 1 / ratio) : 1
        logOdds =
            Weight.correlation * fit.correlation + Weight.support * fit.support + Weight.decoyRatio * ratio
            + Weight.piecesPerCue * Double(pieces) / Double(max(1, fit.observedCues)) + Weight.bias
    }

    /// Below 0 the cues are refused; up to this a person should look.
    static let sureLogOdds = 1.5

    func verdict(isInSync: Bool) -> SyncVerdict {
        if logOdds < 0 { return .foreign }
        if logOdds < Self.sureLogOdds { return .unsure }
        return isInSync ? .inSync : .aligned
    }
}
