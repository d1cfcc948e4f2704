/// The one-to-one assignment of rows to columns with the greatest sum of weights, by shortest augmenting paths (Crouse 2016, "On implementing 2D
/// rectangular assignment algorithms", doi:10.1109/TAES.2016.140952).
///
/// Of columns that are equally near, one without a row is taken first, and else the later one in a list that begins with the last column; so does
/// SciPy, and with it pyannote.metrics, where assignments tie.
struct Assignment<Weight: SignedNumeric & Comparable> {
    private let rows, columns: Int
    /// Below zero.
    private let cost: [Weight]
    private var rowPotential, columnPotential: [Weight]
    private var columnOfRow, rowOfColumn, path: [Int]

    /// - Parameters:
    ///   - weights: rows × columns, none below zero.
    /// - Returns: for each row its column; nil for a row that shares no weight with the column that would be left for it.
    /// - Complexity: rows × columns × the lesser of the two.
    static func best(_ weights: [Weight], rows: Int, columns: Int) -> [Int?] {
        guard rows > 0, columns > 0 else { return [Int?](repeating: nil, count: rows) }
        let isTall = rows > columns
        let turned = isTall ? (0..<rows * columns).map { weights[$0 % rows * columns + $0 / rows] } : weights
        var assignment = Assignment(turned, rows: isTall ? columns : rows, columns: isTall ? rows : columns)
        for row in 0..<assignment.rows { assignment.place(row) }
        let found = isTall ? assignment.rowOfColumn : assignment.columnOfRow
        return found.enumerated().map { row, column in column >= 0 && weights[row * columns + column] > 0 ? column : nil }
    }

    private init(_ weights: [Weight], rows: Int, columns: Int) {
        (self.rows, self.columns) = (rows, columns)
        cost = weights.map { -$0 }
        rowPotential = Array(repeating: 0, count: rows)
        columnPotential = Array(repeating: 0, count: columns)
        columnOfRow = Array(repeating: -1, count: rows)
        rowOfColumn = Array(repeating: -1, count: columns)
        path = Array(repeating: -1, count: columns)
    }

    /// Gives a row a column, by moving other rows along the cheapest path.
    private mutating func place(_ first: Int) {
        var distances = [Weight?](repeating: nil, count: columns)
        var index = 0
        var (remaining, passedRows, passedColumns) = (Array((0..<columns).reversed()), [Int](), [Int]())
        var (row, distance, sink) = (first, Weight.zero, -1)
        while sink < 0 {
            passedRows.append(row)
            var nearest: (distance: Weight, place: Int)?
            for (place, column) in remaining.enumerated() {
                var reached = distance + cost[row * columns + column] - rowPotential[row] - columnPotential[column]
                if let known = distances[column], known <= reached { reached = known } else { (distances[column], path[column]) = (reached, row) }
                let isNearer = nearest.map { reached < $0.distance || reached == $0.distance && rowOfColumn[column] < 0 } ?? true
                if isNearer { nearest = (reached, place) }
            }
            guard let nearest else { return }
            (distance, index) = nearest
            let column = remaining[index]
            if rowOfColumn[column] < 0 { sink = column } else { row = rowOfColumn[column] }
            passedColumns.append(column)
            remaining.swapAt(index, remaining.count - 1)
            remaining.removeLast()
        }
        rowPotential[first] += distance
        for row in passedRows where row != first { rowPotential[row] += distance - (distances[columnOfRow[row]] ?? .zero) }
        for column in passedColumns { columnPotential[column] -= distance - (distances[column] ?? .zero) }
        var column = sink
        while true {
            let row = path[column]
            rowOfColumn[column] = row
            swap(&columnOfRow[row], &column)
            if row == first { return }
        }
    }
}
