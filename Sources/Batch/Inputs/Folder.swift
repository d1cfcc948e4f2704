#if canImport(Glibc)
    import Glibc
#endif

/// Listing and making folders.
public enum Folder {
    /// Why a folder could not be listed or made.
    public struct Failure: Error, Hashable {
        /// A value of `errno`.
        let code: Int32
        public var reason: String { String(cString: strerror(code)) }
    }

    /// The names in a folder, without `.` and `..`, in the order of the file system. Bytes that are not UTF-8 become
    /// U+FFFD, so such a file is not found again by its name.
    ///
    /// - Parameter path: empty for the working folder.
    static func names(in path: String) throws(Failure) -> [String] {
        guard let folder = opendir(path.isEmpty ? "." : path) else { throw Failure(code: errno) }
        defer { closedir(folder) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(folder) else { break }
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        guard errno == 0 else { throw Failure(code: errno) }
        return names
    }

    /// Makes a folder and those above it that are missing. One that is there is left as it is.
    public static func make(_ path: String) throws(Failure) {
        if path.isEmpty || FileStatus(path: path)?.isFolder == true { return }
        if case let parent = FilePath.folder(path), parent != path { try make(parent) }
        guard mkdir(path, 0o777) != 0 else { return }
        let code = errno
        // Another worker may have made it in the meantime.
        guard code == EEXIST, FileStatus(path: path)?.isFolder == true else { throw Failure(code: code) }
    }
}
