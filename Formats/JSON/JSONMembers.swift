/// Collects the members of an object, leaving out those without a value.
struct Members {
    var list: [JSONMember] = []

    mutating func add(_ name: String, _ value: JSONValue?) { if let value { list.append(JSONMember(name, value)) } }
    mutating func add(_ name: String, _ text: String?) { add(name, text.map(JSONValue.string)) }
    mutating func add(_ name: String, _ number: Double?) { add(name, number.map(JSONValue.double)) }
    mutating func add(_ name: String, _ values: [JSONValue]) { if !values.isEmpty { add(name, .array(values)) } }
}

/// A JSON object of the members that a closure adds.
func object(_ build: (inout Members) -> Void) -> JSONValue {
    var members = Members()
    build(&members)
    return .object(members.list)
}
