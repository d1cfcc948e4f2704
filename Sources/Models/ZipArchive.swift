import CZlib
import Neural

/// The members of a ZIP archive, such as a Python wheel (APPNOTE.TXT 6.3, sections 4.3 and 4.4).
///
/// Stored and deflated members; no encryption, no parts, nothing beyond 4 GiB. Sizes are checked before memory is taken.
struct ZipArchive {
    struct Member {
        let name: String
        let method: Int
        let packedSize, size: Int
        let checksum: UInt32
        /// Where its local header begins.
        fileprivate let offset: Int
    }

    let members: [Member]

    private let bytes: [UInt8]
    private let file: String

    /// Whether bytes begin as an archive does.
    static func isArchive(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x50, 0x4B, 3, 4]) }

    /// - Throws: ``ModelError`` when the directory of the archive is missing or damaged.
    init(_ bytes: [UInt8], file: String) throws(ModelError) {
        (self.bytes, self.file) = (bytes, file)
        let reader = LittleEndian(bytes: bytes)
        guard let end = Self.directoryEnd(reader) else {
            throw ModelError(file, "has no directory of a ZIP archive at its end: it is damaged or cut off")
        }
        let (count, start) = (Int(reader.number(end + 10, 2)), Int(reader.number(end + 16, 4)))
        var (position, members) = (start, [Member]())
        for _ in 0..<count {
            guard position + 46 <= end, reader.number(position, 4) == 0x0201_4B50 else { throw Self.damaged(file, position) }
            let lengths = (0..<3).map { Int(reader.number(position + 28 + 2 * $0, 2)) }
            let next = position + 46 + lengths.reduce(0, +)
            guard next <= end else { throw Self.damaged(file, position) }
            let name = String(decoding: bytes[position + 46..<position + 46 + lengths[0]], as: UTF8.self)
            members.append(
                Member(
                    name: name, method: Int(reader.number(position + 10, 2)), packedSize: Int(reader.number(position + 20, 4)),
                    size: Int(reader.number(position + 24, 4)), checksum: UInt32(reader.number(position + 16, 4)),
                    offset: Int(reader.number(position + 42, 4))))
            position = next
        }
        self.members = members
    }

    /// The content of a member.
    ///
    /// - Parameter limit: bytes; a larger member is refused before it is unpacked.
    /// - Throws: ``ModelError`` when it is too large, damaged or packed in another way.
    func content(of member: Member, limit: Int) throws(ModelError) -> [UInt8] {
        let reader = LittleEndian(bytes: bytes)
        let named = "has a member \(member.name)"
        guard member.size <= limit else { throw ModelError(file, "\(named) of \(member.size) bytes; at most \(limit) are read") }
        guard member.offset + 30 <= bytes.count, reader.number(member.offset, 4) == 0x0403_4B50 else {
            throw ModelError(file, "\(named) whose header is damaged")
        }
        let start = member.offset + 30 + Int(reader.number(member.offset + 26, 2)) + Int(reader.number(member.offset + 28, 2))
        guard start + member.packedSize <= bytes.count else { throw ModelError(file, "\(named) that ends behind the end of the file") }
        let packed = start..<start + member.packedSize
        let content: [UInt8]?
        switch member.method {
        case 0: content = member.packedSize == member.size ? Array(bytes[packed]) : nil
        // Deflate makes at most 1032 bytes of one (zlib, "Technical Details").
        case 8: content = member.size <= 1040 * (packed.count + 1) ? inflated(packed, size: member.size) : nil
        default: throw ModelError(file, "\(named) packed by method \(member.method); methods 0 and 8 are read")
        }
        guard let content, Self.checksum(content) == member.checksum else { throw ModelError(file, "\(named) that is damaged") }
        return content
    }

    private static func damaged(_ file: String, _ position: Int) -> ModelError {
        ModelError(file, "has a damaged directory of members at byte \(position)")
    }

    /// Nil unless the bytes unpack to exactly `size`.
    private func inflated(_ range: Range<Int>, size: Int) -> [UInt8]? {
        var stream = z_stream()
        guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        // One more, so that a longer stream shows, and an empty one has room.
        var content = [UInt8](repeating: 0, count: size + 1)
        let status = bytes.withUnsafeBufferPointer { input in
            content.withUnsafeMutableBufferPointer { output in
                // zlib does not write to its input.
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress! + range.lowerBound)
                stream.avail_in = UInt32(range.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                return inflate(&stream, Z_FINISH)
            }
        }
        guard status == Z_STREAM_END, stream.avail_out == 1 else { return nil }
        content.removeLast()
        return content
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        bytes.withUnsafeBufferPointer { UInt32(truncatingIfNeeded: crc32_z(0, $0.baseAddress, $0.count)) }
    }

    /// The last record of the archive that fits it; behind it only a remark of at most 65,535 bytes.
    private static func directoryEnd(_ reader: LittleEndian) -> Int? {
        let last = reader.bytes.count - 22
        guard last >= 0 else { return nil }
        return (max(0, last - 65_535)...last).reversed().first { position in
            reader.number(position, 4) == 0x0605_4B50 && Int(reader.number(position + 20, 2)) <= last - position
                && Int(reader.number(position + 16, 4)) + Int(reader.number(position + 12, 4)) <= position
        }
    }

    private struct LittleEndian {
        let bytes: [UInt8]

        func number(_ position: Int, _ count: Int) -> UInt64 { (0..<count).reduce(0) { $0 | UInt64(bytes[position + $1]) << UInt64(8 * $1) } }
    }
}
