/// Edit distances of all beginnings of two lists, 64 of one list at a time: Myers 1999 (doi:10.1145/316542.316550) with the blocks and carries of
/// Hyyrö 2003. A column holds, for each beginning of the pattern, whether the distance grows or falls by one from the one before.
struct BitParallelTable {
    private let pattern: ArraySlice<Int>
    let blocks: Int
    /// Bits of the pattern at which a symbol stands: whole rows for the few that are frequent, places for all others.
    private var rows: [Int: [UInt64]] = [:]
    private var places: [Int: [Int]] = [:]
    /// Bits of the current column: where the distance grows, and where it falls.
    private(set) var grows, falls: [UInt64]
    private var matches: [UInt64]

    /// - Parameter pattern: not empty.
    init(_ pattern: ArraySlice<Int>) {
        self.pattern = pattern
        blocks = (pattern.count + 63) / 64
        grows = Array(repeating: .max, count: blocks)
        falls = Array(repeating: 0, count: blocks)
        matches = Array(repeating: 0, count: blocks)
        for (place, symbol) in pattern.enumerated() { places[symbol, default: []].append(place) }
        // Fewer than 64 symbols stand at so many places, so their rows are no longer than the pattern.
        for (symbol, list) in places where list.count > blocks {
            var row = [UInt64](repeating: 0, count: blocks)
            for place in list { row[place / 64] |= 1 << UInt64(place % 64) }
            rows[symbol] = row
        }
    }

    /// Goes on by one element of the other list.
    mutating func advance(_ symbol: Int) {
        if let row = rows[symbol] { return advance(row) }
        let list = places[symbol] ?? []
        for place in list { matches[place / 64] |= 1 << UInt64(place % 64) }
        advance(matches)
        for place in list { matches[place / 64] = 0 }
    }

    private mutating func advance(_ matches: [UInt64]) {
        // Against no pattern at all the distance grows with each element.
        var (up, down): (UInt64, UInt64) = (1, 0)
        matches.withUnsafeBufferPointer { matches in
            grows.withUnsafeMutableBufferPointer { grows in
                falls.withUnsafeMutableBufferPointer { falls in
                    for block in 0..<grows.count {
                        let (plus, minus) = (grows[block], falls[block])
                        let vertical = matches[block] | minus
                        let equal = matches[block] | down
                        let horizontal = (((equal & plus) &+ plus) ^ plus) | equal
                        var (higher, lower) = (minus | ~(horizontal | plus), plus & horizontal)
                        let carry = (higher >> 63, lower >> 63)
                        higher = higher << 1 | up
                        lower = lower << 1 | down
                        grows[block] = lower | ~(vertical | higher)
                        falls[block] = higher & vertical
                        (up, down) = carry
                    }
                }
            }
        }
    }

    /// Distances of the beginnings of the pattern, from none of it to all, to `count` elements of the other list.
    func distances(after count: Int) -> [Int] {
        var (result, value) = ([count], count)
        result.reserveCapacity(pattern.count + 1)
        for place in 0..<pattern.count {
            let bit = UInt64(1) << UInt64(place % 64)
            if grows[place / 64] & bit != 0 { value += 1 } else if falls[place / 64] & bit != 0 { value -= 1 }
            result.append(value)
        }
        return result
    }
}
