import Timeline

/// The pictures of a folder by their names, for formats whose labels need a picture's size.
struct PictureFiles {
    private let folder: any LabelFolder
    private var paths: [String: String] = [:]

    static let suffixes = ["jpg", "jpeg", "png", "bmp", "gif", "webp"]
    /// Bytes of a picture that are read: its header, and where that does not reach, what cameras write before it too.
    private static let headSizes = [1 << 12, 1 << 20]

    init(_ folder: any LabelFolder) {
        self.folder = folder
        for path in folder.paths where Self.isPicture(path) { if paths[Self.stem(path)] == nil { paths[Self.stem(path)] = path } }
    }

    static func isPicture(_ path: String) -> Bool {
        guard let dot = path.utf8.lastIndex(of: .ascii(".")) else { return false }
        return suffixes.contains(path[path.index(after: dot)...].lowercased())
    }

    /// The name without folders and suffix.
    static func stem(_ path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
        return String(name[..<dot])
    }

    /// The picture of a name without suffix; nil when there is none.
    func path(of stem: String) -> String? { paths[stem] }

    /// The size of the picture of a name; nil when there is none or its header cannot be read.
    func size(of stem: String) -> PictureSize? {
        guard let path = paths[stem] else { return nil }
        for count in Self.headSizes {
            guard let bytes = try? folder.readStart(path, count: count) else { return nil }
            if let size = PictureSize(header: bytes) { return size }
            if bytes.count < count { return nil }
        }
        return nil
    }
}
