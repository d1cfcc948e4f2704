/// A JSON value that keeps the order of its keys, for the lines that `--json` prints.
enum JSONValue {
    case null
    case bool(Bool)
    case integer(Int64)
    /// A number already in digits, such as an exact count of seconds.
    case digits(String)
    case string(String)
    case array([JSONValue])
    case object([(String, JSONValue)])

    /// Compact text, on one line.
    var text: String {
        var text = ""
        append(to: &text)
        return text
    }

    private func append(to text: inout String) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        case .digits(let value): text += value
        case .string(let value): Self.append(value, to: &text)
        case .array(let values): Self.append(values, "[", "]", to: &text) { $0.append(to: &$1) }
        case .object(let entries):
            Self.append(entries, "{", "}", to: &text) { entry, text in
                Self.append(entry.0, to: &text)
                text += ":"
                entry.1.append(to: &text)
            }
        }
    }

    private static func append<Element>(
        _ elements: [Element], _ open: String, _ close: String, to text: inout String,
        _ one: (Element, inout String) -> Void
    ) {
        text += open
        for (index, element) in elements.enumerated() {
            if index > 0 { text += "," }
            one(element, &text)
        }
        text += close
    }

    private static func append(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}

extension JSONValue {
    /// The value, or null.
    init(_ value: String?) { self = value.map { .string($0) } ?? .null }
    init(_ value: Int?) { self = value.map { .integer(Int64($0)) } ?? .null }
    init(_ value: Int64?) { self = value.map { .integer($0) } ?? .null }
}

extension JSONValue {
    /// The line that says why a file was refused.
    static func refusal(of file: String, _ message: String) -> String {
        object([("type", .string("error")), ("file", .string(file)), ("message", .string(message))]).text + "\n"
    }
}
