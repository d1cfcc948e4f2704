/// A protocol buffers message in the making.
public struct ProtocolBuffer: Sendable {
    public private(set) var bytes: [UInt8] = []

    public init() {}

    public mutating func add(_ field: Int, _ number: Int64) {
        varint(UInt64(field) << 3)
        varint(UInt64(bitPattern: number))
    }

    public mutating func add(_ field: Int, _ content: [UInt8]) {
        varint(UInt64(field) << 3 | 2)
        varint(UInt64(content.count))
        bytes += content
    }

    public mutating func add(_ field: Int, _ text: String) { add(field, Array(text.utf8)) }
    public mutating func add(_ field: Int, _ message: ProtocolBuffer) { add(field, message.bytes) }

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
