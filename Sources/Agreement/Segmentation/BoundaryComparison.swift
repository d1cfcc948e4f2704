/// Two segmentations of the same text or recording, each given by the lengths of its segments in units (sentences, frames, ticks).
///
///     BoundaryComparison(reference: [5, 6], hypothesis: [2, 3, 6])?.windowDifference        // .value(0.25)
public struct BoundaryComparison: Hashable, Sendable {
    /// All units.
    public let length: Int
    /// The first unit of every segment but the first.
    public let reference, hypothesis: [Int]
    /// How many segments the reference has.
    private let referenceSegments: Int

    /// Nil unless both have segments of one unit or more and the same length in all.
    public init?(reference: [Int], hypothesis: [Int]) {
        guard let a = Self.boundaries(reference), let b = Self.boundaries(hypothesis), a.length == b.length else { return nil }
        (length, self.reference, self.hypothesis, referenceSegments) = (a.length, a.boundaries, b.boundaries, reference.count)
    }

    private static func boundaries(_ masses: [Int]) -> (boundaries: [Int], length: Int)? {
        guard !masses.isEmpty, masses.allSatisfy({ $0 > 0 }) else { return nil }
        var (places, place) = ([Int](), 0)
        for mass in masses {
            let (sum, overflow) = place.addingReportingOverflow(mass)
            if overflow { return nil }
            place = sum
            places.append(place)
        }
        return (places.dropLast(), place)
    }

    /// Half of the mean segment of the reference, rounded half to even, 2 at least: the usual window of both measures.
    public var defaultWindow: Int {
        max(2, Int((Double(length) / (2 * Double(referenceSegments))).rounded(.toNearestOrEven)))
    }

    /// Pk: the share of windows whose ends lie in one segment by one segmentation and in two by the other. 0 is best, 1 worst.
    ///
    /// Source: Beeferman, Berger, Lafferty 1999 (doi 10.1023/A:1007506220214). Undefined when no window fits.
    public func pk(window: Int? = nil) -> Figure {
        let window = window ?? defaultWindow
        return share(window, 0..<length - window, over: length - window) { ($0 == 0) != ($1 == 0) }
    }

    /// WindowDiff: the share of windows that hold different numbers of boundaries. 0 is best, 1 worst.
    ///
    /// Source: Pevzner and Hearst 2002 (doi 10.1162/089120102317341756). Undefined when no window fits.
    public func windowDifference(window: Int? = nil) -> Figure {
        let window = window ?? defaultWindow
        return share(window, 0..<length - window, over: length - window, where: !=)
    }

    /// WindowDiff with windows that reach over both ends, so that errors there count as often as elsewhere; the windows are
    /// counted as the segeval package does, one more than there are.
    ///
    /// Source: Lamprier et al. 2007 (doi 10.1109/ICTAI.2007.45).
    public func paddedWindowDifference(window: Int? = nil) -> Figure {
        let window = window ?? defaultWindow
        return share(window, -window..<length, over: length + window + 1, where: !=)
    }

    /// The share of window starts at which a condition on the two boundary counts holds. The counts change only where a boundary
    /// enters or leaves the window, so time does not depend on the length.
    private func share(_ window: Int, _ starts: Range<Int>, over count: Int, where differs: (Int, Int) -> Bool) -> Figure {
        guard window > 0, !starts.isEmpty else { return .undefined(.tooFewItems) }
        var steps: [(start: Int, reference: Int, hypothesis: Int)] = []
        for place in reference { steps += [(place - window, 1, 0), (place, -1, 0)] }
        for place in hypothesis { steps += [(place - window, 0, 1), (place, 0, -1)] }
        steps.sort { $0.start < $1.start }
        var (inReference, inHypothesis, from, sum) = (0, 0, starts.lowerBound, 0)
        for step in steps {
            let start = min(max(step.start, starts.lowerBound), starts.upperBound)
            if start > from {
                if differs(inReference, inHypothesis) { sum += start - from }
                from = start
            }
            inReference += step.reference
            inHypothesis += step.hypothesis
        }
        if starts.upperBound > from && differs(inReference, inHypothesis) { sum += starts.upperBound - from }
        return .value(Double(sum) / Double(count))
    }

    /// The edits that turn one set of boundaries into the other.
    public struct Edits: Hashable, Sendable {
        /// Boundaries that both have, and that one alone has.
        public let matches, misses: Int
        /// Near misses: pairs of boundaries some units apart, with that distance.
        public let nearMisses: [Int]
    }

    /// The boundary edit distance: near misses up to `span − 1` units apart, nearest first and from left to right, then what
    /// is left. Source: Fournier 2013 (ACL, P13-1167), section 3.
    public func edits(span: Int = 2) -> Edits {
        let (a, b) = (Set(reference), Set(hypothesis))
        var (onlyA, onlyB) = (a.subtracting(b), b.subtracting(a))
        var near: [Int] = []
        for distance in stride(from: 1, to: span, by: 1) {
            for place in onlyA.union(onlyB).sorted() {
                let other = place + distance
                if onlyA.contains(place) && onlyB.contains(other) && !b.contains(place) && !a.contains(other) {
                    onlyA.remove(place)
                    onlyB.remove(other)
                    near.append(distance)
                } else if onlyB.contains(place) && onlyA.contains(other) && !a.contains(place) && !b.contains(other) {
                    onlyB.remove(place)
                    onlyA.remove(other)
                    near.append(distance)
                }
            }
        }
        return Edits(matches: a.intersection(b).count, misses: onlyA.count + onlyB.count, nearMisses: near)
    }

    /// Boundary similarity B: 1 − (misses + Σ distance / span) / (misses + near misses + matches). 1 when neither has a boundary.
    ///
    /// Source: Fournier 2013 (ACL, P13-1167).
    public func boundarySimilarity(span: Int = 2) -> Double {
        let edits = edits(span: span)
        let all = edits.misses + edits.nearMisses.count + edits.matches
        return all == 0 ? 1 : 1 - cost(edits, span) / Double(all)
    }

    /// Segmentation similarity S: 1 − (misses + Σ distance / span) / (length − 1), all places where a boundary could be. 1 for one
    /// unit. Source: Fournier and Inkpen 2012 (NAACL, N12-1016), with the weights of B.
    public func segmentationSimilarity(span: Int = 2) -> Double {
        length == 1 ? 1 : 1 - cost(edits(span: span), span) / Double(length - 1)
    }

    private func cost(_ edits: Edits, _ span: Int) -> Double {
        Double(edits.misses) + Double(edits.nearMisses.reduce(0, +)) / Double(span)
    }
}
