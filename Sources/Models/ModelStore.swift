import Formats
import Neural

#if canImport(Glibc)
    import Glibc
#endif

/// Model files that the user added, a folder each, with a record of where they came from.
///
///     let store = ModelStore.standard
///     try store.add("silero-vad", from: "silero_vad-6.2.3-py3-none-any.whl")
///     let path = try store.path(of: "silero-vad")
public struct ModelStore: Sendable {
    /// Names with a meaning.
    public static let silero = "silero-vad"
    public static let runtime = "onnxruntime"

    public let folder: String

    public init(folder: String) { self.folder = folder }

    /// The folder that `SLATE_MODELS` names, else `slate/models` in `XDG_DATA_HOME`, else that in `~/.local/share`.
    public static var standard: ModelStore {
        func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 } }
        if let folder = variable("SLATE_MODELS") { return ModelStore(folder: folder) }
        // The XDG base directory specification takes relative paths for none.
        let data = variable("XDG_DATA_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil } ?? (variable("HOME") ?? "") + "/.local/share"
        return ModelStore(folder: data + "/slate/models")
    }

    /// Whether a name can be a folder's: letters, digits, `-`, `_` and `.`, not at the beginning a point.
    public static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 100 && !name.hasPrefix(".")
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
    }

    /// The records, by name. Folders without a readable record are left out.
    public var records: [ModelRecord] {
        guard let handle = opendir(folder) else { return [] }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            names.append(withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
        }
        return names.sorted().compactMap { Self.isName($0) ? try? record(of: $0) : nil }
    }

    /// - Throws: ``ModelError`` when there is no such model.
    public func record(of name: String) throws -> ModelRecord {
        let path = recordPath(name)
        guard Self.isName(name), access(path, F_OK) == 0 else {
            throw ModelError(name, "is not among the models in \(folder); 'slate models add \(name) FILE' puts it there")
        }
        var log = DiagnosticLog(file: path)
        guard let record = ModelRecord(try JSONReader.read(try BoundedFile.read(path, limit: 1 << 20), log: &log)), record.name == name else {
            throw ModelError(path, "is no record of a model; remove the model and add it again")
        }
        return record
    }

    /// Where the file of a model is.
    ///
    /// - Throws: ``ModelError`` when there is no such model.
    public func path(of name: String) throws -> String { "\(folder)/\(name)/\(try record(of: name).file)" }

    /// The bytes of a model, which must be those that were added.
    ///
    /// - Throws: ``ModelError`` when there is no such model, or its file has changed.
    public func bytes(of name: String) throws -> [UInt8] {
        let (record, path) = (try record(of: name), try path(of: name))
        let bytes = try BoundedFile.read(path, limit: ModelPackage.sizeLimit)
        guard SHA256.hex(bytes) == record.sha256 else { throw ModelError(path, "has changed since it was added; remove the model and add it again") }
        return bytes
    }

    /// Adds a model from a local file: an ONNX file, a library for `onnxruntime`, or a Python wheel that holds one.
    ///
    /// - Parameter replaces: whether a model of that name may be replaced.
    /// - Throws: ``ModelError`` or ``FormatError`` when it is no model, is there already, or cannot be written.
    @discardableResult
    public func add(_ name: String, from path: String, licence: String? = nil, source: String? = nil, replaces: Bool = false) throws -> ModelRecord {
        guard Self.isName(name) else { throw ModelError(name, "cannot be a model's name; letters, digits, '-', '_' and '.' can") }
        if !replaces, access(recordPath(name), F_OK) == 0 { throw ModelError(name, "is in \(folder) already; --replace takes the new file") }
        let package = try ModelPackage(path, as: name)
        var record = ModelRecord(
            name: name, file: package.fileName, sha256: SHA256.hex(package.bytes), byteCount: package.bytes.count, version: package.version,
            licence: licence ?? package.licence, source: source ?? package.source)
        if name == Self.runtime {
            guard package.bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46]) else { throw ModelError(path, "is not a shared library (ELF)") }
        } else {
            let model = try ONNXModel(package.bytes, file: path)
            (record.inputs, record.outputs) = (model.graph.inputs, model.graph.outputs)
        }
        if replaces { try? remove(name) }
        try makeFolder("\(folder)/\(name)")
        try AtomicFile.write(package.bytes, to: "\(folder)/\(name)/\(record.file)", replaces: true)
        try AtomicFile.write(JSONWriter.write(record.json), to: recordPath(name), replaces: true)
        return record
    }

    /// Removes a model's files.
    ///
    /// - Throws: ``ModelError`` when there is no such model, or its files cannot be removed.
    public func remove(_ name: String) throws {
        let path = try path(of: name)
        // The record goes last, so that what is left after a failure can be removed again.
        guard unlink(path) == 0 || errno == ENOENT, unlink(recordPath(name)) == 0 else {
            throw ModelError(path, "cannot be removed: \(String(cString: strerror(errno)))")
        }
        rmdir("\(folder)/\(name)")
    }

    private func recordPath(_ name: String) -> String { "\(folder)/\(name)/model.json" }

    /// Makes a folder and those that it lies in.
    private func makeFolder(_ path: String) throws(ModelError) {
        var made = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            made += "/" + part
            guard mkdir(made, 0o777) == 0 || errno == EEXIST else { throw ModelError(made, "cannot be made: \(String(cString: strerror(errno)))") }
        }
    }
}
