import CZlib

/// The only type that touches zlib's decompression.
struct GzipInflater {
    enum End { case complete, cut, checksum, damaged, followed, tooLarge }

    /// Bytes of content.
    let allowed: Int

    private static let blockSize = 1 << 18
    /// zlib counts input in 32 bits.
    private static let pieceSize = 1 << 30

    /// The content up to the end, the first error or the limit.
    func run(_ bytes: [UInt8]) -> (content: [UInt8], end: End) {
        var stream = z_stream()
        // 16 beyond the window's 15 bits: gzip alone.
        guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return ([], .damaged) }
        defer { inflateEnd(&stream) }
        var content: [UInt8] = []
        var block = [UInt8](repeating: 0, count: Self.blockSize)
        var position = 0
        while true {
            let (status, used, made) = step(&stream, bytes, position, &block)
            position += used
            let room = allowed - content.count
            content.append(contentsOf: block[0..<min(made, room)])
            guard made <= room else { return (content, .tooLarge) }
            switch status {
            case Z_STREAM_END:
                guard position < bytes.count else { return (content, .complete) }
                guard Gzip.isCompressed(Array(bytes[position..<min(bytes.count, position + 3)])), inflateReset(&stream) == Z_OK else {
                    return (content, bytes[position...].allSatisfy { $0 == 0 } ? .complete : .followed)
                }
            case Z_OK: continue
            case Z_BUF_ERROR: return (content, .cut)
            default: return (content, isChecksum(stream) ? .checksum : .damaged)
            }
        }
    }

    private func step(_ stream: inout z_stream, _ bytes: [UInt8], _ position: Int, _ block: inout [UInt8]) -> (status: Int32, used: Int, made: Int) {
        let available = min(bytes.count - position, Self.pieceSize)
        return bytes.withUnsafeBufferPointer { input in
            block.withUnsafeMutableBufferPointer { output in
                // zlib does not write to its input.
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress.map { $0 + position })
                stream.avail_in = UInt32(available)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                let status = inflate(&stream, Z_NO_FLUSH)
                return (status, available - Int(stream.avail_in), output.count - Int(stream.avail_out))
            }
        }
    }

    private func isChecksum(_ stream: z_stream) -> Bool {
        guard let message = stream.msg.map({ String(cString: $0) }) else { return false }
        return message == "incorrect data check" || message == "incorrect length check"
    }
}

/// The only type that touches zlib's compression.
enum GzipDeflater {
    static func run(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        guard deflateInit2_(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK else {
            preconditionFailure("zlib has no memory for compression")
        }
        defer { deflateEnd(&stream) }
        var compressed: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 18)
        var (position, status) = (0, Z_OK)
        while status != Z_STREAM_END {
            let available = min(bytes.count - position, 1 << 30)
            let isLast = position + available == bytes.count
            let made = bytes.withUnsafeBufferPointer { input in
                block.withUnsafeMutableBufferPointer { output in
                    stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress.map { $0 + position })
                    stream.avail_in = UInt32(available)
                    stream.next_out = output.baseAddress
                    stream.avail_out = UInt32(output.count)
                    status = deflate(&stream, isLast ? Z_FINISH : Z_NO_FLUSH)
                    return output.count - Int(stream.avail_out)
                }
            }
            position += available - Int(stream.avail_in)
            compressed.append(contentsOf: block[0..<made])
        }
        return compressed
    }
}
