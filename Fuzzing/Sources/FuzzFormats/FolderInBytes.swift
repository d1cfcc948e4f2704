import Formats

/// A folder in one string of bytes: 0xFE, a path, a line feed and the file's bytes, for each file. 0xFE stands in no UTF-8.
struct FolderInBytes: LabelFolder {
    private let files: [String: [UInt8]]
    let paths: [String]

    static let mark: UInt8 = 0xFE

    init(_ bytes: [UInt8]) {
        var files: [String: [UInt8]] = [:]
        for part in bytes.split(separator: Self.mark) {
            let name = part.prefix { $0 != 0x0A }
            files[String(decoding: name, as: UTF8.self)] = Array(part.dropFirst(name.count + 1))
        }
        self.init(files)
    }

    init(_ files: [OutputFile]) { self.init(Dictionary(files.map { ($0.path, $0.bytes) }, uniquingKeysWith: { $1 })) }

    private init(_ files: [String: [UInt8]]) {
        self.files = files
        paths = files.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    func read(_ path: String, limit: Int) throws(FormatError) -> [UInt8] {
        guard let bytes = files[path] else { throw FormatError(.system, file: path, found: "no such file") }
        return bytes
    }

    static func encode(_ files: [OutputFile]) -> [UInt8] { files.flatMap { [mark] + Array($0.path.utf8) + [0x0A] + $0.bytes } }
}
