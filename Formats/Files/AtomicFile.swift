import Glibc

/// A file that appears whole or not at all.
///
/// Bytes go to a file without a name in the target's folder, or where the file system has none of those to a temporary
/// sibling. ``commit()`` flushes them to the disk and gives them the name in one step. Without it, or after an error,
/// nothing is left behind.
///
///     try AtomicFile.write(bytes, to: "out/film.srt")
public final class AtomicFile {
    private let target: String
    private let folder: String
    private let replaces: Bool
    private var descriptor: Int32
    /// The name of the bytes until they are committed; nil while they have none.
    private var temporary: String?

    /// Opens a new file that will be named `path`.
    ///
    /// - Parameter replaces: whether a file of that name may be replaced. A symbolic link is followed then, so that the
    ///   file it names is replaced and the link stays.
    /// - Throws: ``FormatError`` when the file exists and may not be replaced, or its folder cannot be written.
    public init(_ path: String, replaces: Bool = false) throws(FormatError) {
        target = replaces ? Self.resolved(path) : path
        folder = Self.folder(of: target)
        self.replaces = replaces
        descriptor = -1
        if !replaces, Self.exists(path) { throw Self.alreadyThere(path) }
        try openTemporary()
        if let mode = Self.mode(of: target) { fchmod(descriptor, mode) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        if let temporary { unlink(temporary) }
    }

    /// Writes a whole file.
    public static func write(_ bytes: [UInt8], to path: String, replaces: Bool = false) throws(FormatError) {
        let file = try AtomicFile(path, replaces: replaces)
        try file.write(bytes)
        try file.commit()
    }

    /// Appends bytes.
    public func write(_ bytes: [UInt8]) throws(FormatError) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress?.advanced(by: done), bytes.count - done) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("cannot be written") }
            done += count
        }
    }

    /// Flushes the bytes to the disk and gives them their name. Nothing can be written afterwards.
    public func commit() throws(FormatError) {
        precondition(descriptor >= 0, "a file is committed once")
        guard fsync(descriptor) == 0 else { throw failure("cannot be flushed to the disk") }
        if temporary == nil { try nameTemporary() }
        guard let named = temporary else { return }
        if named != target { try rename(named) }
        temporary = nil
        // Full disks and network folders report some failures only here.
        guard close(take()) == 0 else { throw failure("cannot be closed") }
        try flushFolder()
    }

    private func take() -> Int32 {
        defer { descriptor = -1 }
        return descriptor
    }

    // MARK: Names

    /// `O_TMPFILE` of Linux, which Glibc's module does not import: `__O_TMPFILE | O_DIRECTORY`.
    private static let unnamed = 0o20_000_000 | O_DIRECTORY

    private func openTemporary() throws(FormatError) {
        descriptor = open(folder, Self.unnamed | O_WRONLY | O_CLOEXEC, 0o666)
        if descriptor >= 0 { return }
        for _ in 0..<100 {
            let name = siblingName()
            descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            if descriptor >= 0 { return temporary = name }
            guard errno == EEXIST else { break }
        }
        throw failure("cannot be created")
    }

    private func siblingName() -> String {
        let name = target.split(separator: "/").last.map(String.init) ?? "file"
        let tag = String(UInt32.random(in: .min ... .max), radix: 36)
        return "\(folder)/.\(name.prefix(80)).\(tag).part"
    }

    /// Gives the unnamed bytes the target's name, or a temporary one when the target must be replaced.
    private func nameTemporary() throws(FormatError) {
        let source = "/proc/self/fd/\(descriptor)"
        for _ in 0..<100 {
            let name = replaces && Self.exists(target) ? siblingName() : target
            if linkat(AT_FDCWD, source, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0 { return temporary = name }
            guard errno == EEXIST else { throw failure("cannot be named") }
            guard replaces else { throw Self.alreadyThere(target) }
        }
        throw failure("cannot be named")
    }

    private func rename(_ source: String) throws(FormatError) {
        if replaces {
            guard Glibc.rename(source, target) == 0 else { throw failure("cannot be put in place") }
            return
        }
        // A link fails where a rename would replace a file that appeared in the meantime.
        guard link(source, target) == 0 else {
            if errno == EEXIST { throw Self.alreadyThere(target) }
            throw failure("cannot be put in place")
        }
        unlink(source)
    }

    private func flushFolder() throws(FormatError) {
        let handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard handle >= 0 else { return }
        defer { close(handle) }
        // Some file systems cannot flush a folder and say so; the file itself is safe.
        guard fsync(handle) == 0 || errno == EINVAL || errno == EROFS else { throw failure("has a folder that cannot be flushed") }
    }

    // MARK: The file system

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    /// The permissions of a file that will be replaced; nil when there is none.
    private static func mode(of path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : nil
    }

    private static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    private func failure(_ what: String) -> FormatError {
        FormatError(.system, file: target, found: "a file that \(what): \(String(cString: strerror(errno)))")
    }

    private static func alreadyThere(_ path: String) -> FormatError {
        FormatError(.exists, file: path, found: "a file of that name", expected: "a new name, or leave to replace it")
    }
}
