import Timeline

/// What an annotation says of its target.
struct WebAnnotationBody: Hashable {
    var text: String
    var language: String?
    /// Whether the text names a class of things rather than being said or written.
    var isTag: Bool
    /// Whether writing it anew gives the same JSON: nothing else is said.
    var isPlain: Bool

    /// - Parameters:
    ///   - json: the value of `body`, or the string of `bodyValue` with `isValue`.
    ///   - motivations: of the annotation, which count where the body states no purpose.
    init(_ json: JSONValue?, isValue: Bool = false, motivations: [String]) {
        self.init(text: "", language: nil, isTag: false, isPlain: true)
        switch json {
        case .string(let string):
            text = string
            // A string is an IRI, but for older files that put the text there.
            isTag = !isValue && Self.isIRI(string) || Self.tags(motivations)
            isPlain = false
        case .array(let bodies):
            self = bodies.lazy.map { WebAnnotationBody($0, motivations: motivations) }.first { !$0.text.isEmpty && !$0.isNamed } ?? bodies.first.map {
                WebAnnotationBody($0, motivations: motivations)
            } ?? self
            isPlain = false
        case .object: self = WebAnnotationBody(resource: json, motivations)
        default:
            // Without a body the motivation is all that is said.
            text = motivations.first ?? ""
            isTag = true
            isPlain = false
        }
    }

    private init(text: String, language: String?, isTag: Bool, isPlain: Bool) {
        (self.text, self.language, self.isTag, self.isPlain) = (text, language, isTag, isPlain)
    }

    private init(resource json: JSONValue?, _ motivations: [String]) {
        let purposes = Self.names(json?["purpose"])
        let members = json?.object ?? []
        if let value = json?["value"]?.string {
            text = value
            isTag = Self.tags(purposes.isEmpty ? motivations : purposes)
            language = json?["language"]?.string
            let plain: Set<String> = ["type", "value", "language"]
            isPlain = members.allSatisfy { plain.contains($0.name) } && json?["type"]?.string == "TextualBody" && Set(members.map(\.name)).count == members.count
            if json?["language"] != nil, language == nil { isPlain = false }
        } else {
            text = json?["id"]?.string ?? json?["source"]?.string ?? json?["source"]?["id"]?.string ?? ""
            (isTag, isPlain) = (true, false)
        }
    }

    /// Whether the text is the name of a resource, of which the text is elsewhere.
    private var isNamed: Bool { isTag && Self.isIRI(text) }

    /// The strings of a value that is one or a list.
    static func names(_ json: JSONValue?) -> [String] { json?.string.map { [$0] } ?? (json?.array ?? []).compactMap(\.string) }

    private static func tags(_ purposes: [String]) -> Bool { !Set(purposes).isDisjoint(with: ["tagging", "classifying", "identifying", "linking", "oa:tagging"]) }

    private static func isIRI(_ text: String) -> Bool { text.utf8.contains(.ascii(":")) && !text.utf8.contains(where: PercentEscapes.isForbidden) }
}
