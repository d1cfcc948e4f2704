import Formats
import Neural

/// A model taken out of a file that a user has: the file itself, or a member of a Python wheel.
struct ModelPackage {
    /// Bytes of a model or library, and of a wheel.
    static let sizeLimit = 2_000_000_000

    let fileName: String
    let bytes: [UInt8]
    var version, licence: String?
    let source: String

    /// - Parameter name: under which it is added; for `silero-vad` and `onnxruntime` the member of a wheel is known.
    /// - Throws: ``FormatError`` or ``ModelError`` when the file cannot be read or holds no such model.
    init(_ path: String, as name: String) throws {
        let bytes = try BoundedFile.read(path, limit: Self.sizeLimit)
        let base = path.split(separator: "/").last.map(String.init) ?? path
        guard ZipArchive.isArchive(bytes) else {
            (fileName, self.bytes, source) = (Self.plainName(base, name), bytes, base)
            return
        }
        let archive = try ZipArchive(bytes, file: path)
        guard let member = try Self.member(of: archive, name, path) else { throw ModelError(path, "holds no \(Self.wanted(name))") }
        fileName = Self.plainName(member.name.split(separator: "/").last.map(String.init) ?? member.name, name)
        self.bytes = try archive.content(of: member, limit: Self.sizeLimit)
        source = "\(base), \(member.name)"
        try readMetadata(archive)
    }

    /// The library goes by one name, whatever its version.
    private static func plainName(_ base: String, _ name: String) -> String { name == ModelStore.runtime ? "libonnxruntime.so" : base }

    private static func wanted(_ name: String) -> String {
        switch name {
        case ModelStore.silero: "silero_vad/data/silero_vad.onnx; expected the wheel of silero-vad 5 or 6"
        case ModelStore.runtime: "onnxruntime/capi/libonnxruntime.so; expected the wheel of onnxruntime for Linux"
        default: "file *.onnx"
        }
    }

    private static func member(of archive: ZipArchive, _ name: String, _ path: String) throws(ModelError) -> ZipArchive.Member? {
        switch name {
        case ModelStore.silero: return archive.members.first { $0.name == "silero_vad/data/silero_vad.onnx" }
        case ModelStore.runtime: return archive.members.first { $0.name.hasPrefix("onnxruntime/capi/libonnxruntime.so") }
        default:
            let models = archive.members.filter { $0.name.hasSuffix(".onnx") }
            guard models.count <= 1 else { throw ModelError(path, "holds \(models.count) files *.onnx; unpack it and name the one to add") }
            return models.first
        }
    }

    /// Version and licence by the wheel's METADATA (Python's core metadata specifications).
    private mutating func readMetadata(_ archive: ZipArchive) throws(ModelError) {
        guard let member = archive.members.first(where: { $0.name.hasSuffix(".dist-info/METADATA") }) else { return }
        let lines = String(decoding: try archive.content(of: member, limit: 1 << 20), as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).prefix { !$0.isEmpty }
        func value(_ key: String) -> String? {
            lines.first { $0.hasPrefix(key + ": ") }.map { String($0.dropFirst(key.count + 2).prefix(100)) }
        }
        version = value("Version")
        licence = value("License-Expression") ?? value("License")
            ?? lines.first { $0.hasPrefix("Classifier: License ::") }.flatMap { $0.split(separator: ":").last.map { String($0.drop { $0 == " " }) } }
    }
}
