/// How much the level of each frame speaks for silence: added to its log-likelihood there.
///
/// Trusted only where the recording is clean, which its range of levels tells: with 25 dB or less not at all, with 37 dB or more in full.
struct SilencePrior {
    let values: [Float]

    /// Share of the range between floor and speech by which a frame may miss the middle until it says all.
    private static let slope: Float = 0.3
    private static let decibelsPerNeper: Float = 4.343

    /// - Parameter knowsPauses: whether the transcript says where pauses are likely; otherwise the level is the only sign of them, and counts for more.
    init(levels: [Float], knowsPauses: Bool) {
        // The most that a frame may say, and the share of the range between floor and speech at which it says nothing either way.
        let (strength, middle): (Float, Float) = knowsPauses ? (15, 0.5) : (25, 0.55)
        let smooth = levels.indices.map { frame in
            let around = levels[max(0, frame - 2)...min(levels.count - 1, frame + 2)]
            return around.reduce(0, +) / Float(around.count)
        }
        let (low, high) = (smooth.percentile(0.03), smooth.percentile(0.9))
        let trust = max(0, min(1, ((high - low) * Self.decibelsPerNeper - 25) / 12))
        values = smooth.map { level in
            let activity = max(0, min(1, (level - low) / max(2, high - low)))
            return strength * trust * max(-1, min(1, (middle - activity) / Self.slope))
        }
    }
}
