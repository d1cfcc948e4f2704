/// Numbers that stand in a row in a file, the most significant byte first, read through a window of 16 KiB.
struct NumberTable {
    let count: Int
    /// Where the first stands in the file.
    let start: Int64
    private let file: PlainFile
    private let bits: Int
    private let perWindow: Int
    private var window: [UInt8] = []
    private var windowIndex = -1

    private static let windowBytes = 16 << 10
    /// Three columns of as many rows as 32 bits can count.
    private static let longest = 3 << 32

    /// - Parameters:
    ///   - bits: 4, 8, 16, 32 or 64 for each number.
    ///   - end: what the numbers must lie before; nil comes back when they do not.
    init?(_ file: PlainFile, start: Int64, count: Int, bits: Int, before end: Int64) {
        guard [4, 8, 16, 32, 64].contains(bits), (0...Self.longest).contains(count), start <= end,
            Int64((count * bits + 7) / 8) <= end - start
        else { return nil }
        (self.file, self.start, self.count, self.bits) = (file, start, count, bits)
        perWindow = Self.windowBytes * 8 / bits
    }

    /// The number at an index; nil outside the table, beyond `Int64.max`, and where the file has become shorter.
    mutating func number(_ index: Int) -> Int64? {
        guard index >= 0, index < count else { return nil }
        let (wanted, place) = index.quotientAndRemainder(dividingBy: perWindow)
        if wanted != windowIndex {
            window = file.bytes(at: start + Int64(wanted * Self.windowBytes), count: Self.windowBytes)
            windowIndex = wanted
        }
        return bits == 4 ? nibble(place) : whole(place * (bits / 8), bits / 8)
    }

    private func nibble(_ place: Int) -> Int64? {
        guard place / 2 < window.count else { return nil }
        return Int64(place % 2 == 0 ? window[place / 2] >> 4 : window[place / 2] & 15)
    }

    private func whole(_ place: Int, _ bytes: Int) -> Int64? {
        guard place + bytes <= window.count else { return nil }
        var value: UInt64 = 0
        for index in place..<place + bytes { value = value << 8 | UInt64(window[index]) }
        return Int64(exactly: value)
    }
}
