import Timeline

/// The members of annotations that the model has no place for, as attributes `webannotation.<member>` that hold JSON.
enum WebAnnotationMembers {
    static let prefix = "webannotation."
    /// Members that labels hold in other ways.
    private static let held: Set<String> = ["@context", "id", "type", "motivation", "body", "bodyValue", "target", "slate:confidence"]
    /// Attributes of a label that are not members.
    static let ours: Set<String> = ["webannotation.pixels"]

    static func attributes(of json: JSONValue, _ target: WebAnnotationTarget, _ body: WebAnnotationBody, _ content: Content) -> [Attribute] {
        var attributes: [Attribute] = []
        func keep(_ name: String, _ isKept: (JSONValue) -> Bool) {
            if let value = json[name], isKept(value) { attributes.append(Attribute(prefix + name, value.text)) }
        }
        keep("@context") { !WebAnnotationContext.isOurs($0) }
        keep("type") { $0.string != "Annotation" }
        keep("motivation") { $0.string != motivation(of: content) }
        if json["motivation"] == nil { attributes.append(Attribute(prefix + "motivation", "")) }
        keep("bodyValue") { _ in true }
        keep("body") { _ in json["bodyValue"] != nil || !body.isPlain }
        // An empty text stands for a member that is not there.
        if json["body"] == nil, json["bodyValue"] == nil { attributes.append(Attribute(prefix + "body", "")) }
        keep("slate:confidence") { $0.double.flatMap(Confidence.init) == nil }
        keep("target") { _ in !target.isPlain }
        for member in json.object ?? [] where !held.contains(member.name) { attributes.append(Attribute(prefix + member.name, member.value.text)) }
        return attributes
    }

    /// What Slate states of its own labels.
    static func motivation(of content: Content) -> String {
        switch content {
        case .tag, .track: "tagging"
        case .cue, .word, .phone, .turn, .emotion, .entity: "describing"
        }
    }

    /// The value of an attribute that holds JSON; nil for other text.
    static func value(_ text: String?) -> JSONValue? {
        guard let text, !text.isEmpty else { return nil }
        var log = DiagnosticLog(file: "")
        return try? JSONReader.read(Array(text.utf8), log: &log)
    }
}

/// The JSON-LD context, with a prefix for what Slate adds.
enum WebAnnotationContext {
    private static let addition = JSONValue.object([JSONMember("slate", .string("urn:slate:annotation:"))])
    private static let plain = JSONValue.string(WebAnnotation.context)

    static func isOurs(_ json: JSONValue) -> Bool { json == plain || json == .array([plain, addition]) }

    /// - Parameters:
    ///   - stated: what the file had.
    ///   - isExtended: whether members with Slate's prefix follow.
    static func written(_ stated: JSONValue?, isExtended: Bool) -> JSONValue {
        let base = stated ?? plain
        guard isExtended else { return base }
        let parts = base.array ?? [base]
        return parts.contains(addition) ? base : .array(parts + [addition])
    }
}

extension Box {
    /// The four sides in the shortest digits, for comparison.
    var sidesText: String { [x, y, width, height].map { "\($0)" }.joined(separator: ",") }
}
