/// Where a cue and the quiet that should surround it begin and end, in cells of the search.
struct CueWindow: Sendable {
    let lead, start, end, tail: Int
    let weight: Float

    /// Seconds of quiet expected around a cue, and the shortest pause in which any is expected.
    private static let quiet = 0.8, shortestPause = 0.05

    static func windows(of cues: [PlacedCue], framesPerCell: Int) -> [CueWindow] {
        let cellsPerSecond = Double(EvidenceTrack.framesPerSecond) / Double(framesPerCell)
        func cell(_ seconds: Double) -> Int { Int((seconds * cellsPerSecond).rounded()) }
        func cells(quietIn pause: Double) -> Int { pause > shortestPause ? max(1, cell(min(quiet, pause))) : 0 }
        return cues.indices.map { index in
            let cue = cues[index]
            let start = cell(cue.start), end = max(start + 1, cell(cue.end))
            let before = index > 0 ? cue.start - cues[index - 1].end : .infinity
            let after = index + 1 < cues.count ? cues[index + 1].start - cue.end : .infinity
            return CueWindow(
                lead: start - cells(quietIn: before), start: start, end: end, tail: end + cells(quietIn: after),
                weight: cue.weight)
        }
    }
}
