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
    private static let never = -Float.infinity

    /// - Parameters:
    ///   - score: writes the log-likelihoods of a frame, one for each class of the chain.
    /// - Returns: the state of each frame.
    func path(frames: Int, _ band: Band, score: (Int, UnsafeMutablePointer<Float>) -> Void) -> [Int32] {
        guard frames > 0, chain.count > 0 else { return [] }
        let width = min(width, chain.count)
        var path = [Int32](repeating: 0, count: frames)
        var ring = Ring(width: width, length: min(frames, Self.ringLength))
        var (current, previous) = ([Float](repeating: Self.never, count: width), [Float](repeating: Self.never, count: width))
        var scores = [Float](repeating: 0, count: chain.classCount)
        var moves = [UInt8](repeating: 0, count: width)
        var (low, best) = (0, 0)
        for frame in 0..<frames {
            let start = self.start(frame, band, low, best, width)
            scores.withUnsafeMutableBufferPointer { score(frame, $0.baseAddress!) }
            if ring.isFull { ring.settle(from: best, into: &path) }
            best = step(previous, at: low, &current, at: start, scores, isFirst: frame == 0, &moves)
            ring.append(moves, start)
            low = start
            swap(&current, &previous)
        }
        ring.settleAll(from: last(previous, at: low, best), into: &path)
        return path
    }

    /// The way ends in the last phone or the silence behind it, where the band holds them.
    private func last(_ values: [Float], at low: Int, _ best: Int) -> Int {
        let ends = [chain.count - 1, chain.count - 2].filter { $0 >= low && $0 < low + values.count && values[$0 - low] > Self.never }
        return ends.max { values[$0 - low] < values[$1 - low] } ?? best
    }

    private func start(_ frame: Int, _ band: Band, _ low: Int, _ best: Int, _ width: Int) -> Int {
        let wanted =
            switch band {
            case .following: max(low, best - width / 3)
            case .around(let way): max(low, Int(way[frame]) - width / 2)
            }
        return max(0, min(wanted, chain.count - width))
    }

    /// One frame.
    ///
    /// - Returns: the state with the largest value, whose value becomes 0.
    private func step(
        _ previous: [Float], at low: Int, _ current: inout [Float], at start: Int, _ scores: [Float], isFirst: Bool,
        _ moves: inout [UInt8]
    ) -> Int {
        var (best, bestValue) = (start, Self.never)
        let width = previous.count
        chain.withStates { states in
            previous.withUnsafeBufferPointer { previous in
                scores.withUnsafeBufferPointer { scores in
                    current.withUnsafeMutableBufferPointer { current in
                      moves.withUnsafeMutableBufferPointer { moves in
                        for index in 0..<width {
                            let state = start + index
                            let place = state - low
                            var (value, move) = (Self.never, UInt8(0))
                            if isFirst {
                                value = state < 2 ? 0 : Self.never
                            } else {
                                if place < width { value = previous[place] + states[state].stay }
                                if place >= 1, place - 1 < width {
                                    let next = previous[place - 1] + states[state - 1].leave
                                    if next > value { (value, move) = (next, 1) }
                                }
                                if place >= 2, place - 2 < width {
                                    let skip = previous[place - 2] + states[state - 2].leave + states[state].skip
                                    if skip > value { (value, move) = (skip, 2) }
                                }
                            }
                            value += scores[Int(states[state].emission)]
                            current[index] = value
                            moves[index] = move
                            if value > bestValue { (best, bestValue) = (state, value) }
                        }
                        if bestValue > Self.never { for index in 0..<width { current[index] -= bestValue } }
                      }
                    }
                }
            }
        }
        return best
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
        /// Log-probabilities: of another frame in the state, of leaving it, and of coming to it over a state that is left out.
        var stay, leave, skip: Float
    }

    private(set) var states: [State]
    let classCount: Int

    var count: Int { states.count }

    init(_ states: [State], classCount: Int) { (self.states, self.classCount) = (states, classCount) }

    func withStates<Result>(_ body: (UnsafeBufferPointer<State>) -> Result) -> Result { states.withUnsafeBufferPointer(body) }
}
