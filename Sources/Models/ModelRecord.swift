import Formats
import Neural

/// What is known of a model file in the store.
public struct ModelRecord: Hashable, Sendable {
    /// Under which commands find it, such as `silero-vad`.
    public let name: String
    /// The file's name in the store.
    public let file: String
    /// 64 hexadecimal digits.
    public let sha256: String
    public let byteCount: Int
    public var version: String?
    public var licence: String?
    /// Where it came from: the file that was added, and the member of it.
    public var source: String
    /// Of ONNX files; empty for libraries.
    public var inputs: [ONNXValue] = []
    public var outputs: [ONNXValue] = []
}

extension ModelRecord {
    /// As `model.json` holds it.
    var json: JSONValue {
        func values(_ values: [ONNXValue]) -> JSONValue {
            .array(
                values.map { value in
                    .object([
                        JSONMember("name", .string(value.name)), JSONMember("type", .integer(Int64(value.type.rawValue))),
                        JSONMember("shape", value.shape.map { .array($0.map(Self.sizeJSON)) } ?? .null),
                    ])
                })
        }
        return .object([
            JSONMember("name", .string(name)), JSONMember("file", .string(file)), JSONMember("sha256", .string(sha256)),
            JSONMember("bytes", .integer(Int64(byteCount))), JSONMember("version", version.map { .string($0) } ?? .null),
            JSONMember("licence", licence.map { .string($0) } ?? .null), JSONMember("source", .string(source)),
            JSONMember("inputs", values(inputs)), JSONMember("outputs", values(outputs)),
        ])
    }

    /// Nil where a member is missing or of another kind.
    init?(_ json: JSONValue) {
        guard let name = json["name"]?.string, let file = json["file"]?.string, !file.contains("/"), let sha256 = json["sha256"]?.string,
            let bytes = json["bytes"]?.integer, let source = json["source"]?.string
        else { return nil }
        self.init(
            name: name, file: file, sha256: sha256, byteCount: Int(bytes), version: json["version"]?.string, licence: json["licence"]?.string, source: source,
            inputs: Self.values(json["inputs"]), outputs: Self.values(json["outputs"]))
    }

    private static func sizeJSON(_ size: ONNXValue.Size) -> JSONValue {
        switch size {
        case .fixed(let count): .integer(count)
        case .open(let name): .string(name)
        }
    }

    private static func values(_ json: JSONValue?) -> [ONNXValue] {
        (json?.array ?? []).compactMap { value in
            guard let name = value["name"]?.string, let type = value["type"]?.integer else { return nil }
            let shape = value["shape"]?.array?.map { size in size.integer.map { ONNXValue.Size.fixed($0) } ?? .open(size.string ?? "") }
            return ONNXValue(name: name, type: ONNXElement(rawValue: Int32(truncatingIfNeeded: type)), shape: shape)
        }
    }
}
