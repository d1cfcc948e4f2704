/// The unitary alignments that can be part of a best alignment: those that cost no more than they would with any one of their
/// units set apart.
///
/// With C pairs of annotators and `empty` = δ, a unitary alignment costs δ + Σ_pairs (d − δ) / C over the pairs of its units: setting
/// a unit apart saves when Σ (d − δ) over its partners exceeds C δ.
struct UnitaryCandidates {
    /// How many units there are in all, numbered by start.
    let units: Int
    /// The units of each candidate, ascending.
    private(set) var members: [[Int32]] = []
    private(set) var costs: [Double] = []
    /// Annotator and index of each unit.
    private let places: [(annotator: Int, index: Int)]
    private let annotators: Int

    /// Candidates beyond this many are refused.
    private static let limit = 4_000_000

    /// Nil when there are too many.
    init?(_ search: AlignmentSearch) {
        let (rows, empty) = (search.rows, search.dissimilarity.empty)
        annotators = rows.count
        var places: [(annotator: Int, index: Int)] = []
        for (annotator, row) in rows.enumerated() { places += row.indices.map { (annotator, $0) } }
        places.sort {
            let (a, b) = (rows[$0.annotator][$0.index], rows[$1.annotator][$1.index])
            return (a.start, a.end, $0.annotator, $0.index) < (b.start, b.end, $1.annotator, $1.index)
        }
        var numbers = rows.map { Array(repeating: Int32(0), count: $0.count) }
        for (number, place) in places.enumerated() { numbers[place.annotator][place.index] = Int32(number) }
        (self.places, units) = (places, places.count)
        var growth = Growth(
            pairs: search.pairCount, empty: empty, annotators: annotators, partners: Array(repeating: [], count: units),
            owner: places.map(\.annotator))
        let widest = empty * (search.pairCount + Double(annotators) - 1)
        for second in rows.indices {
            for first in 0..<second {
                search.forEachPair(first, second, within: widest) { a, b, distance in
                    growth.partners[Int(numbers[first][a])].append((numbers[second][b], distance - empty))
                }
            }
        }
        for unit in 0..<units { growth.partners[unit].sort { $0.unit < $1.unit } }
        for unit in 0..<units {
            guard growth.grow(from: Int32(unit), limit: Self.limit) else { return nil }
        }
        (members, costs) = (growth.members, growth.costs)
    }

    func alignment(_ candidate: Int) -> [Int?] {
        var result = [Int?](repeating: nil, count: annotators)
        for unit in members[candidate] { result[places[Int(unit)].annotator] = places[Int(unit)].index }
        return result
    }

    /// Grows candidates by one annotator after another, from the unit of the first.
    private struct Growth {
        let pairs, empty: Double
        let annotators: Int
        /// For each unit, those of later annotators within reach, with their dissimilarity less that of an empty place.
        var partners: [[(unit: Int32, excess: Double)]]
        let owner: [Int]
        var members: [[Int32]] = []
        var costs: [Double] = []
        private var chosen: [Int32] = []
        /// For each chosen unit, the sum of the excess over its partners.
        private var loads: [Double] = []
        private var limit = 0

        init(pairs: Double, empty: Double, annotators: Int, partners: [[(unit: Int32, excess: Double)]], owner: [Int]) {
            (self.pairs, self.empty, self.annotators, self.partners, self.owner) = (pairs, empty, annotators, partners, owner)
        }

        mutating func grow(from unit: Int32, limit: Int) -> Bool {
            self.limit = limit
            (chosen, loads) = ([unit], [0])
            return extend(total: 0, candidates: partners[Int(unit)].map { [$0.excess] + [Double($0.unit)] })
        }

        /// `candidates`: the units that every chosen one can reach, each with its excess to all of them and its number at the end.
        private mutating func extend(total: Double, candidates: [[Double]]) -> Bool {
            record(total)
            if members.count > limit { return false }
            for candidate in candidates {
                let unit = Int32(candidate[candidate.count - 1])
                let excess = candidate.dropLast()
                let load = excess.reduce(0, +)
                chosen.append(unit)
                for (place, value) in excess.enumerated() { loads[place] += value }
                loads.append(load)
                defer {
                    chosen.removeLast()
                    loads.removeLast()
                    for (place, value) in excess.enumerated() { loads[place] -= value }
                }
                // Later annotators can take at most `empty` off each load.
                let slack = Double(annotators - 1 - owner[Int(unit)]) * empty
                if loads.contains(where: { $0 - slack > pairs * empty * (1 + 1e-12) }) { continue }
                if !extend(total: total + load, candidates: narrowed(candidates, unit)) { return false }
            }
            return true
        }

        /// Those of the candidates that come from later annotators than the unit and are within its reach.
        private func narrowed(_ candidates: [[Double]], _ unit: Int32) -> [[Double]] {
            var (result, index) = ([[Double]](), 0)
            let reachable = partners[Int(unit)]
            for candidate in candidates {
                let number = Int32(candidate[candidate.count - 1])
                guard owner[Int(number)] > owner[Int(unit)] else { continue }
                while index < reachable.count && reachable[index].unit < number { index += 1 }
                guard index < reachable.count, reachable[index].unit == number else { continue }
                result.append(candidate.dropLast() + [reachable[index].excess, Double(number)])
            }
            return result
        }

        private mutating func record(_ total: Double) {
            if loads.contains(where: { $0 > pairs * empty * (1 + 1e-12) }) { return }
            members.append(chosen.sorted())
            costs.append(empty + total / pairs + AlignmentSearch.tie * empty)
        }
    }
}
