import Timeline

/// Builds a ``TTMLTree`` from the events of an XML file.
final class TTMLReader: XMLHandler {
    var log: DiagnosticLog
    private(set) var tree = TTMLTree()
    private var styles = TTMLStyles()
    private var stack: [Open] = []
    /// Of the head, or of the paragraph that is open.
    private var echo: TTMLEcho?
    private var agents = TTMLAgentReader()

    private struct Open {
        /// The node of the element; nil for elements that have none.
        let node: Int?
        /// Nothing inside counts: metadata, and elements of other namespaces.
        let isForeign: Bool
        /// The style that a nested style element adds to.
        var regionLook: Int?
    }

    init(file: String) { log = DiagnosticLog(file: file) }

    // MARK: Namespaces

    enum Namespace {
        static let tt = "http://www.w3.org/ns/ttml"
        /// Of the drafts of 2004 to 2006 and the candidate of 2006, which many files still carry.
        static let drafts = ["http://www.w3.org/2004/11/ttaf1", "http://www.w3.org/2006/04/ttaf1", "http://www.w3.org/2006/10/ttaf1"]

        static func isTT(_ namespace: String) -> Bool { namespace == tt || drafts.contains(namespace) }
        /// The part behind `#` of a namespace of TTML, such as `styling`; nil for another.
        static func part(_ namespace: String) -> Substring? {
            guard let hash = namespace.lastIndex(of: "#"), isTT(String(namespace[..<hash])) else { return nil }
            return namespace[namespace.index(after: hash)...]
        }
    }

    // MARK: Events

    func startElement(_ tag: borrowing XMLTag) throws(FormatError) {
        if stack.isEmpty { try checkRoot(tag) }
        openEcho(tag)
        if Namespace.part(tag.name.namespace) == "metadata" { agents.open(tag) }
        let isForeign = stack.last?.isForeign == true || !Namespace.isTT(tag.name.namespace) || tag.name.is("metadata")
        guard !isForeign else { return stack.append(Open(node: nil, isForeign: true)) }
        stack.append(open(tag))
        if let node = stack.last?.node, tree.nodes[node].kind == .paragraph, echo == nil { echo = TTMLEcho(inParagraph: true) }
    }

    func endElement(_ name: XMLName, at position: TextPosition) throws(FormatError) {
        let closed = stack.removeLast()
        if let agent = agents.close(name) { tree.agents.append((agent.id, agent.name, isInHead: tree.head == nil && echo != nil)) }
        guard echo != nil else { return }
        if let node = closed.node, tree.nodes[node].kind == .paragraph { return closeParagraph(node) }
        echo?.close()
        if name.is("head"), stack.count == 1 { (tree.head, echo) = (echo?.finish(), nil) }
    }

    private func closeParagraph(_ node: Int) {
        if echo?.isRich == true { tree.nodes[node].content = echo?.finish() }
        echo = nil
    }

    func characters(_ text: [UInt8], at position: TextPosition) throws(FormatError) {
        echo?.text(text)
        agents.text(text)
        guard let open = stack.last, !open.isForeign, let parent = open.node else { return }
        let kind = tree.nodes[parent].kind
        guard kind == .paragraph || kind == .span else { return }
        var node = TTMLNode(kind: .text, parent: parent, position: position)
        (node.text, node.style, node.keepsSpace, node.region) = (text, tree.nodes[parent].style, tree.nodes[parent].keepsSpace, tree.nodes[parent].region)
        tree.nodes.append(node)
    }

    private func checkRoot(_ tag: borrowing XMLTag) throws(FormatError) {
        guard tag.name.is("tt"), Namespace.isTT(tag.name.namespace) else {
            throw FormatError(
                .unknownFormat, file: log.file, at: tag.position, found: "the root element '\(tag.name.local)' in namespace '\(tag.name.namespace)'",
                expected: "'tt' in \(Namespace.tt)")
        }
        if tag.name.namespace != Namespace.tt {
            log.add(.warning, "ttml-draft", at: tag.position, found: "the namespace of a draft, \(tag.name.namespace)", expected: Namespace.tt, effect: "read as TTML")
        }
        for index in 0..<tag.count {
            let name = tag.attributeName(index)
            note(name)
            tree.root.append((name.description, tag.string(index)))
            if Namespace.part(name.namespace) == "parameter" { tree.clock.take(name.local, tag.string(index)) }
        }
    }

    /// Remembers what a prefix stands for.
    private func note(_ name: XMLName) { if !name.prefix.isEmpty, name.prefix != "xml" { tree.namespaces[name.prefix] = name.namespace } }

    private func openEcho(_ tag: borrowing XMLTag) {
        if tag.name.is("head"), Namespace.isTT(tag.name.namespace), stack.count == 1 { echo = TTMLEcho() }
        guard echo != nil else { return }
        note(tag.name)
        for index in 0..<tag.count { note(tag.attributeName(index)) }
        echo?.open(tag)
    }

    // MARK: Elements

    private func open(_ tag: borrowing XMLTag) -> Open {
        let parent = stack.last?.node
        switch tag.name.local {
        case "style": return define(tag)
        case "region": return Open(node: add(.region, tag, parent: nil), isForeign: false, regionLook: tree.nodes.count - 1)
        case "body": return Open(node: add(.body, tag, parent: nil), isForeign: false)
        case "div": return Open(node: add(.division, tag, parent: parent), isForeign: parent == nil)
        case "p": return Open(node: add(.paragraph, tag, parent: parent), isForeign: parent == nil)
        case "span": return Open(node: add(.span, tag, parent: parent), isForeign: parent == nil)
        case "br": return Open(node: add(.lineBreak, tag, parent: parent), isForeign: parent == nil)
        case "set", "animate": return Open(node: parent == nil ? nil : add(.set, tag, parent: parent), isForeign: true)
        default: return Open(node: nil, isForeign: false)
        }
    }

    /// A style of the head, or one nested in a region.
    private func define(_ tag: borrowing XMLTag) -> Open {
        let (look, parents) = look(tag)
        if let region = stack.last?.regionLook, tree.nodes[region].kind == .region {
            let merged = look.over(styles.look(of: parents))
            if let isHidden = merged.isHidden { tree.nodes[region].isHidden = isHidden }
        } else if let id = tag.string("id", in: XMLName.xmlNamespace) {
            styles.define(id, look, parents: parents)
        }
        return Open(node: nil, isForeign: false)
    }

    /// The looks that a tag states itself, and the styles it refers to.
    private func look(_ tag: borrowing XMLTag) -> (TTMLStyles.Look, [String]) {
        var look = TTMLStyles.Look()
        for index in 0..<tag.count where Namespace.part(tag.attributeName(index).namespace) == "styling" {
            look.take(tag.attributeName(index).local, tag.string(index))
        }
        return (look, (tag.string("style") ?? "").split(separator: " ").map(String.init))
    }

    private func add(_ kind: TTMLNode.Kind, _ tag: borrowing XMLTag, parent: Int?) -> Int? {
        if parent == nil, kind != .region, kind != .body { return nil }
        var node = TTMLNode(kind: kind, parent: parent ?? -1, position: tag.position)
        let (own, references) = look(tag)
        let look = own.over(styles.look(of: references))
        if let parent {
            let above = tree.nodes[parent]
            (node.style, node.region, node.keepsSpace) = (above.style, above.region, above.keepsSpace)
            if kind == .paragraph || kind == .division { node.attributes = above.attributes.filter(\.descends) }
        } else {
            node.keepsSpace = tree.root.contains { $0.name == "xml:space" && $0.value == "preserve" }
        }
        node.style = look.style(over: node.style)
        (node.isHidden, node.setsDisplay, node.dropsText) = (look.isHidden ?? false, look.isHidden != nil, look.dropsText ?? false)
        read(tag, into: &node)
        tree.nodes.append(node)
        return tree.nodes.count - 1
    }

    private func read(_ tag: borrowing XMLTag, into node: inout TTMLNode) {
        for index in 0..<tag.count {
            let name = tag.attributeName(index)
            let value = tag.string(index)
            switch (name.namespace, name.local) {
            case (XMLName.xmlNamespace, "id"): node.id = value
            case (XMLName.xmlNamespace, "lang"): node.language = value
            case (XMLName.xmlNamespace, "space"): node.keepsSpace = value == "preserve"
            case ("", "begin"): node.begin = time(value, tag.position)
            case ("", "end"): node.end = time(value, tag.position)
            case ("", "dur"): node.duration = time(value, tag.position)
            case ("", "timeContainer"): node.isSequence = value == "seq"
            case ("", "region"): node.region = value
            default:
                let isAgent = Namespace.part(name.namespace) == "metadata" && name.local == "agent"
                if isAgent { node.agent = value.split(separator: " ").first.map(String.init) }
                guard [.body, .division, .paragraph].contains(node.kind), !isAgent || value.contains(" ") else { continue }
                note(name)
                node.carry(Attribute("ttml.\(name)", value))
            }
        }
        if node.kind == .paragraph, let region = node.region { node.attributes.append(Attribute("ttml.region", region)) }
    }

    private func time(_ text: String, _ position: TextPosition) -> TimeDelta? {
        guard let reading = tree.clock.reading(text) else {
            log.add(.error, "ttml-time", at: position, found: "'\(text.prefix(40))'", expected: "a time such as 00:00:01.500, 1.5s or 25f", effect: "it counts as not stated")
            return nil
        }
        if reading.hasFrameTooMany {
            log.addHabit(
                .warning, "ttml-frame", at: position, found: "a frame number of the frame rate or more in '\(text)'", expected: "at most \(tree.clock.frameRate - 1)",
                effect: "read as the last frame of its second")
        }
        return reading.length
    }
}

extension TTMLNode {
    /// Keeps an attribute in place of what descends from above; style references add to those.
    fileprivate mutating func carry(_ attribute: Attribute) {
        guard let index = attributes.firstIndex(where: { $0.name == attribute.name }) else { return attributes.append(attribute) }
        let isReference = attribute.name == "ttml.style"
        attributes[index] = isReference ? Attribute("ttml.style", "\(attributes[index].value) \(attribute.value)") : attribute
    }
}

extension Attribute {
    /// Whether the attribute of a division counts for the paragraphs inside.
    fileprivate var descends: Bool { name == "ttml.style" || name.hasPrefix("ttml.tts:") }
}
