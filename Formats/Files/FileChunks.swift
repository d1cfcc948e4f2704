import Glibc

/// A file that is read piece by piece.
public final class FileChunks {
    private let path: String
    private let descriptor: Int32
    private var block: [UInt8]

    /// - Parameter size: bytes of a piece.
    /// - Throws: ``FormatError`` with the system's reason.
    public init(_ path: String, size: Int = 1 << 18) throws(FormatError) {
        (self.path, descriptor) = (path, open(path, O_RDONLY | O_CLOEXEC))
        block = [UInt8](repeating: 0, count: size)
        guard descriptor >= 0 else { throw Self.failure(path, "cannot be opened") }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Whether a path is a plain file, which can be read twice; pipes, devices and folders are not.
    public static func isRegular(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// The next bytes; nil at the end of the file.
    ///
    /// - Throws: ``FormatError`` with the system's reason.
    public func next() throws(FormatError) -> ArraySlice<UInt8>? {
        while true {
            let count = Glibc.read(descriptor, &block, block.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Self.failure(path, "cannot be read") }
            return count > 0 ? block[..<count] : nil
        }
    }

    private static func failure(_ path: String, _ what: String) -> FormatError {
        FormatError(.system, file: path, found: "a file that \(what): \(String(cString: strerror(errno)))")
    }
}
