#if canImport(Glibc)
    import Glibc
#endif

/// How far the starts of cues stray from the speech onsets near them, one by one, once their common clock is right.
///
/// Each cue's stray δ has a prior N(0, τ²) and a likelihood that grows with the onset evidence at δ. The τ that makes
/// all the curves most likely tells carefully timed subtitles (below 0.1 s) from sloppy ones.
struct StartJitter {
    /// Onset evidence that makes an instant e times as likely.
    private static let evidenceScale = 0.15

    /// Onset curves around the places that the clock gives, one for each cue; empty for cues that stand for no speech.
    let curves: [[Float]]

    /// Spread of carefully timed files, in seconds.
    static let usualSpread = 0.08
    /// Spreads of carefully timed files, and of sloppy ones. Above, the starts of the cues are no onsets of speech at all
    /// and say nothing.
    private static let careful = [0.04, 0.06, 0.08, 0.10, 0.12], sloppy = [0.14, 0.16, 0.18, 0.20, 0.24]
    private static let meaningless = [0.28, 0.35]

    /// What the starts of a file's cues are to the speech.
    enum Timing: Equatable {
        /// Cues begin with the speech.
        case careful
        /// Cues begin near the speech, each with an error of its own: standard deviation in seconds.
        case sloppy(spread: Double)
        /// Cues do not begin where speech does, or no speech can be heard to begin.
        case unrelated
    }

    func timing() -> Timing {
        let clear = curves.filter(Self.isClear)
        func best(_ spreads: [Double]) -> (spread: Double, evidence: Double) {
            spreads.map { spread in (spread, clear.reduce(0) { $0 + logEvidence($1, spread) }) }
                .max { $0.1 < $1.1 } ?? (0, 0)
        }
        let (careful, sloppy, unrelated) = (best(Self.careful), best(Self.sloppy), best(Self.meaningless))
        if unrelated.evidence > max(careful.evidence, sloppy.evidence) { return .unrelated }
        return sloppy.evidence > careful.evidence ? .sloppy(spread: sloppy.spread) : .careful
    }

    /// Mean stray of each cue in seconds, given the spread; 0 for cues without a clear onset.
    func strays(spread: Double) -> [Double] {
        curves.map { curve in
            guard Self.isClear(curve) else { return 0 }
            var (sum, moment) = (0.0, 0.0)
            for (index, value) in curve.enumerated() {
                let stray = Double(index - OnsetCurves.reach) / 100
                let weight = density(stray, spread) * exp(Double(value) / Self.evidenceScale)
                sum += weight
                moment += weight * stray
            }
            return sum > 0 ? moment / sum : 0
        }
    }

    private static func isClear(_ curve: [Float]) -> Bool { (curve.max() ?? 0) > 0.35 }

    private func logEvidence(_ curve: [Float], _ spread: Double) -> Double {
        log(curve.indices.reduce(0) { sum, index in
            sum + density(Double(index - OnsetCurves.reach) / 100, spread) * exp(Double(curve[index]) / Self.evidenceScale)
        })
    }

    private func density(_ stray: Double, _ spread: Double) -> Double {
        exp(-0.5 * stray * stray / (spread * spread)) / spread
    }
}
