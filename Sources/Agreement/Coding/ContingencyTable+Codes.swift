extension ContingencyTable {
    /// The table of two annotators' categories, frame by frame or item by item, in one pass. A code of `categories` or above
    /// stands for no rating; such items are left out. Items beyond the shorter list are left out.
    public init(first: [UInt8], second: [UInt8], categories: Int) {
        self.init(categories: categories)
        var counts = Array(repeating: UInt32(0), count: 1 << 18)
        let pairs = min(first.count, second.count)
        // Four tables in turn, so that a run of one pair of codes does not wait for its own last addition; a block short
        // enough that no 32-bit count overflows.
        let block = 1 << 30
        for start in stride(from: 0, to: pairs, by: block) {
            let end = min(pairs, start + block)
            Self.count(first.span, second.span, start..<end, into: &counts)
            for cell in 0..<1 << 16 {
                var sum = 0
                for table in 0..<4 { sum += Int(counts[table << 16 | cell]) }
                let (row, column) = (cell >> 8, cell & 255)
                if sum > 0, row < categories, column < categories { add(sum, row, column) }
            }
            if end < pairs { counts = Array(repeating: 0, count: 1 << 18) }
        }
    }

    private static func count(_ first: Span<UInt8>, _ second: Span<UInt8>, _ range: Range<Int>, into counts: inout [UInt32]) {
        var counts = counts.mutableSpan
        var index = range.lowerBound
        while index &+ 4 <= range.upperBound {
            for lane in 0..<4 {
                counts[lane << 16 | Int(first[index &+ lane]) << 8 | Int(second[index &+ lane])] &+= 1
            }
            index &+= 4
        }
        while index < range.upperBound {
            counts[Int(first[index]) << 8 | Int(second[index])] &+= 1
            index &+= 1
        }
    }

    /// As ``init(first:second:categories:)`` with codes of two bytes.
    public init(first: [UInt16], second: [UInt16], categories: Int) {
        self.init(categories: categories)
        var cells = CountMatrix(size: categories)
        for (a, b) in zip(first, second) where Int(a) < categories && Int(b) < categories { cells.add(1, row: Int(a), column: Int(b)) }
        cells.forEach { add($2, $0, $1) }
    }
}
