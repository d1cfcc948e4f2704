#if canImport(Glibc)
    import Glibc
#endif

/// A file that a C library writes by its descriptor, and that appears whole or not at all.
///
/// The bytes go to a temporary sibling; ``commit()`` flushes them to the disk and gives them their name. Without it
/// nothing is left behind.
final class PendingFile {
    /// Open for reading and writing until ``commit()``.
    let descriptor: Int32
    private let target: String
    private let temporary: String
    private let replaces: Bool
    private var isOpen = true

    /// - Parameter replaces: whether a file of that name may be replaced; a symbolic link is followed then.
    init(_ path: String, replaces: Bool) throws(MediaError) {
        self.replaces = replaces
        target = replaces ? Self.resolved(path) : path
        if !replaces, Self.status(of: path) != nil { throw Self.alreadyThere(path) }
        (descriptor, temporary) = try Self.createSibling(of: target)
        if let status = Self.status(of: target) { fchmod(descriptor, status.st_mode & 0o777) }
    }

    deinit {
        guard isOpen else { return }
        close(descriptor)
        unlink(temporary)
    }

    /// Nothing may be written afterwards.
    func commit() throws(MediaError) {
        precondition(isOpen, "a file is committed once")
        guard fsync(descriptor) == 0 else { throw failure() }
        // A link fails where a rename would replace a file that appeared in the meantime.
        guard (replaces ? rename(temporary, target) : link(temporary, target)) == 0 else {
            throw errno == EEXIST ? Self.alreadyThere(target) : failure()
        }
        if !replaces { unlink(temporary) }
        isOpen = false
        // Full disks and network folders report some failures only here.
        guard close(descriptor) == 0 else { throw failure() }
        flushFolder()
    }

    private static func createSibling(of path: String) throws(MediaError) -> (Int32, String) {
        let name = path.split(separator: "/").last.map(String.init) ?? "file"
        for _ in 0..<100 {
            let tag = String(UInt32.random(in: .min ... .max), radix: 36)
            let sibling = "\(folder(of: path))/.\(name.prefix(80)).\(tag).part"
            let descriptor = open(sibling, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            if descriptor >= 0 { return (descriptor, sibling) }
            guard errno == EEXIST else { break }
        }
        throw MediaError(path: path, reason: .output(systemMessage(errno)))
    }

    /// So that the name survives a power cut as well. Some file systems cannot, and the bytes are safe already.
    private func flushFolder() {
        let folder = open(Self.folder(of: target), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func status(of path: String) -> stat? {
        var status = stat()
        return lstat(path, &status) == 0 ? status : nil
    }

    private static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    private func failure() -> MediaError { MediaError(path: target, reason: .output(systemMessage(errno))) }

    private static func alreadyThere(_ path: String) -> MediaError {
        MediaError(path: path, reason: .output("a file of that name exists already"))
    }
}
