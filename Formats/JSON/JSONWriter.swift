/// Writes JSON as UTF-8: members in the order given, two blanks of indent, short values on one line.
public struct JSONWriter {
    private var bytes: [UInt8] = []
    /// Depth from which values stand on one line; `Int.max` indents all.
    private let flatDepth: Int

    /// The text of a value, with a line end after it.
    ///
    /// - Parameter flatDepth: values this deep and deeper stand on one line; 0 puts everything on one.
    public static func write(_ value: JSONValue, flatDepth: Int = .max) -> [UInt8] {
        var writer = JSONWriter(flatDepth: flatDepth)
        writer.add(value, depth: 0)
        writer.bytes.append(Byte.lineFeed)
        return writer.bytes
    }

    private init(flatDepth: Int) { self.flatDepth = flatDepth }

    private mutating func add(_ value: JSONValue, depth: Int) {
        switch value {
        case .null: bytes += "null".utf8
        case .bool(let truth): bytes += (truth ? "true" : "false").utf8
        case .number(let digits): bytes += digits.utf8
        case .string(let text): add(text)
        case .array(let values): addList("[", values, "]", depth) { writer, value in writer.add(value, depth: depth + 1) }
        case .object(let members):
            addList("{", members, "}", depth) { writer, member in
                writer.add(member.name)
                writer.bytes += ": ".utf8
                writer.add(member.value, depth: depth + 1)
            }
        }
    }

    private mutating func addList<Item>(
        _ open: Unicode.Scalar, _ items: [Item], _ close: Unicode.Scalar, _ depth: Int, _ body: (inout JSONWriter, Item) -> Void
    ) {
        bytes.append(.ascii(open))
        let isFlat = depth >= flatDepth
        for (index, item) in items.enumerated() {
            if index > 0 { bytes.append(.ascii(",")) }
            if isFlat { if index > 0 { bytes.append(Byte.space) } } else { newLine(depth + 1) }
            body(&self, item)
        }
        if !isFlat, !items.isEmpty { newLine(depth) }
        bytes.append(.ascii(close))
    }

    private mutating func newLine(_ depth: Int) {
        bytes.append(Byte.lineFeed)
        bytes.append(contentsOf: repeatElement(Byte.space, count: 2 * depth))
    }

    private mutating func add(_ text: String) {
        bytes.append(.ascii("\""))
        for byte in text.utf8 {
            switch byte {
            case .ascii("\""), .ascii("\\"): bytes += [.ascii("\\"), byte]
            case Byte.lineFeed: bytes += "\\n".utf8
            case Byte.carriageReturn: bytes += "\\r".utf8
            case Byte.tab: bytes += "\\t".utf8
            case 0..<0x20:
                let hex = String(byte, radix: 16)
                bytes += ("\\u" + String(repeating: "0", count: 4 - hex.utf8.count) + hex).utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(.ascii("\""))
    }
}
