import CZlib

/// Writes ZIP archives for tests.
struct ZipWriter {
    private var body: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    mutating func add(_ name: String, _ content: [UInt8], deflated: Bool = true) {
        let packed = deflated ? Self.deflated(content) : content
        let checksum = content.withUnsafeBufferPointer { UInt32(truncatingIfNeeded: crc32_z(0, $0.baseAddress, $0.count)) }
        let shared = Self.number(deflated ? 8 : 0, 2) + Self.number(0, 4) + Self.number(Int(checksum), 4) + Self.number(packed.count, 4)
            + Self.number(content.count, 4) + Self.number(name.utf8.count, 2) + Self.number(0, 2)
        directory += [0x50, 0x4B, 1, 2] + Self.number(20, 2) + Self.number(20, 2) + Self.number(0, 2) + shared + Self.number(0, 10) + Self.number(body.count, 4)
        directory += Array(name.utf8)
        body += [0x50, 0x4B, 3, 4] + Self.number(20, 2) + Self.number(0, 2) + shared + Array(name.utf8) + packed
        count += 1
    }

    var bytes: [UInt8] {
        body + directory + [0x50, 0x4B, 5, 6] + Self.number(0, 4) + Self.number(count, 2) + Self.number(count, 2) + Self.number(directory.count, 4)
            + Self.number(body.count, 4) + Self.number(0, 2)
    }

    private static func number(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 } }

    private static func deflated(_ content: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        deflateInit2_(&stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        defer { deflateEnd(&stream) }
        var packed = [UInt8](repeating: 0, count: content.count + 1000)
        content.withUnsafeBufferPointer { input in
            packed.withUnsafeMutableBufferPointer { output in
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                deflate(&stream, Z_FINISH)
            }
        }
        return Array(packed.prefix(packed.count - Int(stream.avail_out)))
    }
}
