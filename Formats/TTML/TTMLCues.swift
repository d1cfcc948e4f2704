import Timeline

/// The paragraphs of a TTML document as cues: one for each stretch of time in which a paragraph shows the same text.
struct TTMLCues {
    private let tree: TTMLTree
    private let presentation: TTMLPresentation

    init(_ tree: TTMLTree) { (self.tree, presentation) = (tree, TTMLPresentation(tree)) }

    func document(named name: String) -> Document {
        var layer = Layer(id: "subtitles", kind: .cues, language: tree.root.first { $0.name == "xml:lang" && !$0.value.isEmpty }?.value)
        var ids = Set(tree.nodes.compactMap(\.id))
        var (used, count) = (Set<String>(), 0)
        for index in tree.nodes.indices where tree.nodes[index].kind == .paragraph {
            let stretches = stretches(of: index)
            // What stands inside is shown as a whole only where the paragraph is one cue.
            let content = stretches.count == 1 ? tree.nodes[index].content : nil
            for stretch in stretches {
                count += 1
                var id = "c\(count)"
                if let stated = tree.nodes[index].id, used.insert(stated).inserted { id = stated } else { while !ids.insert(id).inserted { id += "'" } }
                layer.labels.append(label(id, stretch, tree.nodes[index], content))
            }
        }
        var document = Document(media: Media(name: name), layers: [layer], attributes: headAttributes)
        if let rate = tree.clock.rate, tree.root.contains(where: { $0.name.hasSuffix("frameRate") }) {
            document.media.video = VideoStream(timing: .constant(rate))
        }
        return document
    }

    private func label(_ id: String, _ stretch: Stretch, _ node: TTMLNode, _ content: [UInt8]?) -> Label {
        var attributes = node.attributes
        if let content { attributes.append(Attribute("ttml.content", String(decoding: content, as: UTF8.self))) }
        let span: Span = stretch.end.flatMap { Segment(start: stretch.begin, end: $0) }.map(Span.segment) ?? .open(stretch.begin)
        return Label(id: LabelID(id), span: span, content: .cue(Cue(CueText(runs: stretch.runs), speaker: node.agent.map(tree.name(ofAgent:)))), attributes: attributes)
    }

    private var headAttributes: [Attribute] {
        var attributes = tree.root.filter { $0.name != "xml:lang" }.map { Attribute("ttml.root.\($0.name)", $0.value) }
        attributes += tree.namespaces.sorted { $0.key < $1.key }.map { Attribute("ttml.xmlns.\($0.key)", $0.value) }
        attributes += tree.agents.filter(\.isInHead).map { Attribute("ttml.agent.\($0.id)", $0.name) }
        if let head = tree.head { attributes.append(Attribute("ttml.head", String(decoding: head, as: UTF8.self))) }
        return attributes
    }

    private struct Stretch {
        let begin: Timestamp
        var end: Timestamp?
        let runs: [TextRun]
    }

    /// Neighbouring stretches with the same text are one.
    private func stretches(of paragraph: Int) -> [Stretch] {
        let times = presentation.changes(of: paragraph)
        let end = tree.nodes[paragraph].active?.end
        var stretches: [Stretch] = []
        for (place, time) in times.enumerated() where time != end {
            let next = place + 1 < times.count ? times[place + 1] : nil
            let runs = presentation.regionIsActive(for: paragraph, at: time) ? presentation.runs(of: paragraph, at: time) : []
            if let last = stretches.last, last.end == time, last.runs == runs {
                stretches[stretches.count - 1].end = next
            } else if runs.contains(where: { !$0.text.allSatisfy(\.isWhitespace) }) {
                stretches.append(Stretch(begin: time, end: next, runs: runs))
            }
        }
        return stretches.isEmpty ? silence(paragraph) : stretches
    }

    /// A paragraph with times of its own and nothing in it is a cue without text, not nothing.
    private func silence(_ paragraph: Int) -> [Stretch] {
        let node = tree.nodes[paragraph]
        guard node.begin != nil, let active = node.active, presentation.isEmpty(paragraph) else { return [] }
        return [Stretch(begin: active.begin, end: active.end, runs: [])]
    }
}
