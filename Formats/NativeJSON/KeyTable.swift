/// Finds which of a few keys a member name is, by its length and its first eight bytes.
struct KeyTable<Key: RawRepresentable<String> & CaseIterable & Sendable>: Sendable {
    private struct Entry {
        let start: UInt64
        let bytes: [UInt8]
        let key: Key
    }

    private let entries: [Entry]

    init() { entries = Key.allCases.map { Entry(start: Self.start([UInt8]($0.rawValue.utf8), 0, $0.rawValue.utf8.count), bytes: Array($0.rawValue.utf8), key: $0) } }

    /// The place in the order of cases, and the key, of the latest name; nil when it is none of them.
    func find(_ json: borrowing JSONTokenizer) -> (place: Int, key: Key)? {
        guard !json.hasEscapes else { return find(Array(json.text.utf8), 0, json.text.utf8.count) }
        return find(json.bytes, json.range.lowerBound, json.range.count)
    }

    private func find(_ text: [UInt8], _ position: Int, _ count: Int) -> (place: Int, key: Key)? {
        let start = Self.start(text, position, count)
        for (place, entry) in entries.enumerated() where entry.start == start && entry.bytes.count == count {
            if count <= 8 || text[position..<position + count].elementsEqual(entry.bytes) { return (place, entry.key) }
        }
        return nil
    }

    private static func start(_ text: [UInt8], _ position: Int, _ count: Int) -> UInt64 {
        if position + 8 <= text.count {
            let word = text.word(at: position)
            return count >= 8 ? word : word & (1 << (8 * UInt64(count)) - 1)
        }
        return text[position..<position + min(8, count)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
