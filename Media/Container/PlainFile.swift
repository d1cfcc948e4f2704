#if canImport(Glibc)
    import Glibc
#endif

/// The bytes of one plain local file, opened once, without following it into a pipe or device.
///
/// Whatever decodes the file reads through this, so that nothing else is opened, and every read looks at cancellation
/// and at the time limit first.
final class PlainFile {
    let path: String
    let size: Int64
    private let descriptor: Int32
    private let deadline: Deadline

    init(path: String, timeLimit: Int?) throws(MediaError) {
        self.path = path
        (descriptor, size) = try Self.open(path)
        deadline = Deadline(seconds: timeLimit)
    }

    deinit { close(descriptor) }

    /// Why reading was stopped from outside; nil while it may go on.
    var interruption: MediaError.Reason? { deadline.interruption }

    /// Reads on from the current place.
    ///
    /// - Returns: the number of bytes read, 0 at the end, or a negative `errno`; `-ECANCELED` when interrupted.
    func read(into buffer: UnsafeMutableRawPointer, count: Int) -> Int {
        if deadline.interruption != nil { return -Int(ECANCELED) }
        while true {
            let got = Glibc.read(descriptor, buffer, count)
            if got >= 0 { return got }
            if errno != EINTR { return -Int(errno) }
        }
    }

    /// - Returns: the new place, or a negative `errno`.
    func seek(to offset: Int64, whence: Int32) -> Int64 {
        let place = lseek(descriptor, Int(offset), whence)
        return place < 0 ? Int64(-errno) : Int64(place)
    }

    /// Up to so many bytes from a place, without moving the current one; fewer at the end of the file.
    func bytes(at offset: Int64, count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = max(0, pread(descriptor, buffer.baseAddress, count, Int(offset)))
        }
    }

    /// Opens a plain file for reading. `O_NONBLOCK` keeps a pipe from holding the call until a writer comes.
    private static func open(_ path: String) throws(MediaError) -> (descriptor: Int32, size: Int64) {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw MediaError(path: path, reason: .system(systemMessage(errno))) }
        do {
            return (descriptor, try size(of: descriptor, path: path))
        } catch {
            close(descriptor)
            throw error
        }
    }

    private static func size(of descriptor: Int32, path: String) throws(MediaError) -> Int64 {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw MediaError(path: path, reason: .system(systemMessage(errno)))
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw MediaError(path: path, reason: .notAFile(kind(of: status.st_mode)))
        }
        guard status.st_size > 0 else { throw MediaError(path: path, reason: .empty) }
        return Int64(status.st_size)
    }

    private static func kind(of mode: mode_t) -> String {
        switch mode & S_IFMT {
        case S_IFDIR: "a folder"
        case S_IFIFO: "a pipe"
        case S_IFSOCK: "a socket"
        default: "a device"
        }
    }
}

/// The message of an `errno`.
func systemMessage(_ code: Int32) -> String { String(cString: strerror(code)) }
