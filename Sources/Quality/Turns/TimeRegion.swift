/// A set of instants: stretches in order, none of which touches another.
struct Region<Bound: Comparable & Hashable & Sendable>: Hashable, Sendable {
    private(set) var stretches: [Range<Bound>] = []

    /// The union of stretches in any order.
    init(_ stretches: some Sequence<Range<Bound>>) {
        for stretch in stretches.filter({ !$0.isEmpty }).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = self.stretches.last, stretch.lowerBound <= last.upperBound {
                self.stretches[self.stretches.count - 1] = last.lowerBound..<max(last.upperBound, stretch.upperBound)
            } else {
                self.stretches.append(stretch)
            }
        }
    }

    /// What lies in this region and in no stretch of another.
    func subtracting(_ other: Region) -> Region {
        var (kept, next) = ([Range<Bound>](), 0)
        for stretch in stretches {
            var start = stretch.lowerBound
            while next < other.stretches.count, other.stretches[next].upperBound <= start { next += 1 }
            var index = next
            while index < other.stretches.count, other.stretches[index].lowerBound < stretch.upperBound {
                if other.stretches[index].lowerBound > start { kept.append(start..<other.stretches[index].lowerBound) }
                start = max(start, other.stretches[index].upperBound)
                index += 1
            }
            if start < stretch.upperBound { kept.append(start..<stretch.upperBound) }
        }
        return Region(kept)
    }
}

/// In ticks.
typealias TimeRegion = Region<Int64>

extension Region<Int64> {
    static let everything = Region([Int64.min..<Int64.max])
}
