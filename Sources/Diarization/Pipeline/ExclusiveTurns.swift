import Timeline

extension Array where Element == FoundTurn {
    /// The turns with one speaker at a time: where two overlap, the one that began earlier goes on while it lasts, and a turn
    /// inside another is left out.
    ///
    /// The time that is covered stays the same. The turns must be in the order of their starts, and so is the result.
    public var exclusive: [FoundTurn] {
        var (result, end): ([FoundTurn], Timestamp?) = ([], nil)
        for turn in self {
            let start = Swift.max(turn.segment.start, end ?? turn.segment.start)
            guard let rest = Segment(start: start, end: turn.segment.end) else { continue }
            end = rest.end
            var turn = turn
            turn.segment = rest
            result.append(turn)
        }
        return result
    }
}
