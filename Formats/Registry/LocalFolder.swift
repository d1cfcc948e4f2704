import Glibc

/// A folder on disk. Links inside it are neither followed nor listed.
public struct LocalFolder: LabelFolder {
    public let root: String
    public let paths: [String]

    /// Files that are listed at most.
    public static let fileLimit = 10_000_000

    /// - Throws: ``FormatError`` when the folder cannot be listed or holds too many files.
    public init(_ root: String) throws(FormatError) {
        self.root = root
        var (found, waiting) = ([String](), [""])
        while let folder = waiting.popLast() {
            for entry in try Self.entries(of: folder.isEmpty ? root : "\(root)/\(folder)") {
                let path = folder.isEmpty ? entry.name : "\(folder)/\(entry.name)"
                if entry.isFolder { waiting.append(path) } else { found.append(path) }
            }
            guard found.count + waiting.count <= Self.fileLimit else {
                throw FormatError(.tooLarge, file: root, found: "more than \(Self.fileLimit) files", expected: "fewer")
            }
        }
        paths = found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    public func read(_ path: String, limit: Int) throws(FormatError) -> [UInt8] { try BoundedFile.read("\(root)/\(path)", limit: limit) }

    public func readStart(_ path: String, count: Int) throws(FormatError) -> [UInt8] { try BoundedFile.readStart("\(root)/\(path)", count: count) }

    /// Whether a path is a folder, links followed.
    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The files and folders of one folder; links, pipes and devices left out.
    private static func entries(of path: String) throws(FormatError) -> [(name: String, isFolder: Bool)] {
        guard let handle = opendir(path) else {
            throw FormatError(.system, file: path, found: "a folder that cannot be listed: \(String(cString: strerror(errno)))")
        }
        defer { closedir(handle) }
        var found: [(name: String, isFolder: Bool)] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self)) }
            guard name != ".", name != ".." else { continue }
            var status = stat()
            guard lstat("\(path)/\(name)", &status) == 0 else { continue }
            switch status.st_mode & S_IFMT {
            case S_IFDIR: found.append((name, true))
            case S_IFREG: found.append((name, false))
            default: continue
            }
        }
        return found
    }
}

extension LabelInput {
    /// A file, a folder, or standard input for `-`.
    ///
    /// - Throws: ``FormatError`` when it cannot be read.
    public init(path: String) throws(FormatError) {
        if path != "-", LocalFolder.isFolder(path) {
            self.init(try LocalFolder(path), name: path)
        } else {
            self.init(try BoundedFile.read(path, limit: Self.sizeLimit), name: path)
        }
    }
}
