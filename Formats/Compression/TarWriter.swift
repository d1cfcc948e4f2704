/// Writes a tar archive (ustar, with a pax header where a path is longer): the same bytes for the same files, without owners and times.
struct TarWriter {
    private(set) var bytes: [UInt8] = []

    private static let block = 512

    /// Adds a file.
    ///
    /// - Parameter path: relative, with `/` between its parts.
    mutating func add(_ path: String, _ content: [UInt8]) {
        let name = Array(path.utf8)
        if let (prefix, name) = Self.split(name) {
            addBlock(name: name, prefix: prefix, type: .ascii("0"), content)
        } else {
            addBlock(name: Array("PaxHeaders/file".utf8), prefix: [], type: .ascii("x"), Self.record("path", name))
            addBlock(name: Array(name.suffix(100)), prefix: [], type: .ascii("0"), content)
        }
    }

    /// Ends the archive.
    mutating func finish() { bytes.append(contentsOf: repeatElement(0, count: 2 * Self.block)) }

    /// The path in at most 155 and 100 bytes, parted at a slash; nil when it is longer.
    private static func split(_ path: [UInt8]) -> (prefix: [UInt8], name: [UInt8])? {
        if path.count <= 100 { return ([], path) }
        guard path.count <= 256, let slash = path.indices.first(where: { path[$0] == .ascii("/") && path.count - $0 - 1 <= 100 }), slash <= 155,
            slash + 1 < path.count
        else { return nil }
        return (Array(path[..<slash]), Array(path[(slash + 1)...]))
    }

    /// A record of a pax header, which begins with its own length.
    private static func record(_ key: String, _ value: [UInt8]) -> [UInt8] {
        let rest = Array(" \(key)=".utf8) + value + [Byte.lineFeed]
        var length = rest.count + 1
        while "\(length)".utf8.count + rest.count != length { length = "\(length)".utf8.count + rest.count }
        return Array("\(length)".utf8) + rest
    }

    private mutating func addBlock(name: [UInt8], prefix: [UInt8], type: UInt8, _ content: [UInt8]) {
        var header = [UInt8](repeating: 0, count: Self.block)
        func put(_ text: some Collection<UInt8>, _ offset: Int) { for (index, byte) in text.enumerated() { header[offset + index] = byte } }
        put(name, 0)
        put("0000644\0".utf8, 100)
        put("0000000\0".utf8, 108)
        put("0000000\0".utf8, 116)
        put(Self.octal(content.count, digits: 11), 124)
        put("00000000000\0".utf8, 136)
        header[156] = type
        put("ustar\u{0}00".utf8, 257)
        put(prefix, 345)
        put(Self.octal(TarHeader.checksum(header, 0), digits: 6), 148)
        put([0, Byte.space], 154)
        bytes += header
        bytes += content
        bytes.append(contentsOf: repeatElement(0, count: (Self.block - content.count % Self.block) % Self.block))
    }

    /// A number below 8 to the power of `digits`.
    private static func octal(_ value: Int, digits: Int) -> [UInt8] {
        precondition(value >> (3 * digits) == 0, "a file of 8 GB and more does not fit a tar header")
        return (0..<digits).reversed().map { 0x30 + UInt8(value >> (3 * $0) & 7) }
    }
}
