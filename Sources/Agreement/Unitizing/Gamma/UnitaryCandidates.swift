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
            dissimilarity: search.dissimilarity, annotators: annotators, pairs: search.pairCount, owner: places.map(\.annotator),
            units: places.map { rows[$0.annotator][$0.index] })
        var partners = Array(repeating: [(unit: Int32, load: Double)](), count: units)
        for second in rows.indices {
            for first in 0..<second {
                search.forEachPair(first, second, within: growth.widest) { a, b, distance in
                    partners[Int(numbers[first][a])].append((numbers[second][b], distance - empty))
                }
            }
        }
        for unit in 0..<units {
            guard growth.grow(from: Int32(unit), partners[unit], limit: Self.limit) else { return nil }
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
        let dissimilarity: GammaDissimilarity
        let annotators: Int
        let pairs: Double
        let owner: [Int]
        let units: [GammaUnit]
        private(set) var members: [[Int32]] = []
        private(set) var costs: [Double] = []
        private var chosen: [Int32] = []
        /// For each chosen unit, the sum over the others of their dissimilarity less that of an empty place.
        private var loads: [Double] = []
        private var limit = 0

        init(dissimilarity: GammaDissimilarity, annotators: Int, pairs: Double, owner: [Int], units: [GammaUnit]) {
            (self.dissimilarity, self.annotators, self.pairs) = (dissimilarity, annotators, pairs)
            (self.owner, self.units) = (owner, units)
        }

        /// The load at which a unit is better set apart.
        private var most: Double { pairs * dissimilarity.empty * (1 + 1e-12) }

        /// The largest dissimilarity of two units that a candidate can hold: the others may take `empty` each off the load.
        var widest: Double { dissimilarity.empty * (pairs + Double(annotators) - 1) }

        /// - Parameter partners: the units of later annotators within reach, with their load beside this one.
        /// - Returns: false when there are more candidates than the limit.
        mutating func grow(from unit: Int32, _ partners: [(unit: Int32, load: Double)], limit: Int) -> Bool {
            self.limit = limit
            (chosen, loads) = ([unit], [0])
            return extend(total: 0, partners)
        }

        private mutating func extend(total: Double, _ candidates: [(unit: Int32, load: Double)]) -> Bool {
            record(total)
            if members.count > limit { return false }
            for (unit, load) in candidates {
                let kept = loads
                for (place, other) in chosen.enumerated() { loads[place] += excess(other, unit) }
                chosen.append(unit)
                loads.append(load)
                // Later annotators can take at most `empty` off each load.
                let slack = Double(annotators - 1 - owner[Int(unit)]) * dissimilarity.empty
                let fits = loads.allSatisfy { $0 - slack <= most }
                if fits && !extend(total: total + load, narrowed(candidates, unit)) { return false }
                chosen.removeLast()
                loads = kept
            }
            return true
        }

        private func excess(_ a: Int32, _ b: Int32) -> Double { dissimilarity(units[Int(a)], units[Int(b)]) - dissimilarity.empty }

        /// Those of the candidates that come from later annotators than the unit and may still fit beside it.
        private func narrowed(_ candidates: [(unit: Int32, load: Double)], _ unit: Int32) -> [(unit: Int32, load: Double)] {
            let slack = Double(annotators - 2 - owner[Int(unit)]) * dissimilarity.empty
            var result: [(unit: Int32, load: Double)] = []
            for (other, load) in candidates where owner[Int(other)] > owner[Int(unit)] {
                let sum = load + excess(unit, other)
                if sum - slack <= most { result.append((other, sum)) }
            }
            return result
        }

        private mutating func record(_ total: Double) {
            guard loads.allSatisfy({ $0 <= most }) else { return }
            members.append(chosen.sorted())
            costs.append(dissimilarity.empty + total / pairs + AlignmentSearch.tie * dissimilarity.empty)
        }
    }
}
