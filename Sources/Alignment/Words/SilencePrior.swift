/// How much the level of each frame speaks for silence: added to its log-likelihood there.
///
/// Trusted only where the recording is clean, which its range of levels tells: with 25 dB or less not at all, with 37 dB or more in full.
struct SilencePrior {
    let values: [Float]

    private static let strength: Float = 25
    /// Share of the range between floor and speech at which a frame says nothing either way, and how far from it it says all.
    private static let middle: Float = 0.55, slope: Float = 0.3
    private static let decibelsPerNeper: Float = 4.343

    init(levels: [Float]) {
        let smooth = levels.indices.map { frame in
            let around = levels[max(0, frame - 2)...min(levels.count - 1, frame + 2)]
            return around.reduce(0, +) / Float(around.count)
        }
        let (low, high) = (smooth.percentile(0.03), smooth.percentile(0.9))
        let trust = max(0, min(1, ((high - low) * Self.decibelsPerNeper - 25) / 12))
        values = smooth.map { level in
            let activity = max(0, min(1, (level - low) / max(2, high - low)))
            return Self.strength * trust * max(-1, min(1, (Self.middle - activity) / Self.slope))
        }
    }
}
