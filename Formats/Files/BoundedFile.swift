import Glibc

/// Reads whole files that must not be larger than their reader expects.
public enum BoundedFile {
    /// The bytes of a file, or of standard input when the path is `-`.
    ///
    /// - Parameter limit: bytes; one more is an error, so that a wrong file or an endless one cannot fill memory.
    /// - Throws: ``FormatError`` with the system's reason, or that the file is too large.
    public static func read(_ path: String, limit: Int) throws(FormatError) -> [UInt8] {
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path, "cannot be opened") }
        defer { if path != "-" { close(descriptor) } }
        var bytes: [UInt8] = []
        if let size = size(descriptor) {
            guard size <= limit else { throw tooLarge(path, limit) }
            bytes.reserveCapacity(size + 1)
        }
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &block, block.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(path, "cannot be read") }
            guard count > 0 else { return bytes }
            bytes.append(contentsOf: block[0..<count])
            guard bytes.count <= limit else { throw tooLarge(path, limit) }
        }
    }

    /// The first bytes of a file, fewer where it is shorter.
    ///
    /// - Throws: ``FormatError`` with the system's reason.
    public static func readStart(_ path: String, count: Int) throws(FormatError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path, "cannot be opened") }
        defer { close(descriptor) }
        var block = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let read = block.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress?.advanced(by: filled), count - filled) }
            if read < 0, errno == EINTR { continue }
            guard read >= 0 else { throw failure(path, "cannot be read") }
            if read == 0 { break }
            filled += read
        }
        return Array(block.prefix(filled))
    }

    /// The size that a regular file states; nil for pipes and devices.
    private static func size(_ descriptor: Int32) -> Int? {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    private static func failure(_ path: String, _ what: String) -> FormatError {
        FormatError(.system, file: path, found: "a file that \(what): \(String(cString: strerror(errno)))")
    }

    private static func tooLarge(_ path: String, _ limit: Int) -> FormatError {
        FormatError(.tooLarge, file: path, found: "more than \(limit) bytes", expected: "at most \(limit) bytes")
    }
}
