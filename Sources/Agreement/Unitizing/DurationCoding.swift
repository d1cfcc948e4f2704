/// Time as the items of a coding study: cut at every boundary of any annotator, each piece has the set of categories that each
/// annotator has open there, and counts for its duration.
///
/// This is the limit of coding frame by frame as frames shrink, without frames: exact, and independent of a frame rate.
/// A set of categories counts as one category, also the empty one.
public struct DurationCoding: Hashable, Sendable {
    public struct Piece: Hashable, Sendable {
        public let start, end: Int64
        /// One code per annotator: an index into ``categorySets``.
        public let codes: [Int32]
    }

    public let annotators: Int
    public let pieces: [Piece]
    /// The sets of categories that occur, each ascending; the first is the empty set.
    public let categorySets: [[Int]]

    /// - Parameter extent: the stretch that was annotated; units are cut to it.
    /// - Complexity: O(units · log units), plus pieces · annotators.
    public init(_ continuum: Continuum, extent: Range<Int64>) {
        var events: [(time: Int64, annotator: Int, category: Int, step: Int)] = []
        for unit in continuum.units.joined() {
            let range = (unit.start..<unit.end).clamped(to: extent)
            if range.isEmpty { continue }
            events.append((range.lowerBound, unit.annotator, unit.category, 1))
            events.append((range.upperBound, unit.annotator, unit.category, -1))
        }
        events.sort { $0.time < $1.time }
        var (sets, known): ([[Int]], [[Int]: Int32]) = ([[]], [[]: 0])
        var open = Array(repeating: [Int: Int](), count: continuum.annotators)
        var codes = Array(repeating: Int32(0), count: continuum.annotators)
        var (pieces, time, index) = ([Piece](), extent.lowerBound, 0)
        while index < events.count {
            let now = events[index].time
            if now > time { pieces.append(Piece(start: time, end: now, codes: codes)) }
            time = now
            var changed: Set<Int> = []
            while index < events.count, events[index].time == now {
                let event = events[index]
                let count = open[event.annotator][event.category, default: 0] + event.step
                open[event.annotator][event.category] = count == 0 ? nil : count
                changed.insert(event.annotator)
                index += 1
            }
            for annotator in changed {
                let set = open[annotator].keys.sorted()
                let code = known[set] ?? Int32(sets.count)
                if Int(code) == sets.count { sets.append(set); known[set] = code }
                codes[annotator] = code
            }
        }
        if time < extent.upperBound { pieces.append(Piece(start: time, end: extent.upperBound, codes: codes)) }
        (annotators, self.pieces, categorySets) = (continuum.annotators, pieces, sets)
    }

    /// The durations that two annotators gave each pair of category sets.
    public func contingency(_ first: Int, _ second: Int) -> ContingencyTable {
        var table = ContingencyTable(categories: categorySets.count)
        for piece in pieces { table.add(Int(piece.end - piece.start), Int(piece.codes[first]), Int(piece.codes[second])) }
        return table
    }

    /// The durations by what all annotators gave, for the measures of any number of annotators.
    public var summary: RatingSummary {
        var summary = RatingSummary(categories: categorySets.count)
        for piece in pieces { summary.add(codes: piece.codes, times: Int(piece.end - piece.start)) }
        return summary
    }

    /// The durations with one category against all else: code 1 where an annotator has it open.
    public func summary(ofCategory category: Int) -> RatingSummary {
        let has = categorySets.map { Int32($0.contains(category) ? 1 : 0) }
        var summary = RatingSummary(categories: 2)
        for piece in pieces { summary.add(codes: piece.codes.map { has[Int($0)] }, times: Int(piece.end - piece.start)) }
        return summary
    }

    /// The codes at the centres of frames of `step` ticks, frame after frame: what tools that sample time compute. Frames of one
    /// recording are not independent of one another, so their number says nothing about certainty.
    public func frames(step: Int64) -> RatingTable {
        precondition(step > 0, "a frame has a duration")
        var codes: [Int32] = []
        guard let start = pieces.first?.start else { return RatingTable(codes: [], annotators: max(1, annotators), categories: 1) }
        var centre = start + step / 2
        for piece in pieces {
            while centre < piece.end { codes += piece.codes; centre += step }
        }
        // The last frame counts when it lies within the extent as a whole.
        let whole = Int((pieces[pieces.count - 1].end - start) / step)
        return RatingTable(codes: Array(codes.prefix(whole * annotators)), annotators: annotators, categories: categorySets.count)
    }
}
