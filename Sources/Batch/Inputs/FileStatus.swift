#if canImport(Glibc)
    import Glibc
#endif

/// What the file system says about a path, links followed.
struct FileStatus: Sendable {
    /// Names one file or folder whatever path leads to it.
    struct Identity: Hashable, Sendable {
        let device, node: UInt64
    }

    let identity: Identity
    let mode: UInt32
    /// Bytes.
    let size: Int64
    /// Nanoseconds since 1970.
    let modified: Int64

    /// Nil, with `errno` set, where nothing can be found.
    init?(path: String) {
        var info = stat()
        guard stat(path, &info) == 0 else { return nil }
        self.init(info)
    }

    private init(_ info: stat) {
        identity = Identity(device: UInt64(info.st_dev), node: UInt64(info.st_ino))
        mode = UInt32(info.st_mode)
        size = Int64(info.st_size)
        modified = Int64(info.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(info.st_mtim.tv_nsec)
    }

    var isFolder: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFDIR) }
    var isRegularFile: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFREG) }
}
