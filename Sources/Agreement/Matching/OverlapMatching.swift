/// Things of two annotators (segments or boxes) matched one to one by how far they overlap: of all matchings of pairs with an
/// intersection over union of `threshold` or more, the one with the largest sum of it. The sum decides, not the order.
public struct OverlapMatching: Hashable, Sendable {
    public struct Pair: Hashable, Sendable {
        public let first, second: Int
        /// Intersection over union, above 0 and up to 1.
        public let overlap: Double
    }

    /// By ``Pair/first``.
    public let pairs: [Pair]
    /// How many things each annotator has.
    public let first, second: Int

    /// Segments of two annotators, as units of a ``Continuum``; their categories have to be the same when `sameCategory` says so.
    ///
    /// - Parameter threshold: above 0 and up to 1.
    /// - Returns: nil when more than 20 million pairs reach the threshold, as only labels that lie on one another do.
    public init?(segments first: [AnnotatedUnit], _ second: [AnnotatedUnit], threshold: Double, sameCategory: Bool) {
        var candidates: [Pair] = []
        Self.forEachMeeting(first, second) { i, j in
            let overlap = Self.overlap(first[i], second[j])
            if overlap >= threshold && overlap > 0 && (!sameCategory || first[i].category == second[j].category)
                && candidates.count <= SparseMatching.edgeLimit
            {
                candidates.append(Pair(first: i, second: j, overlap: overlap))
            }
        }
        guard candidates.count <= SparseMatching.edgeLimit else { return nil }
        candidates.sort { ($0.first, $0.second) < ($1.first, $1.second) }
        self.init(candidates, first.count, second.count)
    }

    /// Boxes of two annotators in one picture, whatever their categories.
    public init(boxes first: [AnnotatedBox], _ second: [AnnotatedBox], threshold: Double) {
        var candidates: [Pair] = []
        for (i, a) in first.enumerated() {
            for (j, b) in second.enumerated() {
                let overlap = a.overlap(b)
                if overlap >= threshold && overlap > 0 { candidates.append(Pair(first: i, second: j, overlap: overlap)) }
            }
        }
        self.init(candidates, first.count, second.count)
    }

    private init(_ candidates: [Pair], _ first: Int, _ second: Int) {
        let edges = candidates.map { SparseMatching.Edge(row: $0.first, column: $0.second, weight: $0.overlap) }
        let chosen = SparseMatching.heaviest(rows: first, columns: second, edges)
        pairs = candidates.filter { chosen[$0.first] == $0.second }.sorted { $0.first < $1.first }
        (self.first, self.second) = (first, second)
    }

    /// 2 pairs / (first + second), 0 to 1; 1 when both are empty.
    public var f1: Double { first + second == 0 ? 1 : 2 * Double(pairs.count) / Double(first + second) }

    /// The mean overlap of the pairs. Undefined without pairs.
    public var meanOverlap: Figure { .quotient(pairs.reduce(0) { $0 + $1.overlap }, Double(pairs.count), else: .noAlignedUnits) }

    private static func overlap(_ a: AnnotatedUnit, _ b: AnnotatedUnit) -> Double {
        let shared = Double(min(a.end, b.end)) - Double(max(a.start, b.start))
        return shared <= 0 ? 0 : shared / (a.length + b.length - shared)
    }

    /// The pairs of segments that share time, walking both lists by start with those that are still open: O(n log n) and the pairs.
    private static func forEachMeeting(_ first: [AnnotatedUnit], _ second: [AnnotatedUnit], _ body: (Int, Int) -> Void) {
        let lists = [first, second]
        let orders = lists.map { list in list.indices.sorted { list[$0].start < list[$1].start } }
        var (next, open) = ([0, 0], [[Int](), [Int]()])
        while next[0] < orders[0].count || next[1] < orders[1].count {
            let starts = (0..<2).map { next[$0] < orders[$0].count ? lists[$0][orders[$0][next[$0]]].start : Int64.max }
            let side = next[1] >= orders[1].count || (next[0] < orders[0].count && starts[0] <= starts[1]) ? 0 : 1
            let index = orders[side][next[side]]
            next[side] += 1
            open[1 - side].removeAll { lists[1 - side][$0].end <= lists[side][index].start }
            for other in open[1 - side] { if side == 0 { body(index, other) } else { body(other, index) } }
            open[side].append(index)
        }
    }
}

/// A box with its top left corner, in pixels or any other unit, x to the right and y down.
public struct AnnotatedBox: Hashable, Sendable {
    public let x, y, width, height: Double
    public let category: Int

    /// - Parameter width: not below 0, nor the height.
    public init(x: Double, y: Double, width: Double, height: Double, category: Int) {
        (self.x, self.y, self.width, self.height, self.category) = (x, y, width, height, category)
    }

    /// Intersection over union, 0 to 1; 0 for boxes without area.
    public func overlap(_ other: AnnotatedBox) -> Double {
        let across = min(x + width, other.x + other.width) - max(x, other.x)
        let down = min(y + height, other.y + other.height) - max(y, other.y)
        guard across > 0, down > 0 else { return 0 }
        return across * down / (width * height + other.width * other.height - across * down)
    }
}

/// Agreement of two annotators about the boxes of one picture.
public struct BoxAgreement: Hashable, Sendable {
    public let matching: OverlapMatching
    /// Pairs with one category, pairs with two, boxes of the first annotator alone, and of the second alone.
    public let agreeing, mismatched, missing, extra: Int
    /// The ratings as a coding study: a pair is an item, and so is a box without a partner, with "no box" as the other category.
    /// Add the summaries of pictures for those of a recording.
    public let summary: RatingSummary

    /// - Parameter categories: the categories are 0 up to this.
    public init(_ first: [AnnotatedBox], _ second: [AnnotatedBox], threshold: Double, categories: Int) {
        matching = OverlapMatching(boxes: first, second, threshold: threshold)
        var summary = RatingSummary(categories: categories + 1)
        let absent = Int32(categories)
        var (freeFirst, freeSecond) = (Set(first.indices), Set(second.indices))
        var agreeing = 0
        for pair in matching.pairs {
            let codes = [Int32(first[pair.first].category), Int32(second[pair.second].category)]
            summary.add(codes: codes, times: 1)
            if codes[0] == codes[1] { agreeing += 1 }
            freeFirst.remove(pair.first)
            freeSecond.remove(pair.second)
        }
        for index in freeFirst { summary.add(codes: [Int32(first[index].category), absent], times: 1) }
        for index in freeSecond { summary.add(codes: [absent, Int32(second[index].category)], times: 1) }
        (self.agreeing, mismatched) = (agreeing, matching.pairs.count - agreeing)
        (missing, extra, self.summary) = (freeFirst.count, freeSecond.count, summary)
    }

    /// Krippendorff's nominal alpha of ``summary`` ("K-alpha" for object detection, Tschirschwitz et al. 2022).
    /// Undefined without boxes and when all have one category.
    public var alpha: Figure { summary.alpha(.nominal) }
}
