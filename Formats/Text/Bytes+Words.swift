import Glibc

/// Eight bytes at once: the first of interest among many is found without looking at each.
extension [UInt8] {
    /// Eight bytes from a position on, the first in the lowest bits. The position must have eight bytes after it.
    @inline(__always) func word(at position: Int) -> UInt64 {
        withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: position, as: UInt64.self)) }
    }

    /// The first position from `start` on of a byte at or above 0x80; the end when there is none.
    func firstNonASCII(from start: Int, before end: Int) -> Int {
        var position = start
        while position + 8 <= end {
            let high = word(at: position) & 0x8080_8080_8080_8080
            if high != 0 { return position + high.trailingZeroBitCount >> 3 }
            position += 8
        }
        while position < end, self[position] < 0x80 { position += 1 }
        return position
    }

    /// The first line feed from a position on; the end of the bytes when there is none.
    func firstLineFeed(from start: Int) -> Int {
        withUnsafeBytes { all in
            guard start < all.count, let base = all.baseAddress, let found = memchr(base + start, 0x0A, all.count - start) else { return all.count }
            return base.distance(to: UnsafeRawPointer(found))
        }
    }

    /// The first position from `start` on of a quote, a backslash or a control character below 0x20; the end when there is none.
    @inline(__always) func firstStringStop(from start: Int, before end: Int) -> Int {
        var position = start
        while position + 8 <= end {
            let stops = Self.stringStops(word(at: position))
            if stops != 0 { return position + stops.trailingZeroBitCount >> 3 }
            position += 8
        }
        while position < end, self[position] != 0x22, self[position] != 0x5C, self[position] >= 0x20 { position += 1 }
        return position
    }

    /// The top bit of each byte that ends a plain stretch of a JSON string; bits above the lowest one set may be wrong.
    @inline(__always) static func stringStops(_ word: UInt64) -> UInt64 {
        let (ones, tops): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
        let (quotes, slashes) = (word ^ 0x22 &* ones, word ^ 0x5C &* ones)
        let isQuote = (quotes &- ones) & ~quotes
        let isSlash = (slashes &- ones) & ~slashes
        let isControl = (word &- 0x20 &* ones) & ~word
        return (isQuote | isSlash | isControl) & tops
    }
}
