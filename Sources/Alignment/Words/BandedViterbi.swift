/// Finds the most likely way through a chain of states (Viterbi 1967), looking at a band of them in each frame.
///
/// From one frame to the next a way stays, goes to the next state, or passes over one that may be left out. Only the latest minute is kept: older
/// frames are settled by the best way at that time, so that memory does not grow with the sound.
struct BandedViterbi {
    let chain: StateChain
    /// States that are looked at in a frame.
    let width: Int

    /// Where the band lies.
    enum Band {
        /// It moves along with the best state.
        case following
        /// So many states on either side of a way that was found before.
        case around([Int32])
    }

    private static let ringLength = 6000
    static let never = -Float.infinity

    /// - Parameters:
    ///   - score: writes the log-likelihoods of a frame, one for each class of the chain.
    /// - Returns: the state of each frame.
    func path(frames: Int, _ band: Band, score: (Int, UnsafeMutablePointer<Float>) -> Void) -> [Int32] {
        guard frames > 0, chain.count > 0 else { return [] }
        let width = min(width, chain.count)
        var path = [Int32](repeating: 0, count: frames)
        var ring = Ring(width: width, length: min(frames, Self.ringLength))
        var (current, previous) = (Values(width), Values(width))
        var scores = [Float](repeating: 0, count: chain.classCount)
        var moves = [UInt8](repeating: 0, count: width)
        var (low, best) = (0, 0)
        for frame in 0..<frames {
            let start = frame == 0 ? 0 : self.start(frame, band, low, best, width)
            scores.withUnsafeMutableBufferPointer { score(frame, $0.baseAddress!) }
            if ring.isFull { ring.settle(from: best, into: &path) }
            best = frame == 0 ? begin(&current, scores) : step(previous, at: low, &current, at: start, scores, &moves)
            ring.append(moves, start)
            low = start
            swap(&current, &previous)
        }
        ring.settleAll(from: last(previous, at: low, best), into: &path)
        return path
    }

    /// The way ends in the last phone or the silence behind it, where the band holds them.
    func last(_ values: Values, at low: Int, _ best: Int) -> Int {
        let ends = [chain.count - 1, chain.count - 2].filter { $0 >= low && $0 < low + values.count && values[$0 - low] > Self.never }
        return ends.max { values[$0 - low] < values[$1 - low] } ?? best
    }

    func start(_ frame: Int, _ band: Band, _ low: Int, _ best: Int, _ width: Int) -> Int {
        let wanted =
            switch band {
            case .following: max(low, best - width / 3)
            case .around(let way): max(low, Int(way[frame]) - width / 2)
            }
        return max(0, min(wanted, chain.count - width))
    }

    /// The first frame: a way begins in one of the first two states.
    func begin(_ values: inout Values, _ scores: [Float]) -> Int {
        for state in 0..<min(2, values.count) { values[state] = scores[Int(chain.states[state].emission)] }
        return values.count > 1 && values[1] > values[0] ? 1 : 0
    }

    /// One frame.
    ///
    /// - Returns: the state with the largest value, whose value becomes 0.
    func step(
        _ previous: Values, at low: Int, _ current: inout Values, at start: Int, _ scores: [Float], _ moves: inout [UInt8]
    ) -> Int {
        let (width, shift) = (previous.count, start - low)
        var (best, bestValue) = (start, Self.never)
        chain.withStates { states in
            previous.withPointer { previous in
                scores.withUnsafeBufferPointer { scores in
                    current.withMutablePointer { current in
                        moves.withUnsafeMutableBufferPointer { moves in
                            for index in 0..<width {
                                let state = states[start + index]
                                let from = previous + min(index + shift, width + 1)
                                let (staying, next, skipping) = (from[0] + state.stay, from[-1] + state.enter, from[-2] + state.skip)
                                var (value, move) = next > staying ? (next, UInt8(1)) : (staying, 0)
                                if skipping > value { (value, move) = (skipping, 2) }
                                value += scores[Int(state.emission)]
                                current[index] = value
                                moves[index] = move
                                if value > bestValue { (best, bestValue) = (start + index, value) }
                            }
                            if bestValue > Self.never { for index in 0..<width { current[index] -= bestValue } }
                        }
                    }
                }
            }
        }
        return best
    }

    /// The values of a band, with two of ``never`` on either side.
    struct Values {
        let count: Int
        private var padded: [Float]

        init(_ count: Int) {
            self.count = count
            padded = [Float](repeating: never, count: count + 4)
        }

        subscript(index: Int) -> Float {
            get { padded[index + 2] }
            set { padded[index + 2] = newValue }
        }

        func withPointer<Result>(_ body: (UnsafePointer<Float>) -> Result) -> Result { padded.withUnsafeBufferPointer { body($0.baseAddress! + 2) } }

        mutating func withMutablePointer<Result>(_ body: (UnsafeMutablePointer<Float>) -> Result) -> Result {
            padded.withUnsafeMutableBufferPointer { body($0.baseAddress! + 2) }
        }
    }

    /// The moves of the latest frames.
    private struct Ring {
        let width, length: Int
        private var moves: [UInt8]
        private var starts: [Int] = []
        /// The frame of the first row.
        private var first = 0

        init(width: Int, length: Int) {
            (self.width, self.length) = (width, length)
            moves = [UInt8](repeating: 0, count: width * length)
        }

        var isFull: Bool { starts.count == length }

        /// Adds the moves into the states from `start` on.
        mutating func append(_ row: [UInt8], _ start: Int) {
            let place = starts.count * width
            starts.append(start)
            moves.withUnsafeMutableBufferPointer { moves in
                row.withUnsafeBufferPointer { (moves.baseAddress! + place).update(from: $0.baseAddress!, count: width) }
            }
        }

        /// Settles the older half of the frames.
        mutating func settle(from state: Int, into path: inout [Int32]) {
            let half = length / 2
            trace(from: state, settling: half, into: &path)
            moves.withUnsafeMutableBufferPointer { moves in
                moves.baseAddress!.update(from: moves.baseAddress! + half * width, count: (length - half) * width)
            }
            starts.removeFirst(half)
            first += half
        }

        func settleAll(from state: Int, into path: inout [Int32]) { trace(from: state, settling: starts.count, into: &path) }

        private func trace(from last: Int, settling count: Int, into path: inout [Int32]) {
            var state = last
            for row in stride(from: starts.count - 1, through: 0, by: -1) {
                if row < count { path[first + row] = Int32(state) }
                let index = state - starts[row]
                if row > 0, (0..<width).contains(index) { state -= Int(moves[row * width + index]) }
            }
        }
    }
}

/// A chain of states, each with the class of sounds that it stands for.
struct StateChain {
    struct State {
        /// Number of the class.
        var emission: Int32
        /// Log-probabilities: of another frame in the state, of coming to it from the one before, and of coming to it from the one before that.
        var stay, enter, skip: Float
    }

    private(set) var states: [State]
    let classCount: Int

    var count: Int { states.count }

    init(_ states: [State], classCount: Int) { (self.states, self.classCount) = (states, classCount) }

    func withStates<Result>(_ body: (UnsafeBufferPointer<State>) -> Result) -> Result { states.withUnsafeBufferPointer(body) }
}
