/// Dynamic programming over the units of a group in their order: a state is the set of later units that chosen sets already hold.
struct CoverProgram {
    enum Outcome {
        case found(cost: Double, sets: [Int])
        /// Nothing costs less than the limit.
        case nothing
        case tooLarge
    }

    private let units: Int
    /// The sets by their first unit, each with the mask of its units from there.
    private var startingAt: [[(set: Int, mask: UInt128, cost: Double)]]
    private var fits = true

    private static let stateLimit = 3_000_000

    init(units: [Int32], members: [[Int32]], reduced: [Double], sets: [Int]) {
        self.units = units.count
        startingAt = Array(repeating: [], count: units.count)
        for set in sets.sorted(by: { (reduced[$0], $0) < (reduced[$1], $1) }) {
            let places = members[set].map { Self.place(of: $0, in: units) }
            var mask: UInt128 = 0
            for place in places {
                if place - places[0] > 127 { fits = false; return }
                mask |= 1 << UInt128(place - places[0])
            }
            startingAt[places[0]].append((set, mask, reduced[set]))
        }
    }

    private static func place(of unit: Int32, in units: [Int32]) -> Int {
        var (low, high) = (0, units.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if units[middle] < unit { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private struct Node {
        let cost: Double
        let parent: Int32
        let set: Int32
    }

    /// The cheapest cover that costs less than the limit.
    func solve(below limit: Double) -> Outcome {
        guard fits else { return .tooLarge }
        var nodes = [Node(cost: 0, parent: -1, set: -1)]
        var layer: [UInt128: Int32] = [0: 0]
        for unit in 0..<units {
            var next: [UInt128: Int32] = [:]
            for mask in layer.keys.sorted() {
                let index = layer[mask]!
                if mask & 1 == 1 {
                    keep(&next, &nodes, mask >> 1, Node(cost: nodes[Int(index)].cost, parent: index, set: -1), limit)
                    continue
                }
                for option in startingAt[unit] where mask & option.mask == 0 {
                    let cost = nodes[Int(index)].cost + option.cost
                    // Sets come by cost, so the others cost more.
                    if cost >= limit { break }
                    keep(&next, &nodes, (mask | option.mask) >> 1, Node(cost: cost, parent: index, set: Int32(option.set)), limit)
                }
            }
            if nodes.count > Self.stateLimit { return .tooLarge }
            layer = next
        }
        guard let end = layer[0] else { return .nothing }
        var (sets, index) = ([Int](), end)
        while index >= 0 {
            if nodes[Int(index)].set >= 0 { sets.append(Int(nodes[Int(index)].set)) }
            index = nodes[Int(index)].parent
        }
        return .found(cost: nodes[Int(end)].cost, sets: sets)
    }

    private func keep(_ layer: inout [UInt128: Int32], _ nodes: inout [Node], _ mask: UInt128, _ node: Node, _ limit: Double) {
        if let known = layer[mask], nodes[Int(known)].cost <= node.cost { return }
        layer[mask] = Int32(nodes.count)
        nodes.append(node)
    }
}
