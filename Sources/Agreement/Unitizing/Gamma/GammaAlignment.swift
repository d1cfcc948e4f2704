/// An alignment of the units of several annotators: every unit is in exactly one unitary alignment, which has at most one unit of
/// each annotator.
public struct GammaAlignment: Hashable, Sendable {
    /// One place per annotator: an index into its units in the ``Continuum``, or nil.
    public let unitary: [[Int?]]
    /// The sum over unitary alignments of the mean dissimilarity of their pairs, by the mean number of units per annotator.
    public let disorder: Double
}

extension Continuum {
    /// The alignment with the least disorder, exactly; of several, one with the fewest unitary alignments.
    ///
    /// For two annotators it is a sparse matching in about linear time. For more it is a set partition, solved by dual prices and
    /// dynamic programming along time, which takes more time the more annotators there are and the more their units
    /// overlap.
    ///
    /// - Returns: or why there is none: fewer than two annotators, no units, or more possible alignments than memory allows.
    public func bestAlignment(_ dissimilarity: GammaDissimilarity = GammaDissimilarity()) -> Result<GammaAlignment, Undefined> {
        guard annotators > 1 else { return .failure(.tooFewAnnotators) }
        let origin = units.compactMap(\.first?.start).min()
        guard let origin else { return .failure(.noUnits) }
        let rows = units.map { $0.map { GammaUnit($0, origin: origin) } }
        guard let found = AlignmentSearch(rows, dissimilarity).best() else { return .failure(.tooManyAlignments) }
        return .success(found)
    }
}

/// The search for the best alignment of units that are sorted by start.
struct AlignmentSearch {
    let rows: [[GammaUnit]]
    let dissimilarity: GammaDissimilarity

    /// Added to the cost of every unitary alignment, so that of equal alignments the one with fewer wins.
    static let tie = 1e-13

    init(_ rows: [[GammaUnit]], _ dissimilarity: GammaDissimilarity) { (self.rows, self.dissimilarity) = (rows, dissimilarity) }

    var pairCount: Double { Double(rows.count * (rows.count - 1) / 2) }

    func best() -> GammaAlignment? {
        guard let unitary = rows.count == 2 ? pairs() : partition() else { return nil }
        let sum = unitary.reduce(0) { $0 + cost($1) }
        return GammaAlignment(unitary: unitary, disorder: sum * Double(rows.count) / Double(rows.reduce(0) { $0 + $1.count }))
    }

    /// The mean dissimilarity of the pairs of a unitary alignment.
    private func cost(_ members: [Int?]) -> Double {
        var sum = 0.0
        for (b, second) in members.enumerated() {
            for (a, first) in members[..<b].enumerated() {
                if let first, let second { sum += dissimilarity(rows[a][first], rows[b][second]) } else { sum += dissimilarity.empty }
            }
        }
        return sum / pairCount
    }

    /// Two annotators: a pair is worth what two units without a partner cost more.
    private func pairs() -> [[Int?]]? {
        var edges: [SparseMatching.Edge] = []
        let alone = 2 * dissimilarity.empty + Self.tie * dissimilarity.empty
        forEachPair(0, 1, within: 2 * dissimilarity.empty) { a, b, distance in
            if edges.count <= SparseMatching.edgeLimit { edges.append(SparseMatching.Edge(row: a, column: b, weight: alone - distance)) }
        }
        guard edges.count <= SparseMatching.edgeLimit else { return nil }
        let columns = SparseMatching.heaviest(rows: rows[0].count, columns: rows[1].count, edges)
        var free = Array(repeating: true, count: rows[1].count)
        var unitary: [[Int?]] = columns.enumerated().map { row, column in
            if column >= 0 { free[column] = false }
            return [row, column < 0 ? nil : column]
        }
        for column in free.indices where free[column] { unitary.append([nil, column]) }
        return unitary
    }

    /// The pairs of two annotators' units that are no further apart than a limit, by the first and then the second.
    func forEachPair(_ first: Int, _ second: Int, within limit: Double, _ body: (Int, Int, Double) -> Void) {
        let (a, b) = (rows[first], rows[second])
        // The positional part alone bounds the distance of the starts by this times the sum of the lengths.
        let reach = (limit / (dissimilarity.empty * dissimilarity.alpha)).squareRoot() * (1 + 1e-12)
        let classes = LengthClass.split(b)
        if classes.count == 1 { return walk(a, b, classes[0], reach, limit, body) }
        // One long unit would widen the window of all: units of like length are walked together.
        var found: [(first: Int, second: Int, distance: Double)] = []
        for units in classes { walk(a, b, units, reach, limit) { found.append(($0, $1, $2)) } }
        for pair in found.sorted(by: { ($0.first, $0.second) < ($1.first, $1.second) }) { body(pair.first, pair.second, pair.distance) }
    }

    private func walk(
        _ a: [GammaUnit], _ b: [GammaUnit], _ units: LengthClass, _ reach: Double, _ limit: Double, _ body: (Int, Int, Double) -> Void
    ) {
        let places = units.places
        var low = 0
        var farthest = -Double.infinity
        for (i, unit) in a.enumerated() {
            let window = reach * (unit.end - unit.start + units.longest)
            // The lower end may move back when a long unit follows a short one.
            if unit.start - window < farthest { low = Self.lowerBound(b, places, unit.start - window) }
            farthest = unit.start - window
            while low < places.count && b[places[low]].start < unit.start - window { low += 1 }
            var place = low
            while place < places.count {
                let other = b[places[place]]
                if other.start > unit.start + window { break }
                let distance = dissimilarity(unit, other)
                if distance <= limit { body(i, places[place], distance) }
                place += 1
            }
        }
    }

    private static func lowerBound(_ units: [GammaUnit], _ places: [Int], _ start: Double) -> Int {
        var (low, high) = (0, places.count)
        while low < high {
            let middle = (low + high) / 2
            if units[places[middle]].start < start { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Units of one annotator whose lengths are within a factor of 32.
    private struct LengthClass {
        var places: [Int] = []
        var longest = 0.0

        static func split(_ units: [GammaUnit]) -> [LengthClass] {
            let longest = units.reduce(0) { max($0, $1.end - $1.start) }
            if units.allSatisfy({ 32 * ($0.end - $0.start) > longest }) { return [LengthClass(places: Array(units.indices), longest: longest)] }
            var classes: [Int: LengthClass] = [:]
            for (place, unit) in units.enumerated() {
                let length = unit.end - unit.start
                let key = length > 0 ? Int(longest.exponent - length.exponent) / 5 : .max
                classes[key, default: LengthClass()].places.append(place)
                classes[key]!.longest = max(classes[key]!.longest, length)
            }
            return classes.keys.sorted().map { classes[$0]! }
        }
    }

    /// More than two annotators: the cheapest partition of the units into unitary alignments.
    private func partition() -> [[Int?]]? {
        guard let candidates = UnitaryCandidates(self) else { return nil }
        var cover = ExactCover(units: candidates.units, candidates.members, candidates.costs)
        guard let chosen = cover.solve() else { return nil }
        return chosen.map { candidates.alignment($0) }.sorted { earlier($0, $1) }
    }

    private func earlier(_ a: [Int?], _ b: [Int?]) -> Bool {
        for (x, y) in zip(a, b) where x != y { return (x ?? .max) < (y ?? .max) }
        return false
    }
}
