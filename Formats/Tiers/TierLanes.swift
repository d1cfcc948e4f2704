import Timeline

/// The labels of a layer in lanes without overlaps, as formats of tiers need them.
struct TierLanes {
    /// A label's place: times in the unit of the format.
    struct Entry {
        var start, end: Int64
        /// Of the label in its layer.
        let index: Int
    }

    /// Labels with a length, in as few lanes as their overlaps need; in each by their times.
    private(set) var intervals: [[Entry]] = []
    /// Labels at instants, likewise, none at the time of another of its lane.
    private(set) var points: [[Entry]] = []

    /// - Parameters:
    ///   - end: when a label without an end is over that no other follows, in ticks.
    ///   - takesPoints: false makes labels at instants one unit long, among the others.
    ///   - unit: the time of the format for ticks.
    init(_ labels: LabelList, among indices: [Int]? = nil, end: Int64, takesPoints: Bool = true, unit: (Int64) -> Int64 = { $0 }) {
        var (intervals, points, open) = ([Entry](), [Entry](), [Int]())
        for index in indices ?? Array(labels.indices) {
            let span = labels.span(at: index)
            let start = unit(span.start.ticks)
            let least = start.addingReportingOverflow(1).partialValue
            switch span {
            case .segment(let segment): intervals.append(Entry(start: start, end: max(least, unit(segment.end.ticks)), index: index))
            case .instant where takesPoints: points.append(Entry(start: start, end: least, index: index))
            case .instant: intervals.append(Entry(start: start, end: least, index: index))
            case .open:
                open.append(intervals.count)
                intervals.append(Entry(start: start, end: max(least, unit(end)), index: index))
            }
        }
        if !open.isEmpty {
            // A label without an end lasts to the next of its layer.
            let starts = intervals.map(\.start).sorted()
            for place in open { intervals[place].end = Self.next(after: intervals[place].start, in: starts) ?? intervals[place].end }
        }
        (self.intervals, self.points) = (Self.lanes(intervals), Self.lanes(points))
    }

    private static func next(after time: Int64, in starts: [Int64]) -> Int64? {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= time { low = middle + 1 } else { high = middle }
        }
        return low < starts.count ? starts[low] : nil
    }

    /// Each entry takes the lane that became free last.
    private static func lanes(_ unsorted: [Entry]) -> [[Entry]] {
        func isAscending(_ a: Entry, _ b: Entry) -> Bool { (a.start, a.end, a.index) < (b.start, b.end, b.index) }
        let entries = zip(unsorted, unsorted.dropFirst()).allSatisfy(isAscending) ? unsorted : unsorted.sorted(by: isAscending)
        guard zip(entries, entries.dropFirst()).contains(where: { $0.end > $1.start }) else { return entries.isEmpty ? [] : [entries] }
        let byEnd = entries.indices.sorted { (entries[$0].end, $0) < (entries[$1].end, $1) }
        var (lanes, laneOf, free, ended) = ([[Entry]](), [Int](repeating: 0, count: entries.count), [Int](), 0)
        for (index, entry) in entries.enumerated() {
            while ended < byEnd.count, entries[byEnd[ended]].end <= entry.start {
                free.append(laneOf[byEnd[ended]])
                ended += 1
            }
            if free.isEmpty {
                free.append(lanes.count)
                lanes.append([])
            }
            laneOf[index] = free.removeLast()
            lanes[laneOf[index]].append(entry)
        }
        return lanes
    }
}
