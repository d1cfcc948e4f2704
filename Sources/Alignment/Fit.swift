#if canImport(Glibc)
    import Glibc
#endif

/// How well placed cues explain the evidence that was observed.
struct Fit {
    /// Pearson correlation of the evidence with "a cue is shown", over the observed frames between the first cue and the
    /// last, 10 s on either side included: -1...1.
    let correlation: Double
    /// Share of the observed speech cues whose inside holds more evidence than the medium's mean: 0...1.
    let support: Double
    /// Speech cues of which at least half was observed, and their length in seconds.
    let observedCues: Int
    let observedSeconds: Double
    /// How far the edges of the cues lie on those of speech: see ``EdgeAgreement``.
    let edgeAgreement: Double

    init(cues: [PlacedCue], shifts: [Double], track: EvidenceTrack) {
        let shown = zip(cues, shifts).filter { $0.0.weight > 0 }.map { cue, shift in
            Self.frame(cue.start + shift)..<max(Self.frame(cue.start + shift), Self.frame(cue.end + shift))
        }
        let fit = CueFit(track)
        let inside = zip(cues, shifts).filter { $0.0.weight > 0 }.compactMap { cue, shift in
            fit.inside(cue, shift: shift).map { (evidence: $0, seconds: cue.end - cue.start) }
        }
        let mean = track.mean
        observedCues = inside.count
        observedSeconds = inside.reduce(0) { $0 + $1.seconds }
        support = inside.isEmpty ? 0 : Double(inside.count { $0.evidence > mean }) / Double(inside.count)
        edgeAgreement = EdgeAgreement.statistic(cues: cues, shifts: shifts, track: track)
        correlation = Self.correlation(shown, track)
    }

    private static func frame(_ seconds: Double) -> Int { Int((seconds * 100).rounded()) }

    private static func correlation(_ shown: [Range<Int>], _ track: EvidenceTrack) -> Double {
        guard let first = shown.map(\.lowerBound).min(), let last = shown.map(\.upperBound).max() else { return 0 }
        let shown = shown.sorted { $0.lowerBound < $1.lowerBound }
        var next = 0
        var shownUpTo = Int.min
        var (n, sumP, sumPP, sumG, sumPG) = (0.0, 0.0, 0.0, 0.0, 0.0)
        for range in track.observed {
            for frame in range.clamped(to: max(0, first - 1000)..<max(1, last + 1000)) {
                while next < shown.count, shown[next].lowerBound <= frame {
                    shownUpTo = max(shownUpTo, shown[next].upperBound)
                    next += 1
                }
                let p = Double(track.values[frame])
                n += 1
                sumP += p
                sumPP += p * p
                if frame < shownUpTo { (sumG, sumPG) = (sumG + 1, sumPG + p) }
            }
        }
        guard n > 0 else { return 0 }
        let spread = (sumPP - sumP * sumP / n) * (sumG - sumG * sumG / n)
        return spread > 0 ? (sumPG - sumP * sumG / n) / spread.squareRoot() : 0
    }
}
