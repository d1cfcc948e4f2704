/// A value of JSON as read: numbers keep their digits, objects keep the order of their members.
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// The digits as written, such as `1234567.891234567`: no conversion, no loss.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([JSONMember])

    public static func integer(_ value: Int64) -> JSONValue { .number(String(value)) }

    /// The shortest digits that read back as the same number; null for infinities and NaN, which JSON cannot hold.
    public static func double(_ value: Double) -> JSONValue { value.isFinite ? .number(value.description) : .null }

    /// The member of an object by name; nil when there is none and for other values. The last of repeated members counts.
    public subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.name == name }?.value
    }

    public var string: String? { if case .string(let value) = self { value } else { nil } }
    public var array: [JSONValue]? { if case .array(let values) = self { values } else { nil } }
    public var object: [JSONMember]? { if case .object(let members) = self { members } else { nil } }
    /// Nil for fractions, exponents and what does not fit.
    public var integer: Int64? { if case .number(let digits) = self { Int64(digits) } else { nil } }
    public var double: Double? { if case .number(let digits) = self { Double(digits) } else { nil } }

    /// The kind of value, for messages.
    public var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a truth value"
        case .number(let digits): "the number \(digits.prefix(40))"
        case .string(let text): "the string \"\(text.prefix(40))\""
        case .array: "an array"
        case .object: "an object"
        }
    }
}

/// A name and its value in a JSON object.
public struct JSONMember: Hashable, Sendable {
    public var name: String
    public var value: JSONValue

    public init(_ name: String, _ value: JSONValue) { (self.name, self.value) = (name, value) }
}
