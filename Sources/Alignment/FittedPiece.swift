/// A run of cues on one line through media time: `start + offset + slope · (start - pivot)`, in seconds.
struct FittedPiece: Sendable {
    var cues: Range<Int>
    var pivot, offset, slope: Double

    /// Seconds to add to an instant on the clock of the hypothesis.
    func shift(at start: Double) -> Double { offset + slope * (start - pivot) }
}

extension FittedPiece {
    /// The rough line through the offsets that the search gave to a run of cues.
    ///
    /// - Parameters:
    ///   - starts: start of every cue of the file, in seconds.
    ///   - offsets: offset of every cue of the file, in seconds.
    init(cues: Range<Int>, starts: [Double], offsets: [Double]) {
        let (x, y) = (starts[cues], offsets[cues])
        let pivot = x.reduce(0, +) / Double(cues.count)
        let middle = y.reduce(0, +) / Double(cues.count)
        let spread = x.reduce(0) { $0 + ($1 - pivot) * ($1 - pivot) }
        let drifts = cues.count > 8 && (y.max() ?? 0) - (y.min() ?? 0) > 0.05 && spread > 0
        let slope = drifts ? zip(x, y).reduce(0) { $0 + ($1.0 - pivot) * ($1.1 - middle) } / spread : 0
        self.init(cues: cues, pivot: pivot, offset: drifts ? middle : y.sorted()[cues.count / 2], slope: slope)
    }
}
