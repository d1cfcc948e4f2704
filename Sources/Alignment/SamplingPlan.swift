#if canImport(Glibc)
    import Glibc
#endif

/// Which stretches of a medium to look at first, and where to look closer.
struct SamplingPlan {
    /// Media up to this long are decoded whole, in frames of 10 ms: 15 minutes.
    static let wholeUpTo = 15 * 60 * 100
    /// Length of a sample: 24 s, some five cues.
    static let window = 24 * 100
    /// A gap no longer than two and a half samples is decoded whole.
    private static let smallGap = window * 5 / 2

    let frameCount: Int

    /// Stretches spread evenly: about 6 minutes of the first hour, growing with the square root of the length.
    func first() -> [Range<Int>] {
        guard frameCount > Self.wholeUpTo else { return [0..<frameCount] }
        let seconds = 160 + 4 * (Double(frameCount) / 100).squareRoot()
        return spread(count: max(2, Int(seconds * 100) / Self.window))
    }

    /// The whole medium, in stretches that keep memory bounded.
    func whole() -> [Range<Int>] {
        stride(from: 0, to: frameCount, by: Self.wholeUpTo).map { $0..<min(frameCount, $0 + Self.wholeUpTo) }
    }

    /// As many again between those observed.
    func denser(than track: EvidenceTrack) -> [Range<Int>] {
        let gaps = track.unobserved(in: 0..<frameCount)
        return gaps.flatMap { middle(of: $0) }
    }

    /// Where to look to find the cut inside a stretch of media.
    func closer(in range: Range<Int>, _ track: EvidenceTrack) -> [Range<Int>] {
        let gaps = track.unobserved(in: range)
        guard let widest = gaps.max(by: { $0.count < $1.count }) else { return [] }
        return widest.count <= Self.smallGap ? gaps : middle(of: widest)
    }

    private func spread(count: Int) -> [Range<Int>] {
        (0..<count).map { index in
            let centre = (2 * index + 1) * frameCount / (2 * count)
            return clamp(centre - Self.window / 2..<centre + Self.window / 2)
        }
    }

    private func middle(of gap: Range<Int>) -> [Range<Int>] {
        guard gap.count > Self.smallGap else { return [gap] }
        let centre = (gap.lowerBound + gap.upperBound) / 2
        return [centre - Self.window / 2..<centre + Self.window / 2]
    }

    private func clamp(_ range: Range<Int>) -> Range<Int> { range.clamped(to: 0..<frameCount) }
}
