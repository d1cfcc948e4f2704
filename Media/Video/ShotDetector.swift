import Timeline

/// Finds the frames at which a new shot begins, in one pass over small pictures.
///
///     let reader = try FrameReader(path: path, options: ShotDetector.thumbnails)
///     var detector = ShotDetector()
///     while let frame = try reader.next() { changes += detector.update(frame) }
///     changes += detector.finish()
///
/// A cut is a frame that differs from the one before by much, and by much more than its neighbours do, so that steady
/// motion raises the bar: the adaptive threshold on a sliding window of B.-L. Yeo and B. Liu, "Rapid scene analysis on
/// compressed video", IEEE Trans. Circuits and Systems for Video Technology 5(6), 1995, doi:10.1109/76.475896, with the
/// mean of the window in place of its second largest value, so that two cuts in one window are both found. The measure
/// joins the two families compared by R. Lienhart, "Comparison of automatic shot boundary detection algorithms",
/// SPIE 3656, 1999, doi:10.1117/12.333848: pixel and histogram differences. A difference that is undone within
/// ``flashFrames`` is a flash, not a cut. A stretch of black or white between two shots is a fade.
///
/// Dissolves and wipes are not detected. Equal frames give equal results; the memory is a window of thumbnails.
public struct ShotDetector: Sendable {
    /// How the frames should be read: 64 x 36 RGB, whatever the proportions of the video.
    public static let thumbnails = FrameReader.Options(
        layout: .rgb, size: .exact(width: 64, height: 36), scaling: .area)

    /// The least difference that can be a cut, from 0 to 1.
    public let floor: Float
    /// How many times the mean difference of its neighbourhood a cut must reach.
    public let ratio: Float
    /// The frames looked at on each side.
    public static let reach = 8
    /// The longest flash, and one frame less than the shortest shot.
    public static let flashFrames = 4

    private struct Entry: Sendable {
        let measure: ThumbnailMeasure
        let difference: Float
        let time: Timestamp
        let index: Int?
    }

    /// The frames around the one that is decided next, at most `2 · reach + 1`.
    private var window: [Entry] = []
    /// Place in the window of the frame that is decided next.
    private var undecided = 0
    private var framesSinceChange = Int.max
    private var sawPicture = false
    private var blankRun = 0

    /// The defaults are those that `docs/frames.md` has figures for.
    public init(floor: Float = 0.15, ratio: Float = 3) {
        (self.floor, self.ratio) = (floor, ratio)
    }

    /// Takes the next frame in presentation order and returns the changes that are certain now, in order of time. They lag
    /// ``reach`` frames behind.
    ///
    /// - Parameter frame: of the same size and layout as those before; a change of either counts as a cut.
    public mutating func update(_ frame: VideoFrame) -> [ShotChange] {
        let measure = ThumbnailMeasure(frame.picture)
        let difference = window.last.map { measure.difference($0.measure) } ?? 0
        window.append(Entry(measure: measure, difference: difference, time: frame.time, index: frame.index))
        guard window.count - undecided > Self.reach else { return [] }
        return decide().map { [$0] } ?? []
    }

    /// Returns the changes among the last frames, and makes the detector ready for another video.
    public mutating func finish() -> [ShotChange] {
        var changes: [ShotChange] = []
        while undecided < window.count { decide().map { changes.append($0) } }
        self = ShotDetector(floor: floor, ratio: ratio)
        return changes
    }

    private mutating func decide() -> ShotChange? {
        let entry = window[undecided]
        let kind = kindOfChange()
        if framesSinceChange < .max { framesSinceChange += 1 }
        if kind != nil { framesSinceChange = 0 }
        blankRun = entry.measure.isBlank ? blankRun + 1 : 0
        if !entry.measure.isBlank { sawPicture = true }
        undecided += 1
        if undecided > Self.reach {
            window.removeFirst()
            undecided -= 1
        }
        return kind.map {
            ShotChange(
                kind: $0, time: entry.time, index: entry.index, strength: $0 == .fade ? 1 : entry.difference)
        }
    }

    private func kindOfChange() -> ShotChange.Kind? {
        let entry = window[undecided]
        // Blank frames belong to the change that follows them, and a film that begins with them has no shot before.
        guard !entry.measure.isBlank, sawPicture, framesSinceChange >= Self.flashFrames else { return nil }
        if blankRun > Self.flashFrames { return .fade }
        return standsOut(entry.difference) && !isFlash() ? .cut : nil
    }

    /// Whether a difference is large, and large beside the mean of its neighbours.
    private func standsOut(_ difference: Float) -> Bool {
        guard difference >= floor else { return false }
        let others = window.indices.filter { $0 != undecided }
        let mean = others.reduce(Float(0)) { $0 + window[$1].difference } / Float(max(others.count, 1))
        return difference >= ratio * mean
    }

    /// Whether the picture from before is back within a few frames, or this frame brings back one from before.
    private func isFlash() -> Bool {
        let limit = window[undecided].difference * 0.4
        let before = undecided - 1
        guard before >= 0 else { return false }
        let returns = (1...Self.flashFrames).contains { step in
            undecided + step < window.count
                && window[before].measure.difference(window[undecided + step].measure) < limit
        }
        return returns
            || (1...Self.flashFrames).contains { step in
                before - step >= 0 && window[undecided].measure.difference(window[before - step].measure) < limit
            }
    }
}
