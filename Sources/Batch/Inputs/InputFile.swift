/// A file to work on: where it is, and where it stands below the folder the user named.
public struct InputFile: Hashable, Sendable, Codable {
    /// The path to open.
    public let path: String
    /// The path below the named folder, which the output mirrors; the bare file name for a file named directly.
    public let relativePath: String

    public init(path: String, relativePath: String) { (self.path, self.relativePath) = (path, relativePath) }

    /// The last part of the path.
    public var name: String { FilePath.name(path) }

    public var kind: InputKind? { InputKind(name: name) }
}

/// Path arithmetic on plain strings. Nothing here touches the disk.
enum FilePath {
    static func name(_ path: String) -> String { String(path[path.index(afterLast: "/")...]) }

    /// Everything before the last slash; empty for a bare name.
    static func folder(_ path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "" }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    static func join(_ folder: String, _ name: String) -> String {
        if folder.isEmpty || name.hasPrefix("/") { return name }
        return folder.hasSuffix("/") ? folder + name : folder + "/" + name
    }

    /// The name without its last suffix; a leading dot is no suffix.
    static func stem(_ path: String) -> String {
        let name = name(path)
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
        return String(name[..<dot])
    }

    /// The letters after the last dot of the name, lowercased; empty where there is none.
    static func suffix(_ path: String) -> String {
        let name = name(path)
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return "" }
        return name[name.index(after: dot)...].lowercased()
    }

    /// The same path without `.`, `..` and doubled slashes. Symbolic links are left alone.
    static func standardized(_ path: String) -> String {
        let isAbsolute = path.hasPrefix("/")
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else if part != ".." || !isAbsolute {
                parts.append(part)
            }
        }
        let joined = parts.joined(separator: "/")
        return isAbsolute ? "/" + joined : (joined.isEmpty ? "." : joined)
    }
}

extension String {
    fileprivate func index(afterLast character: Character) -> Index {
        lastIndex(of: character).map(index(after:)) ?? startIndex
    }
}
