import Formats
import Glibc
import Neural
import ONNXFixtures
import Testing

@testable import Models

@Suite struct ModelStoreTests {
    /// A folder that goes with the test.
    final class Folder {
        let path: String

        init() {
            var name = Array("/tmp/slate-tests-XXXXXX".utf8CString)
            path = mkdtemp(&name).map { String(cString: $0) } ?? ""
        }

        deinit { Self.remove(path) }

        private static func remove(_ path: String) {
            if let folder = opendir(path) {
                while let entry = readdir(folder) {
                    let name = withUnsafePointer(to: &entry.pointee.d_name) { $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) } }
                    if name != ".", name != ".." { remove("\(path)/\(name)") }
                }
                closedir(folder)
            }
            _ = Glibc.remove(path)
        }

        func file(_ name: String, _ bytes: [UInt8]) throws -> String {
            try AtomicFile.write(bytes, to: "\(path)/\(name)")
            return "\(path)/\(name)"
        }
    }

    private let folder = Folder()
    private var store: ModelStore { ModelStore(folder: folder.path + "/data/models") }
    private let model = SileroFile(seed: 5, isTransform: false).bytes

    private func wheel(_ content: [UInt8]) -> [UInt8] {
        var zip = ZipWriter()
        zip.add("silero_vad/__init__.py", Array("pass\n".utf8))
        zip.add("silero_vad/data/silero_vad.onnx", content)
        zip.add("silero_vad-6.2.3.dist-info/METADATA", Array("Metadata-Version: 2.1\nName: silero-vad\nVersion: 6.2.3\nClassifier: License :: OSI Approved :: MIT License\n\nText\n".utf8), deflated: false)
        return zip.bytes
    }

    @Test func `a wheel's model is kept with its version, licence, hash and shapes`() throws {
        let path = try folder.file("silero_vad-6.2.3-py3-none-any.whl", wheel(model))
        let record = try store.add("silero-vad", from: path)
        #expect(record.version == "6.2.3" && record.licence == "MIT License" && record.file == "silero_vad.onnx")
        #expect(record.source == "silero_vad-6.2.3-py3-none-any.whl, silero_vad/data/silero_vad.onnx")
        #expect(record.sha256 == SHA256.hex(model) && record.byteCount == model.count)
        #expect(record.inputs.map(\.description) == ["input float32 [T, T]", "state float32 [2, T, 128]", "sr int64 []"])
        #expect(try store.record(of: "silero-vad") == record && store.records == [record])
        #expect(try store.bytes(of: "silero-vad") == model)
    }

    @Test func `a file is added under a name once, replaced when told, and removed`() throws {
        let (first, second) = (try folder.file("a.onnx", model), try folder.file("b.onnx", SileroFile(seed: 6, isTransform: false).bytes))
        try store.add("mine", from: first, licence: "MIT", source: "me")
        #expect(throws: ModelError("mine", "is in \(store.folder) already; --replace takes the new file")) { try store.add("mine", from: second) }
        #expect(try store.record(of: "mine").licence == "MIT" && store.record(of: "mine").source == "me")
        try store.add("mine", from: second, replaces: true)
        #expect(try store.record(of: "mine").file == "b.onnx" && access("\(store.folder)/mine/a.onnx", F_OK) != 0)
        try store.remove("mine")
        #expect(store.records.isEmpty && access("\(store.folder)/mine", F_OK) != 0)
        #expect(throws: ModelError("mine", "is not among the models in \(store.folder); 'slate models add mine FILE' puts it there")) { try store.remove("mine") }
    }

    @Test func `a changed file is not used`() throws {
        try store.add("mine", from: try folder.file("a.onnx", model))
        try AtomicFile.write(model + [0], to: "\(store.folder)/mine/a.onnx", replaces: true)
        #expect(throws: ModelError("\(store.folder)/mine/a.onnx", "has changed since it was added; remove the model and add it again")) { try store.bytes(of: "mine") }
    }

    @Test func `what is no model is refused and leaves nothing`() throws {
        let (text, cut) = (try folder.file("a.txt", Array("hello".utf8)), try folder.file("cut.onnx", Array(model.prefix(model.count / 2))))
        #expect(throws: ModelError.self) { try store.add("mine", from: text) }
        #expect(throws: ModelError.self) { try store.add("mine", from: cut) }
        #expect(throws: ModelError(text, "is not a shared library (ELF)")) { try store.add("onnxruntime", from: text) }
        #expect(throws: ModelError("../x", "cannot be a model's name; letters, digits, '-', '_' and '.' can")) { try store.add("../x", from: text) }
        #expect(throws: FormatError.self) { try store.add("mine", from: folder.path + "/none") }
        var zip = ZipWriter()
        zip.add("other.py", [])
        let other = try folder.file("other.whl", zip.bytes)
        #expect(throws: ModelError(other, "holds no silero_vad/data/silero_vad.onnx; expected the wheel of silero-vad 5 or 6")) { try store.add("silero-vad", from: other) }
        #expect(store.records.isEmpty)
    }

    @Test func `a library is taken out of its wheel under one name`() throws {
        var zip = ZipWriter()
        zip.add("onnxruntime/capi/libonnxruntime.so.1.32.0", [0x7F, 0x45, 0x4C, 0x46, 1])
        let record = try store.add("onnxruntime", from: try folder.file("ort.whl", zip.bytes))
        #expect(record.file == "libonnxruntime.so" && record.byteCount == 5 && record.inputs.isEmpty)
    }
}

@Suite struct ZipArchiveTests {
    private let bytes: [UInt8] = {
        var zip = ZipWriter()
        zip.add("a.txt", Array(repeating: 65, count: 5000))
        zip.add("b", [1, 2, 3], deflated: false)
        zip.add("empty", [])
        return zip.bytes
    }()

    @Test func `members come out as they went in`() throws {
        let archive = try ZipArchive(bytes, file: "a.zip")
        #expect(archive.members.map(\.name) == ["a.txt", "b", "empty"])
        #expect(try archive.members.map { try archive.content(of: $0, limit: 5000).count } == [5000, 3, 0])
        #expect(try ZipArchive(bytes + [], file: "a.zip").content(of: archive.members[1], limit: 3) == [1, 2, 3])
    }

    @Test func `a member larger than wanted is not unpacked`() throws {
        let archive = try ZipArchive(bytes, file: "a.zip")
        #expect(throws: ModelError("a.zip", "has a member a.txt of 5000 bytes; at most 4999 are read")) { try archive.content(of: archive.members[0], limit: 4999) }
    }

    @Test func `a cut archive is refused`() {
        for count in 0..<bytes.count { #expect(throws: ModelError.self) { try ZipArchive(Array(bytes[..<count]), file: "a.zip") } }
    }

    @Test(arguments: 1...500) func `damage never passes for content`(seed: UInt64) throws {
        let whole = try ZipArchive(bytes, file: "a.zip")
        let contents = try whole.members.map { try whole.content(of: $0, limit: 5000) }
        var (damaged, state) = (bytes, seed)
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        damaged[Int(state >> 33) % damaged.count] ^= UInt8(truncatingIfNeeded: state >> 20) | 1
        guard let archive = try? ZipArchive(damaged, file: "a.zip") else { return }
        for member in archive.members {
            guard let content = try? archive.content(of: member, limit: 5000) else { continue }
            #expect(contents.contains(content))
        }
    }
}
