/// The cheapest choice of sets that holds every unit exactly once, when the sets are local in the order of the units and every unit
/// is also a set of its own.
///
/// Dual prices of the units (Σ prices over a set ≤ its cost) turn costs into reduced costs of which a good choice uses few. Dynamic
/// programming along the units solves groups of units that cheap sets connect; then any set whose reduced cost is below what
/// the groups it touches could still save joins them, and these are solved again. What is left out cannot be part of
/// a better choice, so the result is exact.
struct ExactCover {
    private let units: Int
    private let members: [[Int32]]
    private let costs: [Double]
    /// The sets of each unit.
    private var setsOfUnit: [[Int32]]
    /// Costs less the prices of the units.
    private var reduced: [Double]

    /// Groups are first formed by sets with a reduced cost up to this share of the largest cost of a unit alone.
    private static let firstShare = 0.01
    private static let rounds = 60

    init(units: Int, _ members: [[Int32]], _ costs: [Double]) {
        (self.units, self.members, self.costs) = (units, members, costs)
        setsOfUnit = Array(repeating: [], count: units)
        for (set, list) in members.enumerated() { for unit in list { setsOfUnit[Int(unit)].append(Int32(set)) } }
        reduced = costs
    }

    /// The chosen sets, or nil when a group needs more states than memory allows.
    mutating func solve() -> [Int]? {
        price()
        let alone = zip(members, costs).reduce(0) { $1.0.count == 1 ? max($0, $1.1) : $0 }
        var groups = UnitGroups(units)
        var active = members.indices.filter { members[$0].count == 1 || reduced[$0] <= Self.firstShare * alone }
        for set in active { groups.join(members[set]) }
        guard var solutions = solveGroups(&groups, active, among: nil, known: [:]) else { return nil }
        // Join what could still save, until nothing more can.
        var saving = solutions.mapValues(\.cost)
        var rest = members.indices.filter { members[$0].count > 1 && reduced[$0] > Self.firstShare * alone }.sorted { (reduced[$0], $0) < (reduced[$1], $1) }
        var (grown, changed): (Set<Int32>, Bool) = ([], true)
        while changed {
            changed = false
            var left: [Int] = []
            for set in rest {
                let roots = Set(members[set].map { groups.root($0) })
                guard reduced[set] < roots.reduce(0, { $0 + saving[$1]! }) - 1e-12 else { left.append(set); continue }
                let total = roots.reduce(0) { $0 + saving[$1]! }
                groups.join(members[set])
                saving[groups.root(members[set][0])] = total
                grown.insert(members[set][0])
                active.append(set)
                changed = true
            }
            rest = left
        }
        let roots = Set(grown.map { groups.root($0) })
        guard !roots.isEmpty else { return solutions.values.flatMap(\.sets).sorted() }
        guard let better = solveGroups(&groups, active, among: roots, known: saving) else { return nil }
        // A group that found nothing cheaper keeps what its parts had.
        var kept: [Int32: (cost: Double, sets: [Int])] = [:]
        for (root, solution) in solutions { kept[groups.root(root), default: (0, [])].sets += solution.sets }
        solutions = kept.merging(better) { $1 }
        return solutions.values.flatMap(\.sets).sorted()
    }

    /// Prices by averaging the two least reduced costs of each unit, forwards and backwards in turn; at the end every reduced cost is
    /// 0 or more and every unit has one of 0.
    private mutating func price() {
        for unit in 0..<units {
            let share = setsOfUnit[unit].reduce(Double.infinity) { min($0, costs[Int($1)] / Double(members[Int($1)].count)) }
            shift(unit, by: share)
        }
        for round in 0..<Self.rounds {
            for step in 0..<units {
                let unit = round % 2 == 0 ? step : units - 1 - step
                let (least, next) = leastTwo(unit)
                shift(unit, by: next == .infinity ? least : (least + next) / 2)
            }
        }
        for unit in 0..<units { shift(unit, by: leastTwo(unit).0) }
        for set in reduced.indices { reduced[set] = max(0, reduced[set]) }
    }

    private mutating func shift(_ unit: Int, by price: Double) {
        for set in setsOfUnit[unit] { reduced[Int(set)] -= price }
    }

    private func leastTwo(_ unit: Int) -> (Double, Double) {
        var (least, next) = (Double.infinity, Double.infinity)
        for set in setsOfUnit[unit] {
            let value = reduced[Int(set)]
            if value < least { (least, next) = (value, least) } else if value < next { next = value }
        }
        return (least, next)
    }

    /// Solves each group (or those among some) with the active sets; with known savings, only solutions that cost less count.
    private func solveGroups(
        _ groups: inout UnitGroups, _ active: [Int], among: Set<Int32>?, known: [Int32: Double]
    ) -> [Int32: (cost: Double, sets: [Int])]? {
        var (unitsOfGroup, setsOfGroup): ([Int32: [Int32]], [Int32: [Int]]) = ([:], [:])
        for unit in 0..<Int32(units) { unitsOfGroup[groups.root(unit), default: []].append(unit) }
        for set in active { setsOfGroup[groups.root(members[set][0]), default: []].append(set) }
        var solutions: [Int32: (cost: Double, sets: [Int])] = [:]
        for (root, list) in unitsOfGroup where among?.contains(root) ?? true {
            let limit = known[root] ?? .infinity
            let sets = setsOfGroup[root]!.filter { reduced[$0] < limit }
            switch CoverProgram(units: list, members: members, reduced: reduced, sets: sets).solve(below: limit - 1e-12) {
            case .tooLarge: return nil
            case .nothing: continue
            case .found(let cost, let chosen): solutions[root] = (cost, chosen)
            }
        }
        return solutions
    }
}

/// Disjoint groups of units.
private struct UnitGroups {
    private var parent: [Int32]

    init(_ units: Int) { parent = (0..<Int32(units)).map { $0 } }

    mutating func root(_ unit: Int32) -> Int32 {
        var unit = unit
        while parent[Int(unit)] != unit {
            parent[Int(unit)] = parent[Int(parent[Int(unit)])]
            unit = parent[Int(unit)]
        }
        return unit
    }

    mutating func join(_ units: [Int32]) {
        let first = root(units[0])
        for unit in units.dropFirst() {
            let other = root(unit)
            if other != root(first) { parent[Int(max(other, root(first)))] = min(other, root(first)) }
        }
    }
}
