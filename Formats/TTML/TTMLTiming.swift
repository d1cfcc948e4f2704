import Timeline

extension TTMLTree {
    /// Finds when each node is active: TTML2 section 12.2, which takes the rules of SMIL 3.0 for `par` and `seq` containers.
    ///
    /// The implicit end of a container is that of its last child (`par`: the latest), counted from the container's own begin.
    /// Text without times lasts as long as its parent in a `par`, and no time at all in a `seq`.
    mutating func resolveTimes() {
        let durations = activeDurations()
        var cursor: [Int: Timestamp] = [:]
        for index in nodes.indices {
            let node = nodes[index]
            let frame = node.parent < 0 ? TTMLInterval(begin: .zero, end: nil) : nodes[node.parent].active
            guard let frame else { continue }
            let isInSequence = node.parent >= 0 && nodes[node.parent].isSequence && node.kind != .set
            let origin = isInSequence ? cursor[node.parent] ?? frame.begin : frame.begin
            let begin = origin + (node.begin ?? .zero)
            let ownEnd = durations[index].map { begin + $0 }
            if isInSequence { cursor[node.parent] = ownEnd ?? frame.end ?? begin }
            let end = [ownEnd, frame.end].compactMap { $0 }.min()
            guard end.map({ begin < $0 }) ?? true else { continue }
            nodes[index].active = TTMLInterval(begin: begin, end: end)
        }
    }

    /// How long each node lasts from its own begin, were its parent endless; nil for no end.
    private func activeDurations() -> [TimeDelta?] {
        var durations = [TimeDelta?](repeating: nil, count: nodes.count)
        var inside = [Inside](repeating: Inside(), count: nodes.count)
        for index in nodes.indices.reversed() {
            let node = nodes[index]
            let isInSequence = node.parent >= 0 && nodes[node.parent].isSequence
            let implicit: TimeDelta? = switch node.kind {
            case .text, .lineBreak: isInSequence ? .zero : nil
            case .set, .region: nil
            default: inside[index].duration(isSequence: node.isSequence)
            }
            let stated = [node.duration, node.end.map { $0 - (node.begin ?? .zero) }].compactMap { $0 }.min()
            durations[index] = stated.map { max(.zero, $0) } ?? implicit
            guard node.parent >= 0, node.kind != .set else { continue }
            inside[node.parent].add(begin: node.begin ?? .zero, durations[index])
        }
        return durations
    }

    /// What the children of a container add up to.
    private struct Inside {
        private var sum: TimeDelta? = .zero
        private var latest: TimeDelta? = .zero

        mutating func add(begin: TimeDelta, _ duration: TimeDelta?) {
            sum = sum.flatMap { sum in duration.map { sum + begin + $0 } }
            latest = latest.flatMap { latest in duration.map { max(latest, begin + $0) } }
        }

        func duration(isSequence: Bool) -> TimeDelta? { isSequence ? sum : latest }
    }
}
