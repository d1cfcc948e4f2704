import Foundation

/// What an input file held when it was worked on, so that a change is noticed.
public struct InputFingerprint: Hashable, Sendable, Codable {
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
        do {
            let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? file.close() }
            var hash = SHA256()
            if isSampled {
                for offset in [0, size / 2 - blockSize / 2, size - blockSize] {
                    try file.seek(toOffset: UInt64(offset))
                    hash.update(Array(try file.read(upToCount: Int(blockSize)) ?? Data()))
                }
            } else {
                while let block = try file.read(upToCount: 1 << 18), !block.isEmpty { hash.update(Array(block)) }
            }
            return hash.finish()
        } catch {
            throw ItemFailure(describing: error)
        }
    }
}
