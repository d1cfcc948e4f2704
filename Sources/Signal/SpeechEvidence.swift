/// How much each 10 ms of a sound looks like speech: 0 not at all, 255 fully.
///
/// The level is set against the room's: the floor is the 10th percentile of 10 s around, the ceiling the 95th of 30 s.
/// What stands out of the floor counts in full when the sound is periodic, as voices are, and by a third when it is not.
/// Soft values serve alignment better than a yes or no would (S. Kaegi's thesis on alass, section 3, asks for them).
public enum SpeechEvidence {
    /// - Returns: one value for each frame.
    public static func values(of frames: SpeechFrames) -> [UInt8] {
        let level = frames.level.map { Float($0) * 0.5 }.smoothed(by: [0.054, 0.244, 0.404, 0.244, 0.054])
        let voice = frames.periodicity.map { Float($0) / 255 }.boxSmoothed(radius: 5).map { clamp(($0 - 0.25) / 0.35) }
            .boxSmoothed(radius: 7)
        let floor = RollingPercentile(fraction: 0.10, width: 100, smoothing: 15).values(of: level)
        let ceiling = RollingPercentile(fraction: 0.95, width: 300, smoothing: 25).values(of: level)
        return level.indices.map { frame in
            let (low, high) = (floor[frame / 10], ceiling[frame / 10])
            let loudness = clamp((level[frame] - low - 3) / max(8, (high - low) * 0.6))
            return UInt8(255 * loudness * (0.35 + 0.65 * voice[frame]))
        }
    }

    private static func clamp(_ value: Float) -> Float { max(0, min(1, value)) }
}
