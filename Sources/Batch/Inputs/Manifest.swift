import Formats

/// A list of pairs to work on: CSV with a header line, or JSON Lines, told apart by the first byte (`{` is JSON).
///
///     media,subtitles,output,language
///     films/one.mkv,subs/one.en.srt,,en
///
/// Columns (or keys): `media` and `subtitles` are required in every row, `output` and `language` may be empty or
/// absent. Names that begin with `x-` are passed over; any other name is an error, so that a slip of the pen is seen.
/// Relative `media` and `subtitles` paths start at the manifest's folder, `output` at the output folder.
public struct Manifest: Sendable {
    /// One pair of the list.
    public struct Row: Hashable, Sendable {
        /// Line of the manifest, from 1.
        public let line: Int
        public let media, subtitles: String
        /// Where the output goes below the output folder when the row names none: the subtitles' path as the manifest
        /// writes it, or the bare name of a path that is absolute or leads upwards.
        public let mirroredOutput: String
        public let output, language: String?
    }

    public let rows: [Row]

    /// Bytes: room for a million pairs with long paths.
    private static let largestFile = 1 << 28

    static let knownNames = ["media", "subtitles", "output", "language"]

    /// Whether an argument names a manifest rather than something to work on.
    public static func isManifest(_ path: String) -> Bool {
        ["csv", "jsonl", "ndjson"].contains(FilePath.suffix(path))
    }

    /// - Throws: ``BatchError`` when the file cannot be read or breaks the rules.
    public init(contentsOf path: String) throws {
        let bytes: [UInt8]
        do { bytes = try BoundedFile.read(path, limit: Self.largestFile) } catch {
            throw BatchError.unreadable(path: path, reason: error.diagnostic.found)
        }
        try self.init(bytes: bytes, file: path)
    }

    /// - Parameter file: names the manifest in errors; its folder is where relative paths start.
    public init(bytes: [UInt8], file: String) throws {
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        let isJSON = text.first { !Self.isBlank($0) } == UInt8(ascii: "{")
        let records = try isJSON ? Self.jsonRecords(text, file: file) : Self.csvRecords(text, file: file)
        rows = try records.map { try Self.row($0, file: file) }
        try Self.refuseRepeatedOutputs(rows, file: file)
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

    private static func row(_ record: ManifestRecord, file: String) throws -> Row {
        func required(_ name: String) throws -> String {
            guard let field = record.fields[name], !field.text.isEmpty else {
                let column = record.fields[name]?.column ?? 1
                throw BatchError.manifest(
                    file: file, line: record.line, column: column, problem: "'\(name)' is missing; every row needs one")
            }
            return field.text
        }
        func optional(_ name: String) -> String? { record.fields[name].flatMap { $0.text.isEmpty ? nil : $0.text } }
        let (media, subtitles, folder) = (try required("media"), try required("subtitles"), FilePath.folder(file))
        let isBelow = !subtitles.hasPrefix("/") && !subtitles.split(separator: "/").contains("..")
        return Row(
            line: record.line, media: FilePath.join(folder, media), subtitles: FilePath.join(folder, subtitles),
            mirroredOutput: isBelow ? FilePath.standardized(subtitles) : FilePath.name(subtitles),
            output: optional("output"), language: optional("language"))
    }

    private static func refuseRepeatedOutputs(_ rows: [Row], file: String) throws {
        var lines: [String: Int] = [:]
        for row in rows {
            guard let output = row.output.map(FilePath.standardized) else { continue }
            if let earlier = lines.updateValue(row.line, forKey: output) {
                throw BatchError.manifest(
                    file: file, line: row.line, column: 1,
                    problem: "output '\(output)' is already used in line \(earlier)")
            }
        }
    }
}

/// One row before its meaning is checked.
struct ManifestRecord {
    struct Field {
        let text: String
        /// Where the field begins, in bytes from 1.
        let column: Int
    }

    let line: Int
    var fields: [String: Field]
}

extension Manifest {
    /// Nil for a name that is to be passed over.
    static func checkedName(_ name: String, file: String, line: Int, column: Int) throws -> String? {
        if name.hasPrefix("x-") { return nil }
        guard knownNames.contains(name) else {
            throw BatchError.manifest(
                file: file, line: line, column: column,
                problem:
                    "unknown name '\(name)'; known are \(knownNames.joined(separator: ", ")), and x-… is passed over")
        }
        return name
    }
}
