/// Two annotators' categories against each other: how often (or how long) the first said the row while the second said
/// the column. Counts and whole durations are exact below 2⁵³ in total.
///
///     let table = ContingencyTable(first: [0, 0, 1, 1], second: [0, 1, 1, 1], categories: 2)
///     table.cohenKappa                                            // .value(0.5)
public struct ContingencyTable: Hashable, Sendable {
    /// The number of categories of the scale, whether used or not.
    public let categories: Int
    /// What the first annotator said, by category.
    public private(set) var rows: [Int]
    /// What the second annotator said, by category.
    public private(set) var columns: [Int]
    public private(set) var total = 0
    var cells: CountMatrix

    /// An empty table.
    public init(categories: Int) {
        precondition(categories >= 0)
        self.categories = categories
        rows = Array(repeating: 0, count: categories)
        columns = rows
        cells = CountMatrix(size: categories)
    }

    /// A table from its cells, row by row.
    public init(cells: [[Int]]) {
        self.init(categories: cells.count)
        for (row, counts) in cells.enumerated() {
            precondition(counts.count == categories, "a contingency table is square")
            for (column, count) in counts.enumerated() where count != 0 { add(count, row, column) }
        }
    }

    /// Counts an item (or a duration) that the annotators gave these categories.
    public mutating func add(_ count: Int, _ first: Int, _ second: Int) {
        cells.add(count, row: first, column: second)
        rows[first] += count
        columns[second] += count
        total += count
    }

    public subscript(first: Int, second: Int) -> Int { cells[first, second] }

    /// Adds the counts of another recording.
    public static func += (a: inout ContingencyTable, b: ContingencyTable) {
        b.cells.forEach { a.add($2, $0, $1) }
    }

    /// What both annotators said alike.
    var diagonal: Int { (0..<categories).reduce(0) { $0 + cells[$1, $1] } }

    /// Whether both annotators used one and the same category throughout.
    var hasOneCategory: Bool { (0..<categories).contains { rows[$0] == total && columns[$0] == total } }
}
