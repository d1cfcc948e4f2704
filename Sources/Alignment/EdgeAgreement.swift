/// How far the edges of placed cues lie where speech begins and ends, beyond what chance gives.
///
/// For each edge that a pause sets apart, its excess is the evidence of speech beginning (or ending) within 60 ms less that within
/// 0.8 s. Cues that belong have an excess nearly everywhere, others as often above as below nothing.
enum EdgeAgreement {
    /// The mean excess in standard errors, the statistic of Student's test: at most 12, and 0 for fewer than two edges.
    ///
    /// - Parameter shifts: seconds from each cue's time to media time.
    static func statistic(cues: [PlacedCue], shifts: [Double], track: EvidenceTrack) -> Double {
        let (curves, fit) = (OnsetCurves(track), CueFit(track))
        var excesses: [Double] = []
        for index in cues.indices where cues[index].weight > 0 {
            let (cue, shift) = (cues[index], shifts[index])
            guard fit.inside(cue, shift: shift) != nil else { continue }
            if index == 0 || cue.start - cues[index - 1].end > shortestPause {
                excesses.append(excess(curves.curve(around: cue.start + shift)))
            }
            if index == cues.count - 1 || cues[index + 1].start - cue.end > shortestPause {
                excesses.append(excess(curves.curve(around: cue.end + shift, of: .offset)))
            }
        }
        return statistic(excesses)
    }

    /// In seconds. Cues that touch are parted by an editor, not by a pause.
    private static let shortestPause = 0.05
    /// Frames of 10 ms.
    private static let near = 6
    private static let largest = 12.0
    /// Added to the spread, so that a few like excesses are no certainty.
    private static let leastSpread = 0.01

    private static func excess(_ curve: [Float]) -> Double {
        let centre = OnsetCurves.reach
        return mean(curve[centre - near...centre + near]) - mean(curve[...])
    }

    private static func mean(_ values: ArraySlice<Float>) -> Double { Double(values.reduce(0, +)) / Double(values.count) }

    private static func statistic(_ values: [Double]) -> Double {
        guard values.count > 1 else { return 0 }
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let spread = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
        return min(largest, mean / (spread + leastSpread) * count.squareRoot())
    }
}
