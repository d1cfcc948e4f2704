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
    private static let spreads = [0.04, 0.06, 0.08, 0.10, 0.12, 0.14, 0.16, 0.18, 0.20, 0.24, 0.28]

    /// Onset curves around the places that the clock gives, one for each cue; empty for cues that stand for no speech.
    let curves: [[Float]]

    /// Spreads of files whose cues are sloppily timed. Below lies careful work; above, the starts of the cues are no
    /// onsets of speech at all and say nothing.
    private static let sloppy = 0.125...0.25

    /// The most likely standard deviation of the strays, in seconds; 0 when no cue has a clear onset.
    func spread() -> Double {
        let clear = curves.filter(Self.isClear)
        guard !clear.isEmpty else { return 0 }
        return Self.spreads.map { spread in (spread, clear.reduce(0) { $0 + logEvidence($1, spread) }) }
            .max { $0.1 < $1.1 }?.0 ?? 0
    }

    /// Whether the cues stray so far, one by one, that each is better placed by its own onset.
    func isSloppy(_ spread: Double) -> Bool { Self.sloppy.contains(spread) }

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
