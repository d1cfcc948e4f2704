/// A square matrix of counts: dense while small, sparse beyond, so that many categories cost memory only for the pairs seen.
struct CountMatrix: Hashable, Sendable {
    /// Rows and columns.
    let size: Int
    private var dense: [Int]
    private var sparse: [Int: Int] = [:]

    /// The largest size that is kept dense: 512 KiB of counts.
    static let denseLimit = 256

    init(size: Int) {
        self.size = size
        dense = size <= Self.denseLimit ? Array(repeating: 0, count: size * size) : []
    }

    @inline(__always)
    mutating func add(_ count: Int, row: Int, column: Int) {
        if dense.isEmpty { sparse[row * size + column, default: 0] += count } else { dense[row * size + column] += count }
    }

    subscript(row: Int, column: Int) -> Int {
        dense.isEmpty ? sparse[row * size + column] ?? 0 : dense[row * size + column]
    }

    /// Every count other than 0, by row and column.
    func forEach(_ body: (_ row: Int, _ column: Int, _ count: Int) -> Void) {
        for index in dense.indices where dense[index] != 0 { body(index / size, index % size, dense[index]) }
        for index in sparse.keys.sorted() { body(index / size, index % size, sparse[index]!) }
    }

    static func += (a: inout CountMatrix, b: CountMatrix) {
        precondition(a.size == b.size, "count matrices of different sizes")
        b.forEach { a.add($2, row: $0, column: $1) }
    }
}
