import Timeline

/// Writes TTML that is IMSC text as well: a document that came from TTML gets its head, regions and styles back.
struct TTMLWriter {
    private let document: Document
    private let labels: [Label]
    private let agents: TTMLAgents
    /// Whether a style of the head says something of `tts:display`.
    private let hasHidingStyles: Bool
    /// The looks that styles of the head say something of.
    private let headLooks: Set<String>

    private init(_ document: Document, _ labels: [Label]) {
        (self.document, self.labels) = (document, labels)
        let head = document.attributes["ttml.head"] ?? ""
        hasHidingStyles = head.contains(":display=")
        headLooks = Set(["fontWeight", "fontStyle", "textDecoration"].filter { head.contains(":\($0)=") })
        let speakers = labels.lazy.map(\.content.asCue).flatMap { cue in [cue.speaker].compactMap { $0 } + cue.text.runs.compactMap(\.voice) }
        agents = TTMLAgents(Self.stated(document, "ttml.agent."), speakers: speakers)
    }

    static func write(_ document: Document) -> [UInt8] {
        let labels = document.layers.filter { $0.kind != .tracks }.flatMap { Array($0.labels) }
        let inOrder = labels.enumerated().sorted { ($0.element.span.start, $0.offset) < ($1.element.span.start, $1.offset) }.map(\.element)
        return TTMLWriter(document, inOrder).bytes(intact: intact(inOrder, document))
    }

    // MARK: Contents that came from TTML

    /// The labels, by place, whose text is still what their ``TTMLNode/content`` says.
    private static func intact(_ labels: [Label], _ document: Document) -> Set<Int> {
        let places = labels.indices.filter { labels[$0].attributes["ttml.content"] != nil }
        guard !places.isEmpty, let moment = Segment(start: .zero, end: .zero + .seconds(1)) else { return [] }
        let moved = places.map { place in
            var label = labels[place]
            label.span = .segment(moment)
            return label
        }
        var log = DiagnosticLog(file: "")
        let trial = TTMLWriter(document, moved).bytes(intact: Set(moved.indices))
        guard let tree = try? TTML.tree(trial, name: "", log: &log) else { return [] }
        let presentation = TTMLPresentation(tree)
        let paragraphs = tree.nodes.indices.filter { tree.nodes[$0].kind == .paragraph }
        guard paragraphs.count == places.count else { return [] }
        return Set(zip(places, paragraphs).filter { presentation.runs(of: $1, at: .zero) == labels[$0].content.asCue.text.runs }.map(\.0))
    }

    // MARK: The document

    private func bytes(intact: Set<Int>) -> [UInt8] {
        var xml = XMLWriter()
        xml.open("tt")
        writeRoot(to: &xml)
        var bytes = xml.take() + [.ascii(">"), Byte.lineFeed]
        if let head = document.attributes["ttml.head"] { bytes += head.utf8 }
        var body = XMLWriter(declaration: false)
        body.open("body")
        writeAgents(to: &body)
        body.open("div")
        for (place, label) in labels.enumerated() { write(label, isIntact: intact.contains(place), to: &body) }
        body.close()
        body.close()
        return bytes + body.take() + Array("</tt>\n".utf8)
    }

    private func writeRoot(to xml: inout XMLWriter) {
        xml.attribute("xmlns", TTMLReader.Namespace.tt)
        var prefixes = Dictionary(Self.stated(document, "ttml.xmlns."), uniquingKeysWith: { first, _ in first })
        for (prefix, part) in [("ttp", "parameter"), ("tts", "styling"), ("ttm", "metadata")] where prefixes[prefix] == nil {
            prefixes[prefix] = "\(TTMLReader.Namespace.tt)#\(part)"
        }
        for (prefix, address) in prefixes.sorted(by: { $0.key < $1.key }) { xml.attribute("xmlns:\(prefix)", address) }
        xml.attribute("xml:lang", document.layers.lazy.compactMap(\.language).first ?? "")
        let attributes = Self.stated(document, "ttml.root.")
        for (name, value) in attributes { xml.attribute(name, value) }
        if document.attributes["ttml.head"] == nil, attributes.isEmpty { xml.attribute("ttp:profile", "http://www.w3.org/ns/ttml/profile/imsc1/text") }
    }

    /// Names behind a prefix, with their values.
    private static func stated(_ document: Document, _ prefix: String) -> [(String, String)] {
        document.attributes.filter { $0.name.hasPrefix(prefix) }.map { (String($0.name.dropFirst(prefix.count)), $0.value) }
    }

    /// Speakers that no head names stand in the body, so that a head that was read stays as it is.
    private func writeAgents(to xml: inout XMLWriter) {
        guard !agents.added.isEmpty else { return }
        xml.open("metadata")
        for agent in agents.added {
            xml.open("ttm:agent")
            xml.attribute("xml:id", agent.id)
            xml.attribute("type", "person")
            xml.open("ttm:name")
            xml.attribute("type", "full")
            xml.text(agent.name)
            xml.close()
            xml.close()
        }
        xml.close()
    }

    // MARK: Paragraphs

    private func write(_ label: Label, isIntact: Bool, to xml: inout XMLWriter) {
        let cue = label.content.asCue
        xml.open("p", keepsSpace: true)
        if !label.id.isCounter, TextRule.xmlName.allows(label.id.name) { xml.attribute("xml:id", label.id.name) }
        xml.attribute("begin", plain: Self.stamp(label.span.start))
        switch label.span {
        case .segment(let segment): xml.attribute("end", plain: Self.stamp(segment.end))
        case .instant(let time): xml.attribute("end", plain: Self.stamp(time + .milliseconds(1)))
        case .open: break
        }
        writeAttributes(label, cue.speaker, shows: !isIntact && !cue.text.runs.isEmpty, to: &xml)
        if cue.text.plain.needsPreservedSpace, label.attributes["ttml.xml:space"] == nil { xml.attribute("xml:space", "preserve") }
        if isIntact, let content = label.attributes["ttml.content"] {
            xml.raw(content.utf8)
        } else {
            let inherited = inheritedLooks(label)
            for run in cue.text.runs { write(run, inherited, to: &xml) }
        }
        xml.close()
    }

    /// - Parameter shows: whether nothing may hide the text: what made it appear, such as `set`, is not written again.
    private func writeAttributes(_ label: Label, _ speaker: String?, shows: Bool, to xml: inout XMLWriter) {
        let agent = speaker.map(agents.id(of:))
        let several = label.attributes["ttml.ttm:agent"]
        // A paragraph of several agents gets all of them back while the first is still the speaker.
        if let several, several.split(separator: " ").first.map(String.init) == agent {
            xml.attribute("ttm:agent", several)
        } else if let agent {
            xml.attribute("ttm:agent", agent)
        }
        for attribute in label.attributes where attribute.name.hasPrefix("ttml.") && !["ttml.ttm:agent", "ttml.content"].contains(attribute.name) {
            guard !shows || !attribute.name.hasSuffix(":display") else { continue }
            xml.attribute(String(attribute.name.dropFirst("ttml.".count)), attribute.value)
        }
        if shows, hasHidingStyles, label.attributes["ttml.style"] != nil { xml.attribute("tts:display", "auto") }
    }

    /// The style attributes that may be set for the whole paragraph, by itself or by a style of the head.
    private func inheritedLooks(_ label: Label) -> Set<String> {
        let names = ["fontWeight", "fontStyle", "textDecoration"]
        let usesStyles = label.attributes["ttml.style"] != nil
        return Set(names.filter { name in label.attributes.contains { $0.name.hasSuffix(":\(name)") } || usesStyles && headLooks.contains(name) })
    }

    private func write(_ run: TextRun, _ inherited: Set<String>, to xml: inout XMLWriter) {
        let looks = Self.looks(run.style, inherited)
        let isPlain = looks.isEmpty && run.voice == nil && run.language == nil
        if !isPlain {
            xml.open("span")
            for (name, value) in looks { xml.attribute(name, value) }
            if let language = run.language { xml.attribute("xml:lang", language) }
            if let voice = run.voice { xml.attribute("ttm:agent", agents.id(of: voice)) }
        }
        for (index, line) in run.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if index > 0 {
                xml.open("br")
                xml.close()
            }
            if !line.isEmpty { xml.text(String(line)) }
        }
        if !isPlain { xml.close() }
    }

    /// The attributes of a run: what it looks like, and that it does not look as the paragraph does.
    private static func looks(_ style: TextStyle, _ inherited: Set<String>) -> [(String, String)] {
        var looks: [(String, String)] = []
        if style.contains(.bold) || inherited.contains("fontWeight") { looks.append(("tts:fontWeight", style.contains(.bold) ? "bold" : "normal")) }
        if style.contains(.italic) || inherited.contains("fontStyle") { looks.append(("tts:fontStyle", style.contains(.italic) ? "italic" : "normal")) }
        let resets = inherited.contains("textDecoration")
        let lines = [(style.contains(.underlined), "underline", "noUnderline"), (style.contains(.struckOut), "lineThrough", "noLineThrough")]
            .compactMap { isSet, name, reset in isSet ? name : resets ? reset : nil }
        if !lines.isEmpty { looks.append(("tts:textDecoration", lines.joined(separator: " "))) }
        return looks
    }

    /// `hh:mm:ss.fff`, with as many digits as the time needs, at most ten; times before zero become zero.
    static func stamp(_ time: Timestamp) -> [UInt8] {
        let ticks = max(0, time.ticks)
        var fraction: [UInt8] = []
        DecimalSeconds.append(ticks % ticksPerSecond, least: 3, to: &fraction)
        // Rounding up to a whole second cannot happen: ten digits part neighbouring ticks.
        let seconds = ticks / ticksPerSecond
        var stamp: [UInt8] = []
        for (place, part) in [seconds / 3600, seconds / 60 % 60, seconds % 60].enumerated() {
            if place > 0 { stamp.append(.ascii(":")) }
            stamp.appendDecimal(UInt64(part), width: 2)
        }
        return stamp + fraction.dropFirst()
    }
}

extension String {
    /// Whether the default treatment of white space would change the text.
    fileprivate var needsPreservedSpace: Bool {
        let lines = split(separator: "\n", omittingEmptySubsequences: false)
        return contains("  ") || contains("\t") || lines.contains { $0.first == " " || $0.last == " " }
    }
}
