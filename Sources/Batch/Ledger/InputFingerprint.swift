import Formats

#if canImport(Glibc)
    import Glibc
#endif

/// What an input file held when it was worked on, so that a change is noticed.
public struct InputFingerprint: Hashable, Sendable {
    /// Bytes.
    public let size: Int64
    /// Time of the last change, in nanoseconds since 1970.
    public let modified: Int64
    /// SHA-256 in hexadecimal; of what, ``Coverage`` says.
    public let hash: String

    /// How much of a file the hash covers.
    public enum Coverage: Sendable {
        /// All bytes: for subtitles.
        case whole
        /// Three blocks of 64 KiB, from the head, the middle and the end: for media, of which a change that keeps size,
        /// time and all three blocks would go unseen.
        case sampled
    }

    private static let blockSize: Int64 = 65_536
    /// Whole files larger than this are sampled: no subtitle file is, and a wrongly named film
    /// should not be read through.
    private static let largestWhole: Int64 = 64 << 20

    /// One that was taken before.
    init(size: Int64, modified: Int64, hash: String) { (self.size, self.modified, self.hash) = (size, modified, hash) }

    /// - Throws: ``ItemFailure`` when the file cannot be read.
    public init(path: String, coverage: Coverage) throws {
        guard let status = FileStatus(path: path) else {
            throw ItemFailure.system(errno, doing: "reading", path: path)
        }
        guard status.isRegularFile else { throw ItemFailure(.input, "\(path): is not a regular file") }
        (size, modified) = (status.size, status.modified)
        let isSampled = coverage == .sampled ? size > 3 * Self.blockSize : size > Self.largestWhole
        hash = try Self.hash(path, size: size, isSampled: isSampled)
    }

    /// Whether the file still has the size and time recorded here. Reads nothing.
    public func isCurrent(path: String) -> Bool {
        guard let status = FileStatus(path: path) else { return false }
        return status.size == size && status.modified == modified
    }

    private static func hash(_ path: String, size: Int64, isSampled: Bool) throws -> String {
        let file = try InputBytes(path: path)
        var hash = SHA256()
        if isSampled {
            for offset in [0, size / 2 - blockSize / 2, size - blockSize] {
                hash.update(try file.read(Int(blockSize), at: offset))
            }
        } else {
            var offset: Int64 = 0
            while case let block = try file.read(1 << 18, at: offset), !block.isEmpty {
                hash.update(block)
                offset += Int64(block.count)
            }
        }
        return hash.finish()
    }
}

/// An input file open for reading. It closes when the value goes.
private struct InputBytes: ~Copyable {
    private let path: String
    private let descriptor: Int32

    init(path: String) throws(ItemFailure) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(errno, doing: "reading", path: path) }
    }

    deinit { close(descriptor) }

    /// The bytes from an offset on: as many as asked for, fewer only at the end of the file.
    func read(_ count: Int, at offset: Int64) throws(ItemFailure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = bytes.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress?.advanced(by: filled), count - filled, Int(offset) + filled)
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw .system(errno, doing: "reading", path: path) }
            if got == 0 { break }
            filled += got
        }
        bytes.removeLast(count - filled)
        return bytes
    }
}
