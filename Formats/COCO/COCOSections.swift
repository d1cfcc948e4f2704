/// Where the members of the outermost object of a JSON text stand, found without looking into them: annotations may come before
/// the pictures and names that they refer to, and are read once all the same.
struct COCOSections {
    /// In the order of the file; names as written.
    private(set) var members: [(name: String, value: Range<Int>)] = []

    /// Nil where the text is no object, or broken so that the members' places cannot be told.
    init?(_ bytes: [UInt8]) {
        var scan = Scan(bytes: bytes)
        guard scan.take(.ascii("{")) else { return nil }
        if scan.take(.ascii("}")) { return }
        repeat {
            guard let name = scan.string(), scan.take(.ascii(":")), let value = scan.value() else { return nil }
            members.append((bytes.string(name), value))
        } while scan.take(.ascii(","))
        guard scan.take(.ascii("}")), scan.isAtEnd else { return nil }
    }

    /// The last member of a name, as JSON readers take it.
    func value(_ name: String) -> Range<Int>? { members.last { $0.name == name }?.value }

    private struct Scan {
        let bytes: [UInt8]
        var position: Int

        init(bytes: [UInt8]) {
            self.bytes = bytes
            position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        }

        private mutating func skipSpace() {
            while position < bytes.count, bytes[position] <= Byte.space { position += 1 }
        }

        mutating func take(_ byte: UInt8) -> Bool {
            skipSpace()
            guard position < bytes.count, bytes[position] == byte else { return false }
            position += 1
            return true
        }

        var isAtEnd: Bool { bytes[position...].allSatisfy { $0 <= Byte.space } }

        /// The inside of a string.
        mutating func string() -> Range<Int>? {
            guard take(.ascii("\"")) else { return nil }
            let start = position
            guard skipString() else { return nil }
            return start..<position - 1
        }

        /// Goes behind the quote that ends a string.
        private mutating func skipString() -> Bool {
            while position < bytes.count {
                let byte = bytes[position]
                position += byte == .ascii("\\") ? 2 : 1
                if byte == .ascii("\"") { return true }
            }
            return false
        }

        mutating func value() -> Range<Int>? {
            skipSpace()
            let start = position
            var depth = 0
            while position < bytes.count {
                switch bytes[position] {
                case .ascii("\""):
                    position += 1
                    guard skipString() else { return nil }
                    if depth == 0 { return start..<position }
                case .ascii("["), .ascii("{"):
                    depth += 1
                    position += 1
                case .ascii("]"), .ascii("}"):
                    if depth == 0 { return start..<position }
                    depth -= 1
                    position += 1
                    if depth == 0 { return start..<position }
                case .ascii(","):
                    if depth == 0 { return start..<position }
                    position += 1
                default: position += 1
                }
            }
            return nil
        }
    }
}
