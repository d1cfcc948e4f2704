/// Finds the `ttm:agent` elements with their names: TTML2 section 14.1.1.
struct TTMLAgentReader {
    private var id: String?
    private var name: [UInt8]?
    private var isInName = false

    /// - Parameter tag: of the metadata namespace.
    mutating func open(_ tag: borrowing XMLTag) {
        if tag.name.is("agent") { (id, name) = (tag.string("id", in: XMLName.xmlNamespace), nil) }
        // Of several names the first counts.
        if tag.name.is("name"), id != nil, name == nil { (name, isInName) = ([], true) }
    }

    mutating func text(_ text: [UInt8]) { if isInName { name? += text } }

    /// The agent that ends here, if one does and has a name.
    mutating func close(_ element: XMLName) -> (id: String, name: String)? {
        guard TTMLReader.Namespace.part(element.namespace) == "metadata" else { return nil }
        if element.is("name") { isInName = false }
        guard element.is("agent"), let id, let name else { return nil }
        self.id = nil
        let range = name.trimmed(0..<name.count)
        return range.isEmpty ? nil : (id, name.string(range))
    }
}

/// The ids under which a written document speaks of speakers.
struct TTMLAgents {
    private var ids: [String: String] = [:]
    /// Those that the head does not define, in the order of their first mention.
    private(set) var added: [(id: String, name: String)] = []

    /// - Parameter stated: ids and names of the head.
    init(_ stated: [(id: String, name: String)], speakers: some Sequence<String>) {
        for agent in stated where ids[agent.name] == nil { ids[agent.name] = agent.id }
        var taken = Set(stated.map(\.id))
        for name in speakers where ids[name] == nil {
            var number = added.count + 1
            while taken.contains("agent\(number)") { number += 1 }
            taken.insert("agent\(number)")
            ids[name] = "agent\(number)"
            added.append(("agent\(number)", name))
        }
    }

    /// - Parameter name: one of the speakers.
    func id(of name: String) -> String { ids[name] ?? name }
}
