/// Finds the offset of every cue by dynamic programming over (cue, offset): keeping the offset is free, drifting by one
/// step costs little, jumping to any other costs much. One jump is one cut.
///
/// The rating of a cue at an offset is the evidence inside it, less 0.7 of that just before and 0.35 of that just after,
/// each no further than 0.8 s and never into the neighbouring cue. A jump never puts a cue before its predecessor.
///
/// - Complexity: O(cues · offsets) time; a quarter of a byte of memory for each pair.
struct OffsetSearch {
    /// Frames of 10 ms in a step of the offset.
    static let framesPerCell = 10

    /// The offsets of the cues, in cells, with the sum of their ratings less the costs in frames of full evidence.
    struct Path {
        var offsets: [Int]
        var score: Float
    }

    /// Cue times on the clock of the hypothesis, in order of their starts.
    let cues: [PlacedCue]
    /// Offsets to try, in cells.
    let offsets: ClosedRange<Int>
    var allowsJumps = true
    private let sums: EvidenceSums
    private let windows: [Window]

    /// Where a cue and the quiet that should surround it begin and end, in cells.
    private struct Window {
        let lead, start, end, tail: Int
        let weight: Float
    }

    init(cues: [PlacedCue], track: EvidenceTrack, offsets: ClosedRange<Int>) {
        self.cues = cues
        self.offsets = offsets
        windows = Self.windows(of: cues)
        let first = windows.map(\.lead).min() ?? 0, last = windows.map(\.tail).max() ?? 0
        sums = EvidenceSums(
            track, framesPerCell: Self.framesPerCell,
            margin: first + offsets.lowerBound..<last + offsets.upperBound + 9)
    }

    static func cell(_ seconds: Double) -> Int {
        Int((seconds * Double(EvidenceTrack.framesPerSecond) / Double(framesPerCell)).rounded())
    }

    private static func windows(of cues: [PlacedCue]) -> [Window] {
        cues.indices.map { index in
            let cue = cues[index]
            let start = cell(cue.start), end = max(start + 1, cell(cue.end))
            let lead = index > 0 ? cue.start - cues[index - 1].end : .infinity
            let tail = index + 1 < cues.count ? cues[index + 1].start - cue.end : .infinity
            return Window(
                lead: lead > 0.05 ? start - max(1, cell(min(0.8, lead))) : start, start: start, end: end,
                tail: tail > 0.05 ? end + max(1, cell(min(0.8, tail))) : end, weight: cue.weight)
        }
    }

    /// The median over the cues of the best rating that each reaches anywhere: the scale of the costs.
    func medianBestRating() -> Float {
        var rating = [Float](repeating: 0, count: offsets.count)
        let best = windows.filter { $0.weight > 0 }.map { window -> Float in
            rate(window, into: &rating)
            return rating.reduce(0) { $1 > $0 ? $1 : $0 }
        }.sorted()
        return best.isEmpty ? 0 : best[best.count / 2]
    }

    func best(jumpCost: Float, driftCost: Float) -> Path {
        let count = offsets.count
        var best = [Float](repeating: 0, count: count)
        var rating = best, jump = best, next = best
        var steps = StepTable(states: count)
        var summits: [[Int32]] = []
        for (index, window) in windows.enumerated() {
            rate(window, into: &rating)
            if index > 0 {
                summits.append(reachable(from: best, within: reach(index), less: jumpCost, into: &jump))
                steps.appendRow()
                advance(best, rating, jump, driftCost: driftCost, into: &next, &steps)
                swap(&best, &next)
            } else {
                best = rating
            }
        }
        return trace(from: best, steps, summits)
    }

    /// How many cells further back than its predecessor's offset a cue's own may lie.
    private func reach(_ index: Int) -> Int { max(0, windows[index].start - windows[index - 1].start) }

    private func rate(_ window: Window, into rating: inout [Float]) {
        let first = offsets.lowerBound
        let lead = sums.index(window.lead + first), start = sums.index(window.start + first)
        let end = sums.index(window.end + first), tail = sums.index(window.tail + first)
        let (source, weight) = (sums.sums.span, window.weight)
        for i in rating.indices {
            rating[i] = weight * (1.35 * source[end + i] - 1.7 * source[start + i] + 0.7 * source[lead + i] - 0.35 * source[tail + i])
        }
    }

    /// The best value at or below each state plus `reach`, less the cost of getting there.
    ///
    /// - Returns: the states at which the running maximum rises.
    private func reachable(from best: [Float], within reach: Int, less cost: Float, into jump: inout [Float]) -> [Int32] {
        var summits: [Int32] = []
        var high = -Float.infinity
        for state in 0..<best.count + reach {
            if state < best.count, best[state] > high {
                high = best[state]
                summits.append(Int32(state))
            }
            if state >= reach { jump[state - reach] = high - cost }
        }
        return summits
    }

    private func advance(
        _ best: [Float], _ rating: [Float], _ jump: [Float], driftCost: Float, into next: inout [Float],
        _ steps: inout StepTable
    ) {
        let last = best.count - 1
        for state in 0...last {
            let keep = best[state]
            let up = state > 0 ? best[state - 1] - driftCost : -.infinity
            let down = state < last ? best[state + 1] - driftCost : -.infinity
            let far = jump[state]
            let near = max(keep, max(up, down))
            let step: StepTable.Step = far > near ? .jump : keep == near ? .keep : up == near ? .up : .down
            next[state] = max(near, far) + rating[state]
            steps.set(state, step)
        }
    }

    private func trace(from best: [Float], _ steps: StepTable, _ summits: [[Int32]]) -> Path {
        var state = best.indices.max { best[$0] < best[$1] } ?? 0
        let score = best[state]
        var path = [Int](repeating: 0, count: cues.count)
        for index in cues.indices.reversed() {
            path[index] = offsets.lowerBound + state
            guard index > 0 else { break }
            switch steps.step(row: index - 1, state) {
            case .keep: break
            case .up: state -= 1
            case .down: state += 1
            case .jump:
                let limit = Int32(state + reach(index))
                state = Int(summits[index - 1].last { $0 <= limit } ?? 0)
            }
        }
        return Path(offsets: path, score: score)
    }
}
