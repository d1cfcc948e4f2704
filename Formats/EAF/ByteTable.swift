/// Names and the numbers under which they were added, for readers that look up many: the bytes lie in one block.
struct ByteTable {
    private var bytes: [UInt8] = []
    private var ends: [Int32] = [0]
    /// Numbers plus one by hash; 0 for a free place. A power of two long.
    private var places = [Int32](repeating: 0, count: 64)

    var count: Int { ends.count - 1 }

    /// The bytes of a name.
    subscript(number: Int) -> ArraySlice<UInt8> { bytes[Int(ends[number])..<Int(ends[number + 1])] }

    func string(_ number: Int) -> String { bytes.string(Int(ends[number])..<Int(ends[number + 1])) }

    /// The number of a name, which is added when it is new; nil when the block is full at 2 GB.
    mutating func number(of name: [UInt8], _ range: Range<Int>) -> (number: Int, isNew: Bool)? {
        let place = place(of: name, range)
        if places[place] > 0 { return (Int(places[place]) - 1, false) }
        guard bytes.count + range.count <= Int(Int32.max) else { return nil }
        bytes.append(contentsOf: name[range])
        ends.append(Int32(bytes.count))
        places[place] = Int32(count)
        if 2 * count > places.count { grow() }
        return (count - 1, true)
    }

    /// Nil for a name that was not added.
    func find(_ name: [UInt8], _ range: Range<Int>) -> Int? {
        let place = place(of: name, range)
        return places[place] > 0 ? Int(places[place]) - 1 : nil
    }

    /// Where the name stands in ``places``, or the free place for it.
    private func place(of name: [UInt8], _ range: Range<Int>) -> Int {
        var place = Self.hash(name, range) & (places.count - 1)
        while places[place] > 0, !isSame(Int(places[place]) - 1, name, range) { place = (place + 1) & (places.count - 1) }
        return place
    }

    private func isSame(_ number: Int, _ name: [UInt8], _ range: Range<Int>) -> Bool {
        let start = Int(ends[number])
        guard Int(ends[number + 1]) - start == range.count else { return false }
        for offset in 0..<range.count where bytes[start + offset] != name[range.lowerBound + offset] { return false }
        return true
    }

    private static func hash(_ name: [UInt8], _ range: Range<Int>) -> Int {
        var hasher = Hasher()
        name.withUnsafeBytes { hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: $0[range])) }
        return hasher.finalize()
    }

    private mutating func grow() {
        places = [Int32](repeating: 0, count: 4 * places.count)
        for number in 0..<count {
            var place = Self.hash(bytes, Int(ends[number])..<Int(ends[number + 1])) & (places.count - 1)
            while places[place] > 0 { place = (place + 1) & (places.count - 1) }
            places[place] = Int32(number + 1)
        }
    }
}
