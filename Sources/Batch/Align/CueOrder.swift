import Formats
import Timeline

/// The order in which the aligner should walk through a file's cues.
enum CueOrder {
    /// Indices of the cues: as they stand in the file, unless that order has nothing to do with time.
    ///
    /// The order of the file is worth keeping: where a cut was edited without renumbering, the cues after it begin earlier
    /// than those before, and only their order tells the two apart. Files made in layers, such as signs after dialogue, go
    /// back by more than a cut would; they are sorted by start.
    static func indices(_ cues: [SubtitleCue]) -> [Int] {
        let steps = zip(cues, cues.dropFirst()).map { $0.start - $1.start }.filter { $0 > .zero }
        let isTold = steps.count <= most(cues.count) && steps.allSatisfy { $0 <= longestStep }
        return isTold ? Array(cues.indices) : cues.indices.sorted { (cues[$0].start, $0) < (cues[$1].start, $1) }
    }

    /// Steps back that an otherwise ordered file may have.
    private static func most(_ count: Int) -> Int { 3 + count / 50 }
    private static let longestStep = TimeDelta.seconds(120)
}
