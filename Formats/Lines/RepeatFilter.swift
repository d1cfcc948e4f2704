/// Sees whether a line was there before, for the first hundred thousand lines: later repeats are not looked for, so that a
/// stream of any length takes constant memory.
struct RepeatFilter {
    private static let limit = 100_000
    private var seen: Set<Int> = []

    /// Whether the line is new. Two lines whose hashes collide count as one; the chance is below one in 10⁹ for a full filter.
    mutating func insert(_ text: [UInt8], _ line: Range<Int>) -> Bool {
        guard seen.count < Self.limit else { return true }
        var hasher = Hasher()
        text.withUnsafeBytes { hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: $0[line])) }
        return seen.insert(hasher.finalize()).inserted
    }
}
