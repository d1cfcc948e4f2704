/// The matching of rows with columns that has the largest sum of weights, when few pairs are possible.
///
/// Rows are added one by one; each looks for the cheapest alternating path that ends at a free column or at a row that is
/// better left alone, by Dijkstra's algorithm on reduced costs. A path never gets costlier than leaving the row alone, so
/// the search stays near its row. Source: Jonker and Volgenant 1987 (doi 10.1007/BF02278710), for sparse costs.
struct SparseMatching {
    /// Callers refuse more pairs than this: 480 MB of them.
    static let edgeLimit = 20_000_000

    struct Edge {
        let row, column: Int
        /// Pairs with a weight of 0 or less are never matched.
        let weight: Double
    }

    /// The column of each row, −1 for none.
    static func heaviest(rows: Int, columns: Int, _ edges: [Edge]) -> [Int] {
        var matching = SparseMatching(rows: rows, columns: columns, edges.filter { $0.weight > 0 })
        for row in 0..<rows { matching.add(row) }
        return matching.columnOfRow
    }

    private var starts: [Int]
    private var targets: [Int]
    private var costs: [Double]
    private(set) var columnOfRow: [Int]
    private var rowOfColumn: [Int]
    /// The dual price of columns, never above 0; free columns have 0.
    private var price: [Double]
    /// The dual price of rows.
    private var rowPrice: [Double]
    // Scratch of one search.
    private var distance: [Double]
    private var parent: [Int]
    private var touched: [Int] = []
    private var settled: [Bool]
    private var heap = PairHeap()

    private init(rows: Int, columns: Int, _ edges: [Edge]) {
        starts = Array(repeating: 0, count: rows + 1)
        for edge in edges { starts[edge.row + 1] += 1 }
        for row in 0..<rows { starts[row + 1] += starts[row] }
        var next = starts
        targets = Array(repeating: 0, count: edges.count)
        costs = Array(repeating: 0, count: edges.count)
        for edge in edges {
            targets[next[edge.row]] = edge.column
            costs[next[edge.row]] = -edge.weight
            next[edge.row] += 1
        }
        columnOfRow = Array(repeating: -1, count: rows)
        rowOfColumn = Array(repeating: -1, count: columns)
        price = Array(repeating: 0, count: columns)
        rowPrice = Array(repeating: 0, count: rows)
        distance = Array(repeating: .infinity, count: columns)
        parent = Array(repeating: -1, count: columns)
        settled = Array(repeating: false, count: columns)
    }

    /// Adds a row: cost of staying alone is 0, of a pair its negative weight.
    private mutating func add(_ row: Int) {
        var best = 0.0                      // the cheapest end so far: leaving `alone` without a column
        var (alone, end) = (row, -1)
        scan(row, from: 0)
        while let (reached, column) = heap.pop() {
            if settled[column] || reached > distance[column] { continue }
            if reached >= best { break }
            settled[column] = true
            let owner = rowOfColumn[column]
            if owner < 0 {
                (best, end) = (reached, column)
                break
            }
            // The owner could stay alone: it gives back what its pair saved.
            let leaving = reached - rowPrice[owner]
            if leaving < best { (best, alone, end) = (leaving, owner, -1) }
            scan(owner, from: reached - rowPrice[owner])
        }
        heap.removeAll()
        update(row, best)
        augment(row, alone, end)
        for column in touched {
            distance[column] = .infinity
            settled[column] = false
        }
        touched.removeAll(keepingCapacity: true)
    }

    private mutating func scan(_ row: Int, from base: Double) {
        for index in starts[row]..<starts[row + 1] {
            let column = targets[index]
            if settled[column] { continue }
            let reached = base + costs[index] - price[column]
            if reached < distance[column] {
                if distance[column] == .infinity { touched.append(column) }
                distance[column] = reached
                parent[column] = row
                heap.push(reached, column)
            }
        }
    }

    /// Keeps reduced costs from going below 0: settled columns take up what their distance is short of the best.
    private mutating func update(_ row: Int, _ best: Double) {
        rowPrice[row] = best
        for column in touched where settled[column] && distance[column] < best {
            let owner = rowOfColumn[column]
            let gap = best - distance[column]
            price[column] -= gap
            if owner >= 0 { rowPrice[owner] += gap }
        }
    }

    private mutating func augment(_ row: Int, _ alone: Int, _ end: Int) {
        var column = end
        if end < 0 {
            if alone == row { return }
            column = columnOfRow[alone]
            columnOfRow[alone] = -1
            rowPrice[alone] = 0
        }
        while column >= 0 {
            let owner = parent[column]
            let next = columnOfRow[owner]
            columnOfRow[owner] = column
            rowOfColumn[column] = owner
            if owner == row { break }
            column = next
        }
    }
}

/// A binary heap of columns by distance, the lower column first among equals.
private struct PairHeap {
    private var items: [(key: Double, value: Int)] = []

    mutating func push(_ key: Double, _ value: Int) {
        items.append((key, value))
        var child = items.count - 1
        while child > 0 {
            let up = (child - 1) / 2
            if !(items[child] < items[up]) { break }
            items.swapAt(child, up)
            child = up
        }
    }

    mutating func pop() -> (Double, Int)? {
        guard let first = items.first else { return nil }
        let last = items.removeLast()
        if !items.isEmpty {
            items[0] = last
            var up = 0
            while true {
                var child = 2 * up + 1
                if child >= items.count { break }
                if child + 1 < items.count && items[child + 1] < items[child] { child += 1 }
                if !(items[child] < items[up]) { break }
                items.swapAt(child, up)
                up = child
            }
        }
        return first
    }

    mutating func removeAll() { items.removeAll(keepingCapacity: true) }
}
