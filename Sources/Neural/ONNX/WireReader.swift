/// Reads the fields of one protocol buffers message: tags, and values by their wire type (Protocol Buffers encoding,
/// "Message Structure"). Messages inside are read by a reader of their own range.
struct WireReader {
    enum Value {
        case varint(UInt64)
        case fixed64(UInt64)
        /// Where the bytes lie.
        case bytes(Range<Int>)
        case fixed32(UInt32)
    }

    enum Damage: Error {
        /// The message ends in the middle of a field, at this byte.
        case cut(Int)
        /// No field begins like this.
        case tag(Int)
    }

    private let bytes: [UInt8]
    private var position: Int
    private let end: Int

    init(_ bytes: [UInt8], _ range: Range<Int>) { (self.bytes, position, end) = (bytes, range.lowerBound, range.upperBound) }

    /// The next field; nil at the end of the message.
    mutating func next() throws(Damage) -> (field: Int, value: Value)? {
        guard position < end else { return nil }
        let start = position
        let tag = try varint()
        guard tag >> 3 > 0, tag >> 3 < 1 << 29 else { throw .tag(start) }
        switch tag & 7 {
        case 0: return (Int(tag >> 3), .varint(try varint()))
        case 1: return (Int(tag >> 3), .fixed64(try fixed(8)))
        case 2:
            let count = try varint()
            guard count <= UInt64(end - position) else { throw .cut(start) }
            defer { position += Int(count) }
            return (Int(tag >> 3), .bytes(position..<position + Int(count)))
        case 5: return (Int(tag >> 3), .fixed32(UInt32(truncatingIfNeeded: try fixed(4))))
        default: throw .tag(start)
        }
    }

    /// The numbers that are left, as packed fields hold them.
    mutating func varints() throws(Damage) -> [UInt64] {
        var result: [UInt64] = []
        while position < end { result.append(try varint()) }
        return result
    }

    private mutating func varint() throws(Damage) -> UInt64 {
        let start = position
        var result: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard position < end else { throw .cut(start) }
            let byte = bytes[position]
            position += 1
            result |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return result }
        }
        throw .tag(start)
    }

    private mutating func fixed(_ count: Int) throws(Damage) -> UInt64 {
        guard end - position >= count else { throw .cut(position) }
        defer { position += count }
        return (0..<count).reduce(0) { $0 | UInt64(bytes[position + $1]) << UInt64(8 * $1) }
    }
}
