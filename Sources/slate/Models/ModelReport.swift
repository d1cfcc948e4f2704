import Models
import Neural

/// What `slate models` prints of a model.
enum ModelReport {
    /// One line, columns apart by tabs.
    static func row(_ record: ModelRecord) -> String {
        [record.name, record.version ?? "-", "\(record.byteCount) bytes", record.licence ?? "licence not stated"].joined(separator: "\t") + "\n"
    }

    static func page(_ record: ModelRecord, path: String) -> String {
        var lines = [
            ("name", record.name), ("version", record.version ?? "not stated"), ("licence", record.licence ?? "not stated"), ("source", record.source),
            ("file", path), ("bytes", "\(record.byteCount)"), ("sha256", record.sha256),
        ]
        lines += record.inputs.map { ("input", "\($0)") } + record.outputs.map { ("output", "\($0)") }
        return lines.map { name, value in name + String(repeating: " ", count: 9 - name.count) + value + "\n" }.joined()
    }

    static func line(_ record: ModelRecord) -> String {
        JSONValue.object([
            ("type", .string("model")), ("name", .string(record.name)), ("version", JSONValue(record.version)), ("licence", JSONValue(record.licence)),
            ("source", .string(record.source)), ("file", .string(record.file)), ("bytes", .integer(Int64(record.byteCount))),
            ("sha256", .string(record.sha256)), ("inputs", .array(record.inputs.map(value))), ("outputs", .array(record.outputs.map(value))),
        ]).text + "\n"
    }

    private static func value(_ value: ONNXValue) -> JSONValue {
        .object([
            ("name", .string(value.name)), ("type", .string(value.type.description)),
            ("shape", value.shape.map { .array($0.map(size)) } ?? .null),
        ])
    }

    private static func size(_ size: ONNXValue.Size) -> JSONValue {
        switch size {
        case .fixed(let count): .integer(count)
        case .open(let name): .string(name)
        }
    }
}
