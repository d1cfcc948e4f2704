#if canImport(Glibc)
    import Glibc
#endif

/// Fits one line, an offset and a slope, through the speech onsets near the cues of a piece.
struct ClockFit {
    /// Cue starts in seconds; the line being corrected turns about the pivot.
    let starts: [Double]
    let pivot: Double
    /// One onset curve for each cue, around its place on the line being corrected.
    let curves: [[Float]]

    /// What to add to the line: seconds at the pivot, and per second away from it.
    struct Line {
        var offset: Double
        var slope: Double
        /// Onset evidence summed over the cues.
        var score: Float
    }

    /// Frames of 10 ms by which carefully made cue starts stray from the onsets (standard deviation).
    private static let spread = 6.0
    private static let kernel: [Float] = (-18...18).map { Float(exp(-Double($0 * $0) / (2 * spread * spread))) }

    /// The correction with the largest sum of onset evidence.
    func best(slopes: [Double]) -> Line {
        slopes.map(bestOffset).max { $0.score < $1.score } ?? Line(offset: 0, slope: 0, score: 0)
    }

    /// The best offset under one slope.
    func bestOffset(slope: Double) -> Line {
        let profile = profile(slope: slope)
        let peak = profile.indices.max { profile[$0] < profile[$1] } ?? 0
        return Line(offset: Double(peak - OnsetCurves.reach) / 100, slope: slope, score: profile[peak])
    }

    /// The onset evidence summed over the cues at every offset, smoothed over the spread that cue starts have.
    private func profile(slope: Double) -> [Float] {
        var sum = [Float](repeating: 0, count: 2 * OnsetCurves.reach + 1)
        for (start, curve) in zip(starts, curves) {
            let shift = Int((slope * (start - pivot) * 100).rounded())
            for i in sum.indices where curve.indices.contains(i + shift) { sum[i] += curve[i + shift] }
        }
        return smooth(sum)
    }

    private func smooth(_ values: [Float]) -> [Float] {
        let radius = Self.kernel.count / 2
        return values.indices.map { centre in
            Self.kernel.indices.reduce(0) { sum, tap in
                let i = centre + tap - radius
                return values.indices.contains(i) ? sum + Self.kernel[tap] * values[i] : sum
            }
        }
    }
}
