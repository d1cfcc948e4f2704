/// How well a cue fits the evidence at one exact place, on the grid of 10 ms.
struct CueFit {
    let track: EvidenceTrack
    private let mean: Float

    init(_ track: EvidenceTrack) {
        self.track = track
        mean = track.mean
    }

    /// The evidence inside the cue less 0.7 of that in the 0.8 s before it and 0.35 of that in the 0.8 s after it, in
    /// frames of full evidence; the quiet never reaches into a neighbour.
    ///
    /// - Parameters:
    ///   - shift: seconds from the cue's own time to media time.
    func rating(of cue: PlacedCue, shift: Double, quietBefore: Double, quietAfter: Double) -> Float {
        let start = frame(cue.start + shift), end = frame(cue.end + shift)
        let inside = sum(start, end)
        let lead = quietBefore > 0.05 ? sum(frame(cue.start + shift - min(0.8, quietBefore)), start) : 0
        let tail = quietAfter > 0.05 ? sum(end, frame(cue.end + shift + min(0.8, quietAfter))) : 0
        return cue.weight * (inside - 0.7 * lead - 0.35 * tail)
    }

    /// Mean evidence inside the cue, 0...1; nil when most of the cue was not observed.
    func inside(_ cue: PlacedCue, shift: Double) -> Float? {
        let range = frame(cue.start + shift)..<max(frame(cue.start + shift) + 1, frame(cue.end + shift))
        guard track.isObserved(range) else { return nil }
        return sum(range.lowerBound, range.upperBound) / Float(range.count) + mean
    }

    private func frame(_ seconds: Double) -> Int { Int((seconds * Double(EvidenceTrack.framesPerSecond)).rounded()) }

    private func sum(_ start: Int, _ end: Int) -> Float {
        var total: Float = 0
        for frame in start..<max(start, end) { total += track.deviation(at: frame, mean: mean) }
        return total
    }
}
