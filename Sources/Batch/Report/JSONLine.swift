/// One JSON object on one line, members in the order they were added.
struct JSONLine {
    private(set) var text = ""

    init(type: String) { add("type", type) }

    mutating func add(_ name: String, _ value: String?) { append(name, value.map(Self.quoted) ?? "null") }
    mutating func add(_ name: String, _ value: Int) { append(name, String(value)) }
    mutating func add(_ name: String, _ value: Bool) { append(name, value ? "true" : "false") }
    mutating func add(_ name: String, _ values: [String]) {
        append(name, "[" + values.map(Self.quoted).joined(separator: ",") + "]")
    }
    /// The shortest text that reads back as the same number; null for what JSON has no number for.
    mutating func add(_ name: String, _ value: Double?) {
        append(name, value.flatMap { $0.isFinite ? String($0) : nil } ?? "null")
    }
    mutating func add(_ name: String, objects: [JSONLine]) {
        append(name, "[" + objects.map(\.object).joined(separator: ",") + "]")
    }
    mutating func add(_ name: String, object: JSONLine) { append(name, object.object) }

    /// An object that is part of another and carries no type.
    static var part: JSONLine { JSONLine() }

    private init() {}

    var object: String { "{" + text + "}" }

    private mutating func append(_ name: String, _ value: String) {
        text += (text.isEmpty ? "" : ",") + Self.quoted(name) + ":" + value
    }

    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case _ where scalar.value < 0x20:
                quoted += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
