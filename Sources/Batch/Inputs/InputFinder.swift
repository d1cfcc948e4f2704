#if canImport(Glibc)
    import Glibc
#endif

/// Turns what the user named (folders, files, glob patterns) into a sorted list of files.
///
/// Folders are searched to any depth, links to folders are followed once, and hidden names are passed over. The order
/// is that of the paths' bytes, so it does not depend on the file system.
public struct InputFinder: Sendable {
    /// Folders that are not entered, such as the output of an earlier run.
    public var excludedFolders: [String]

    public init(excludedFolders: [String] = []) { self.excludedFolders = excludedFolders }

    /// - Throws: ``BatchError/unreadable(path:reason:)`` and ``BatchError/nothingMatches(pattern:)``.
    public func files(in arguments: [String]) throws -> [InputFile] {
        var seen: Set<String> = []
        return try arguments.flatMap(expand).filter { seen.insert(FilePath.standardized($0.path)).inserted }
    }

    private func expand(_ argument: String) throws -> [InputFile] {
        if let entry = FileStatus(path: argument) {
            guard entry.isFolder else { return [InputFile(path: argument, relativePath: FilePath.name(argument))] }
            return try contents(of: argument)
        }
        guard GlobPattern.isPattern(argument) else {
            throw BatchError.unreadable(path: argument, reason: String(cString: strerror(errno)))
        }
        return try matches(of: argument)
    }

    private func contents(of folder: String) throws -> [InputFile] {
        var walk = FolderWalk(excluded: Set(excludedFolders.compactMap { FileStatus(path: $0)?.identity }))
        return try walk.files(below: folder).map { InputFile(path: FilePath.join(folder, $0), relativePath: $0) }
    }

    /// Files below the part of the pattern that names no wildcard; the output mirrors what comes after that part.
    private func matches(of pattern: String) throws -> [InputFile] {
        let glob = GlobPattern(pattern)
        guard FileStatus(path: glob.root.isEmpty ? "." : glob.root)?.isFolder == true else {
            throw BatchError.nothingMatches(pattern: pattern)
        }
        let found = try contents(of: glob.root.isEmpty ? "." : glob.root).filter { glob.matches($0.relativePath) }
        guard !found.isEmpty else { throw BatchError.nothingMatches(pattern: pattern) }
        return found.map { InputFile(path: FilePath.join(glob.root, $0.relativePath), relativePath: $0.relativePath) }
    }
}

/// One walk through a tree, which enters every folder at most once.
private struct FolderWalk {
    var entered: Set<FileStatus.Identity>

    init(excluded: Set<FileStatus.Identity>) { entered = excluded }

    /// Relative paths of all files that are not hidden, in byte order.
    mutating func files(below folder: String) throws -> [String] {
        var found: [String] = []
        try collect(folder, prefix: "", into: &found)
        return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private mutating func collect(_ folder: String, prefix: String, into found: inout [String]) throws {
        guard let status = FileStatus(path: folder), entered.insert(status.identity).inserted else { return }
        let names: [String]
        do { names = try Folder.names(in: folder) } catch {
            throw BatchError.unreadable(path: folder, reason: error.reason)
        }
        for name in names.sorted() where !name.hasPrefix(".") {
            let path = FilePath.join(folder, name)
            guard let entry = FileStatus(path: path) else { continue }
            if entry.isFolder {
                try collect(path, prefix: prefix + name + "/", into: &found)
            } else if entry.isRegularFile {
                found.append(prefix + name)
            }
        }
    }
}
