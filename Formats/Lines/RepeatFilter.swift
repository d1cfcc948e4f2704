/// Sees whether a line was there before, for the first hundred thousand lines: later repeats are not looked for, so that a
/// stream of any length takes constant memory.
struct RepeatFilter {
    private static let limit = 100_000
    /// Hashes of the lines, 0 for a free place, found by their low bits and then one after the other.
    private var slots: [UInt64] = Array(repeating: 0, count: 1024)
    private var count = 0
    private let seed = UInt64.random(in: 1 ... .max) | 1

    /// Whether the line is new. Two lines whose hashes collide count as one; the chance is below one in 10⁹ for a full filter.
    mutating func insert(_ text: [UInt8], _ line: Range<Int>) -> Bool {
        guard count < Self.limit else { return true }
        if count * 2 >= slots.count { grow() }
        let hash = Self.hash(text, line, seed)
        let place = place(of: hash)
        guard slots[place] == 0 else { return false }
        slots[place] = hash
        count += 1
        return true
    }

    /// Where a hash stands, or the free place where it belongs.
    private func place(of hash: UInt64) -> Int {
        let mask = slots.count - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while slots[place] != 0, slots[place] != hash { place = (place + 1) & mask }
        return place
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: 0, count: old.count * 2)
        for hash in old where hash != 0 { slots[place(of: hash)] = hash }
    }

    /// A product of both halves after every eight bytes, as in wyhash (Wang Yi), from a seed that no file can know; never 0.
    private static func hash(_ text: [UInt8], _ line: Range<Int>, _ seed: UInt64) -> UInt64 {
        text.withUnsafeBytes { raw in
            var (hash, position) = (seed ^ UInt64(truncatingIfNeeded: line.count), line.lowerBound)
            while position + 8 <= line.upperBound {
                hash = mix(hash ^ raw.loadUnaligned(fromByteOffset: position, as: UInt64.self))
                position += 8
            }
            var tail: UInt64 = 0
            while position < line.upperBound {
                tail = tail << 8 | UInt64(raw[position])
                position += 1
            }
            return mix(hash ^ tail) | 1
        }
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        let product = value.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return product.high ^ product.low
    }
}
