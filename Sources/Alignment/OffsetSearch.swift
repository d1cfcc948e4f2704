/// Finds the offset of every cue by dynamic programming over (cue, offset): keeping the offset is free, drifting by one
/// step costs little, jumping to any other costs much. One jump is one cut.
///
/// The rating of a cue at an offset is the evidence inside it, less 0.7 of that just before and 0.35 of that just after,
/// each no further than 0.8 s and never into the neighbouring cue. A jump never puts a cue before its predecessor.
///
/// - Complexity: O(cues · offsets) time; a quarter of a byte of memory for each pair when the path is wanted.
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
        var steps: StepTable? = nil
        return sweep(costs, &steps).max() ?? 0
    }

    func best(_ costs: Costs) -> Path {
        var steps: StepTable? = StepTable(states: stateCount)
        let last = sweep(costs, &steps)
        let state = last.indices.max { last[$0] < last[$1] } ?? 0
        return Path(offsets: trace(from: state, steps), score: last[state])
    }

    /// How many cells further back than its predecessor's offset a cue's own may lie.
    private func reach(_ index: Int) -> Int { max(0, windows[index].start - windows[index - 1].start) }

    /// The best score of ending in each state.
    private func sweep(_ costs: Costs, _ steps: inout StepTable?) -> [Float] {
        // One vector of minus infinity on either side, so that neighbours can be loaded without a look at the ends.
        var best = [Float](repeating: -.infinity, count: stateCount + 16)
        var rating = [Float](repeating: 0, count: stateCount + 16)
        var highs = best, next = best
        for (index, window) in windows.enumerated() {
            rate(window, into: &rating)
            if index == 0 {
                best.replaceSubrange(8..<8 + stateCount, with: rating[8..<8 + stateCount])
                continue
            }
            runningHigh(of: best, into: &highs)
            steps?.appendRow(summits: summits(of: best))
            advance(best, rating, highs, reach: reach(index), costs, into: &next, &steps)
            swap(&best, &next)
        }
        return Array(best[8..<8 + stateCount])
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

    /// The states at which the running maximum rises.
    private func summits(of values: [Float]) -> [Int32] {
        var high = -Float.infinity
        return (0..<stateCount).compactMap { state in
            guard values[8 + state] > high else { return nil }
            high = values[8 + state]
            return Int32(state)
        }
    }

    private func advance(
        _ best: [Float], _ rating: [Float], _ highs: [Float], reach: Int, _ costs: Costs, into next: inout [Float],
        _ steps: inout StepTable?
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
            steps?.set(i, rises: rises, falls: falls, jumps: jumps)
        }
    }

    private func trace(from state: Int, _ steps: StepTable?) -> [Int] {
        var state = state
        var path = [Int](repeating: 0, count: windows.count)
        for index in windows.indices.reversed() {
            path[index] = lowest + state
            guard index > 0, let steps else { break }
            switch steps.step(row: index - 1, state) {
            case .keep: break
            case .up: state -= 1
            case .down: state += 1
            case .jump: state = steps.summit(row: index - 1, atOrBelow: state + reach(index))
            }
        }
        return path
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
