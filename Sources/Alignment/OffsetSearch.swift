/// Finds the offset of every cue by dynamic programming over (cue, offset): keeping the offset is free, drifting by one
/// step costs little, jumping to any other costs much. One jump is one cut.
///
/// The rating of a cue at an offset is the evidence inside it, less 0.7 of that just before and 0.35 of that just after,
/// each no further than 0.8 s and never into the neighbouring cue. A jump never puts a cue before its predecessor.
///
/// - Complexity: O(cues · offsets) time, twice that when the path is wanted: the way is then gone again, backwards, one
///   block of cues after another, so that memory holds the steps of one block and one row of scores for each.
struct OffsetSearch {
    struct Path {
        /// One for each cue, in cells.
        var offsets: [Int]
        /// Sum of the ratings less the costs, in frames of full evidence.
        var score: Float
    }

    /// What the moves between cues cost, in frames of full evidence.
    struct Costs {
        var jump: Float
        var drift: Float
    }

    private typealias Lanes = SIMD8<Float>

    /// Frames of 10 ms in a step of the offset.
    let framesPerCell: Int
    /// The lowest offset to try, in cells.
    private let lowest: Int
    /// Offsets to try: a multiple of the lanes.
    private let stateCount: Int
    private let sums: EvidenceSums
    private let windows: [CueWindow]

    /// - Parameters:
    ///   - cues: in order of their starts, on the clock of the hypothesis.
    ///   - reach: largest offset to try, either way, in seconds.
    init(cues: [PlacedCue], track: EvidenceTrack, reach: Double, framesPerCell: Int) {
        self.framesPerCell = framesPerCell
        windows = CueWindow.windows(of: cues, framesPerCell: framesPerCell)
        let cells = max(4, Int(reach * Double(EvidenceTrack.framesPerSecond) / Double(framesPerCell)))
        lowest = -cells
        stateCount = (2 * cells + 1 + 7) / 8 * 8
        let first = windows.map(\.lead).min() ?? 0, last = windows.map(\.tail).max() ?? 0
        sums = EvidenceSums(track, framesPerCell: framesPerCell, cells: first + lowest..<last + lowest + stateCount + 8)
    }

    /// The median over some cues of the best rating that each reaches anywhere: the scale of the costs. Cues that reach no
    /// observed evidence are left out.
    func medianBestRating() -> Float {
        var rating = [Float](repeating: 0, count: stateCount + 16)
        let speech = windows.filter { $0.weight > 0 }
        let best = stride(from: 0, to: speech.count, by: max(1, speech.count / 100)).map { index -> Float in
            rate(speech[index], into: &rating)
            return highest(rating)
        }.filter { $0 > 0 }.sorted()
        return best.isEmpty ? 0 : best[best.count / 2]
    }

    private func highest(_ values: [Float]) -> Float {
        var high = Lanes()
        let bytes = values.span.bytes
        for i in stride(from: 8, to: 8 + stateCount, by: 8) {
            let value = load(bytes, i)
            high.replace(with: value, where: value .> high)
        }
        return high.max()
    }

    /// The score of the best path, without the path.
    func bestScore(_ costs: Costs) -> Float {
        var front = Front(states: stateCount)
        for index in windows.indices { advance(&front, to: index, costs) }
        return front.scores.max() ?? 0
    }

    func best(_ costs: Costs) -> Path {
        var front = Front(states: stateCount)
        var blockStarts: [[Float]] = []
        for index in windows.indices {
            if index % Self.block == 0 { blockStarts.append(front.best) }
            advance(&front, to: index, costs)
        }
        let scores = Array(front.scores)
        let state = scores.indices.max { scores[$0] < scores[$1] } ?? 0
        let score = scores[state]
        return Path(offsets: trace(from: state, &front, blockStarts, costs), score: score)
    }

    /// Cues whose steps are kept at a time.
    private static let block = 128

    /// The best score of ending in each state, as far as the cues were gone through, and room to work in.
    private struct Front {
        // One vector of minus infinity on either side, so that neighbours can be loaded without a look at the ends.
        var best: [Float]
        var rating, highs, next: [Float]

        init(states: Int) {
            best = [Float](repeating: -.infinity, count: states + 16)
            rating = [Float](repeating: 0, count: states + 16)
            (highs, next) = (best, best)
        }

        var scores: ArraySlice<Float> { best[8..<best.count - 8] }
    }

    /// How many cells further back than its predecessor's offset a cue's own may lie.
    private func reach(_ index: Int) -> Int { max(0, windows[index].start - windows[index - 1].start) }

    private func advance(_ front: inout Front, to index: Int, _ costs: Costs) {
        var steps: StepTable? = nil
        advance(&front, to: index, costs, &steps, row: 0)
    }

    /// Takes in one more cue, and notes in a row of `steps` how each state was reached.
    private func advance(_ front: inout Front, to index: Int, _ costs: Costs, _ steps: inout StepTable?, row: Int) {
        rate(windows[index], into: &front.rating)
        if index == 0 {
            front.best.replaceSubrange(8..<8 + stateCount, with: front.rating[8..<8 + stateCount])
            return
        }
        runningHigh(of: front.best, into: &front.highs)
        noteSummits(of: front.best, &steps, row: row)
        move(
            front.best, front.rating, front.highs, reach: reach(index), costs, into: &front.next, &steps, row: row)
        swap(&front.best, &front.next)
    }

    private func rate(_ window: CueWindow, into rating: inout [Float]) {
        let lead = sums.index(window.lead + lowest), start = sums.index(window.start + lowest)
        let end = sums.index(window.end + lowest), tail = sums.index(window.tail + lowest)
        let weight = Lanes(repeating: window.weight)
        let source = sums.sums.span.bytes
        var target = rating.mutableSpan
        var bytes = target.mutableBytes
        for i in stride(from: 0, to: stateCount, by: 8) {
            let inside = 1.35 * load(source, end + i) - 1.7 * load(source, start + i)
            let around = 0.7 * load(source, lead + i) - 0.35 * load(source, tail + i)
            store(weight * (inside + around), &bytes, 8 + i)
        }
    }

    /// The best value at or below each state.
    private func runningHigh(of values: [Float], into highs: inout [Float]) {
        let source = values.span.bytes
        var target = highs.mutableSpan
        var bytes = target.mutableBytes
        var before = -Float.infinity
        for i in stride(from: 8, to: 8 + stateCount, by: 8) {
            var high = Lanes(repeating: before)
            for back in 0..<8 {
                let value = load(source, i - back)
                high.replace(with: value, where: value .> high)
            }
            store(high, &bytes, i)
            before = high[7]
        }
        for i in 8 + stateCount..<stateCount + 16 { highs[i] = before }
    }

    /// Notes the states at which the running maximum rises.
    private func noteSummits(of values: [Float], _ steps: inout StepTable?, row: Int) {
        guard steps != nil else { return }
        var high = -Float.infinity
        for state in 0..<stateCount where values[8 + state] > high {
            high = values[8 + state]
            steps?.setSummit(row: row, state)
        }
    }

    private func move(
        _ best: [Float], _ rating: [Float], _ highs: [Float], reach: Int, _ costs: Costs, into next: inout [Float],
        _ steps: inout StepTable?, row: Int
    ) {
        let (best, rating, highs) = (best.span.bytes, rating.span.bytes, highs.span.bytes)
        var target = next.mutableSpan
        var bytes = target.mutableBytes
        for i in stride(from: 0, to: stateCount, by: 8) {
            var value = load(best, 8 + i)
            let up = load(best, 7 + i) - costs.drift, down = load(best, 9 + i) - costs.drift
            let far = load(highs, 8 + min(stateCount, i + reach)) - costs.jump
            let rises = up .> value
            value.replace(with: up, where: rises)
            let falls = down .> value
            value.replace(with: down, where: falls)
            let jumps = far .> value
            value.replace(with: far, where: jumps)
            store(value + load(rating, 8 + i), &bytes, 8 + i)
            steps?.set(row: row, i, rises: rises, falls: falls, jumps: jumps)
        }
    }

    /// The state of every cue on the way to the last one's, in cells, block by block from the end.
    private func trace(from last: Int, _ front: inout Front, _ blockStarts: [[Float]], _ costs: Costs) -> [Int] {
        var state = last
        var path = [Int](repeating: 0, count: windows.count)
        for (number, start) in blockStarts.enumerated().reversed() {
            let block = number * Self.block..<min(windows.count, (number + 1) * Self.block)
            let steps = steps(of: block, from: start, &front, costs)
            for index in block.reversed() {
                path[index] = lowest + state
                state = index == 0 ? 0 : before(state, index, steps, row: index - block.lowerBound)
            }
        }
        return path
    }

    /// Goes through a block of cues once more and notes how each state was reached.
    private func steps(of block: Range<Int>, from start: [Float], _ front: inout Front, _ costs: Costs) -> StepTable? {
        front.best = start
        var steps: StepTable? = StepTable(states: stateCount, rows: block.count)
        for index in block { advance(&front, to: index, costs, &steps, row: index - block.lowerBound) }
        return steps
    }

    /// The state of the cue before, given that of a cue.
    private func before(_ state: Int, _ index: Int, _ steps: StepTable?, row: Int) -> Int {
        guard let steps else { return state }
        switch steps.step(row: row, state) {
        case .keep: return state
        case .up: return state - 1
        case .down: return state + 1
        case .jump: return steps.summit(row: row, atOrBelow: state + reach(index))
        }
    }

    @inline(__always)
    private func load(_ bytes: RawSpan, _ index: Int) -> Lanes {
        bytes.unsafeLoadUnaligned(fromByteOffset: 4 * index, as: Lanes.self)
    }

    @inline(__always)
    private func store(_ value: Lanes, _ bytes: inout MutableRawSpan, _ index: Int) {
        bytes.storeBytes(of: value, toByteOffset: 4 * index, as: Lanes.self)
    }
}
