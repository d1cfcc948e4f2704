/// The search of ``BandedViterbi`` with nothing settled before the last frame: the best way through the band itself, not nearly so.
///
/// The values at every hundredth or so frame are kept. From them the moves of one stretch at a time are found again, from the last stretch to the
/// first, so that frames are scored twice and memory is in the order of the square root of the frames.
struct WholePathViterbi {
    let search: BandedViterbi

    /// - Parameter score: writes the log-likelihoods of a frame, one for each class of the chain; the same ones each time.
    /// - Returns: the state of each frame; nil where the band holds no way from the first states to the last two.
    func path(frames: Int, _ band: BandedViterbi.Band, score: (Int, UnsafeMutablePointer<Float>) -> Void) -> [Int32]? {
        guard frames > 0, search.chain.count > 0 else { return frames > 0 ? nil : [] }
        var pass = Pass(search, frames: frames)
        for frame in 0..<frames { pass.advance(to: frame, band, score) }
        guard var state = pass.end else { return nil }
        var path = [Int32](repeating: 0, count: frames)
        for stretch in pass.keeps.indices.reversed() { state = pass.trace(stretch, from: state, into: &path, score) }
        return path
    }

    /// One way forth through the frames, and what it keeps for the way back.
    private struct Pass {
        let search: BandedViterbi
        let frames, width, stretch: Int
        private var current, previous: BandedViterbi.Values
        private var scores: [Float]
        private var moves: [UInt8]
        private var best = 0
        /// First state of the band in each frame.
        private var starts: [Int32] = []
        /// The values of the first frame of each stretch.
        private(set) var keeps: [BandedViterbi.Values] = []

        init(_ search: BandedViterbi, frames: Int) {
            (self.search, self.frames) = (search, frames)
            width = min(search.width, search.chain.count)
            stretch = max(1, Int(Double(frames).squareRoot()))
            (current, previous) = (BandedViterbi.Values(width), BandedViterbi.Values(width))
            scores = Array(repeating: 0, count: search.chain.classCount)
            moves = Array(repeating: 0, count: width)
            starts.reserveCapacity(frames)
        }

        /// The state in which the best way ends.
        var end: Int? {
            let low = Int(starts[frames - 1])
            let state = search.last(previous, at: low, -1)
            return state >= 0 ? state : nil
        }

        mutating func advance(to frame: Int, _ band: BandedViterbi.Band, _ score: (Int, UnsafeMutablePointer<Float>) -> Void) {
            let low = frame == 0 ? 0 : Int(starts[frame - 1])
            let start = frame == 0 ? 0 : search.start(frame, band, low, best, width)
            step(frame, from: low, to: start, score)
            starts.append(Int32(start))
            if frame % stretch == 0 { keeps.append(previous) }
        }

        private mutating func step(_ frame: Int, from low: Int, to start: Int, _ score: (Int, UnsafeMutablePointer<Float>) -> Void) {
            scores.withUnsafeMutableBufferPointer { score(frame, $0.baseAddress!) }
            best = frame == 0 ? search.begin(&current, scores) : search.step(previous, at: low, &current, at: start, scores, &moves)
            swap(&current, &previous)
        }

        /// Finds the moves of a stretch again and follows them back.
        ///
        /// - Parameter state: of the first frame of the next stretch, or of the last of all.
        /// - Returns: the state of its own first frame.
        mutating func trace(_ number: Int, from state: Int, into path: inout [Int32], _ score: (Int, UnsafeMutablePointer<Float>) -> Void) -> Int {
            let first = number * stretch
            // The move into the first frame of the next stretch is found here.
            let end = min(frames, first + stretch + 1)
            previous = keeps[number]
            var rows = [UInt8](repeating: 0, count: max(0, end - first - 1) * width)
            for frame in first + 1..<max(first + 1, end) {
                step(frame, from: Int(starts[frame - 1]), to: Int(starts[frame]), score)
                rows.replaceSubrange((frame - first - 1) * width..<(frame - first) * width, with: moves)
            }
            var state = state
            for frame in stride(from: end - 1, through: first, by: -1) {
                path[frame] = Int32(state)
                if frame > first { state -= Int(rows[(frame - first - 1) * width + state - Int(starts[frame])]) }
            }
            return state
        }
    }
}
