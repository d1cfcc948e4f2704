import Timeline

/// A cue as the search sees it: seconds on the clock of the hypothesis.
struct PlacedCue: Sendable {
    let start, end: Double
    /// How much its fit counts: 0 for a cue that stands for no speech.
    let weight: Float

    init(start: Double, end: Double, weight: Float) { (self.start, self.end, self.weight) = (start, end, weight) }

    init(_ cue: AlignableCue, rate: ClockRate) {
        start = cue.segment.start.approximateSeconds * rate.value
        end = cue.segment.end.approximateSeconds * rate.value
        weight = cue.isSpeech ? 1 : 0
    }
}
