import Glibc

/// Names and the numbers under which they were added, for readers that look up many: the bytes lie in one block.
struct ByteTable {
    private var bytes: [UInt8] = []
    private var ends: [Int32] = [0]
    /// Numbers plus one below 32 bits of hash; 0 for a free place. A power of two long.
    private var places = [UInt64](repeating: 0, count: 64)
    /// Chosen anew for each table, so that no file can be made of names that collide.
    private let seed = UInt64.random(in: .min ... .max)

    var count: Int { ends.count - 1 }

    /// The bytes of a name.
    subscript(number: Int) -> ArraySlice<UInt8> { bytes[Int(ends[number])..<Int(ends[number + 1])] }

    func string(_ number: Int) -> String { bytes.string(Int(ends[number])..<Int(ends[number + 1])) }

    /// The number of a name, which is added when it is new; nil when the block is full at 2 GB.
    mutating func number(of name: [UInt8], _ range: Range<Int>) -> (number: Int, isNew: Bool)? {
        let hash = hash(name, range)
        let place = place(of: name, range, hash)
        if places[place] > 0 { return (Int(UInt32(truncatingIfNeeded: places[place])) - 1, false) }
        guard bytes.count + range.count <= Int(Int32.max) else { return nil }
        bytes.append(contentsOf: name[range])
        ends.append(Int32(bytes.count))
        places[place] = UInt64(hash) << 32 | UInt64(count)
        if 2 * count > places.count { grow() }
        return (count - 1, true)
    }

    /// Nil for a name that was not added.
    ///
    /// - Parameter guess: a number that the name may have; a right one saves the look-up.
    func find(_ name: [UInt8], _ range: Range<Int>, guess: Int = -1) -> Int? {
        if guess >= 0, guess < count, isSame(guess, name, range) { return guess }
        let place = place(of: name, range, hash(name, range))
        return places[place] > 0 ? Int(UInt32(truncatingIfNeeded: places[place])) - 1 : nil
    }

    /// Where the name stands in ``places``, or the free place for it.
    private func place(of name: [UInt8], _ range: Range<Int>, _ hash: UInt32) -> Int {
        let mask = places.count - 1
        var place = Int(hash) & mask
        while places[place] > 0 {
            if UInt32(truncatingIfNeeded: places[place] >> 32) == hash, isSame(Int(UInt32(truncatingIfNeeded: places[place])) - 1, name, range) { return place }
            place = (place + 1) & mask
        }
        return place
    }

    private func isSame(_ number: Int, _ name: [UInt8], _ range: Range<Int>) -> Bool {
        let start = Int(ends[number])
        guard Int(ends[number + 1]) - start == range.count else { return false }
        return name.withUnsafeBytes { name in
            bytes.withUnsafeBytes { bytes in
                guard let a = bytes.baseAddress, let b = name.baseAddress else { return true }
                return memcmp(a + start, b + range.lowerBound, range.count) == 0
            }
        }
    }

    /// Eight bytes at a time, each folded in by a product of 128 bits with the seed.
    private func hash(_ name: [UInt8], _ range: Range<Int>) -> UInt32 {
        name.withUnsafeBytes { all in
            let name = UnsafeRawBufferPointer(rebasing: all[range])
            var (hash, position) = (seed ^ UInt64(name.count), 0)
            while position < name.count {
                var word: UInt64 = 0
                if position + 8 <= name.count {
                    word = name.loadUnaligned(fromByteOffset: position, as: UInt64.self)
                } else {
                    for byte in name[position...] { word = word << 8 | UInt64(byte) }
                }
                let product = (hash ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15 ^ seed | 1)
                hash = product.high ^ product.low
                position += 8
            }
            return UInt32(truncatingIfNeeded: hash ^ hash >> 32)
        }
    }

    private mutating func grow() {
        let old = places
        places = [UInt64](repeating: 0, count: 4 * old.count)
        for entry in old where entry > 0 {
            var place = Int(UInt32(truncatingIfNeeded: entry >> 32)) & (places.count - 1)
            while places[place] > 0 { place = (place + 1) & (places.count - 1) }
            places[place] = entry
        }
    }
}
