import Timeline

/// What a TTML document shows at one time after the other: its intermediate synchronic documents (TTML2 section 11.3.1.3), as text.
struct TTMLPresentation {
    private let tree: TTMLTree
    private let regionTimes: [String: TTMLInterval]
    /// The ``TTMLNode/Kind/set`` nodes of each node that has any.
    private let sets: [Int: [Int]]

    /// - Parameter tree: with its times resolved.
    init(_ tree: TTMLTree) {
        self.tree = tree
        var times: [String: TTMLInterval] = [:]
        for index in tree.regions { if let id = tree.nodes[index].id, let active = tree.nodes[index].active { times[id] = active } }
        regionTimes = times
        sets = Dictionary(grouping: tree.nodes.indices.filter { tree.nodes[$0].kind == .set && tree.nodes[$0].parent >= 0 }) { tree.nodes[$0].parent }
    }

    /// The times at which something changes, ascending, zero included; none where the document shows nothing at any time.
    var changes: [Timestamp] {
        guard !tree.nodes.isEmpty else { return [] }
        var times: Set<Timestamp> = [.zero]
        for node in tree.nodes where node.kind != .text && node.kind != .lineBreak {
            guard let active = node.active else { continue }
            times.insert(active.begin)
            if let end = active.end { times.insert(end) }
        }
        return times.sorted()
    }

    /// The regions that show text at a time, with it; `nil` stands for the region of documents that define none.
    func regions(at time: Timestamp) -> [(id: String?, text: String)] {
        let ids: [String?] = tree.regions.isEmpty ? [nil] : tree.regions.map { tree.nodes[$0].id }
        return ids.compactMap { id in
            if let id, regionTimes[id]?.contains(time) != true { return nil }
            let text = paragraphs(in: id).map { runs(of: $0, at: time).map(\.text).joined() }.joined()
            return text.isEmpty ? nil : (id, text)
        }
    }

    private func paragraphs(in region: String?) -> [Int] {
        tree.nodes.indices.filter { tree.nodes[$0].kind == .paragraph && (region == nil || tree.nodes[$0].region == region) }
    }

    // MARK: Paragraphs

    /// The times at which a paragraph may change: its own, those of what is inside, and those of what it stands in and of its region.
    func changes(of paragraph: Int) -> [Timestamp] {
        guard let active = tree.nodes[paragraph].active else { return [] }
        var times: Set<Timestamp> = []
        func add(_ interval: TTMLInterval?) {
            guard let interval else { return }
            for time in [interval.begin, interval.end].compactMap({ $0 }) where active.contains(time) { times.insert(time) }
        }
        add(active)
        for node in inside(paragraph) { add(tree.nodes[node].active) }
        for node in ancestors(paragraph) { for set in sets[node] ?? [] { add(tree.nodes[set].active) } }
        if let region = tree.nodes[paragraph].region { add(regionTimes[region]) }
        return times.sorted() + [active.end].compactMap { $0 }
    }

    /// Whether the paragraph's region, where it names one, is there at a time.
    func regionIsActive(for paragraph: Int, at time: Timestamp) -> Bool {
        guard let region = tree.nodes[paragraph].region, let active = regionTimes[region] else { return true }
        return active.contains(time)
    }

    /// Whether a paragraph has no text but white space.
    func isEmpty(_ paragraph: Int) -> Bool {
        inside(paragraph).allSatisfy { tree.nodes[$0].kind != .text || tree.nodes[$0].text.allSatisfy { $0 <= Byte.space } }
    }

    /// The text of a paragraph at a time, white space treated as `xml:space` says; none when it is not shown.
    func runs(of paragraph: Int, at time: Timestamp) -> [TextRun] {
        guard tree.nodes[paragraph].active?.contains(time) == true, !ancestors(paragraph).contains(where: { isHidden($0, at: time) }) else { return [] }
        var builder = TTMLTextBuilder()
        var skipped: Set<Int> = []
        for index in inside(paragraph) {
            let node = tree.nodes[index]
            if skipped.contains(node.parent) || node.active?.contains(time) != true || isHidden(index, at: time) {
                skipped.insert(index)
                continue
            }
            builder.look = TextRun("", style: node.style, voice: voice(index), language: language(index, below: paragraph))
            switch node.kind {
            case .lineBreak: builder.breakLine()
            case .text where !tree.nodes[node.parent].dropsText: builder.append(node.text, keepsSpace: node.keepsSpace)
            default: break
            }
        }
        return builder.finish()
    }

    private func voice(_ index: Int) -> String? {
        var node = index
        while node >= 0, tree.nodes[node].kind != .paragraph {
            if let agent = tree.nodes[node].agent { return tree.name(ofAgent: agent) }
            node = tree.nodes[node].parent
        }
        return nil
    }

    private func language(_ index: Int, below paragraph: Int) -> String? {
        var node = index
        while node > paragraph {
            if let language = tree.nodes[node].language { return language }
            node = tree.nodes[node].parent
        }
        return nil
    }

    /// The nodes inside a paragraph, in document order.
    private func inside(_ paragraph: Int) -> Range<Int> {
        var end = paragraph + 1
        // What is inside stands behind it without a gap.
        while end < tree.nodes.count, tree.nodes[end].parent >= paragraph { end += 1 }
        return paragraph + 1..<end
    }

    private func ancestors(_ index: Int) -> [Int] {
        var (found, node) = ([index], tree.nodes[index].parent)
        while node >= 0 {
            found.append(node)
            node = tree.nodes[node].parent
        }
        return found
    }

    private func isHidden(_ index: Int, at time: Timestamp) -> Bool {
        let set = sets[index]?.last { tree.nodes[$0].setsDisplay && tree.nodes[$0].active?.contains(time) == true }
        return set.map { tree.nodes[$0].isHidden } ?? tree.nodes[index].isHidden
    }
}

/// Collects the text of a paragraph: runs of white space become one blank, and none stands at the ends of a line.
struct TTMLTextBuilder {
    var look = TextRun("")
    private var builder = CueTextBuilder()
    /// A blank that is written when something follows it on the line.
    private var hasPendingBlank = false
    private var pendingLook = TextRun("")
    private var isAtLineStart = true
    private var endsInBlank = false

    mutating func append(_ text: [UInt8], keepsSpace: Bool) {
        for byte in text {
            let isSpace = byte == Byte.space || byte == Byte.tab || byte == Byte.lineFeed || byte == Byte.carriageReturn
            if isSpace, !keepsSpace {
                if !isAtLineStart, !endsInBlank, !hasPendingBlank { (hasPendingBlank, pendingLook) = (true, look) }
                continue
            }
            flushBlank()
            builder.look = look
            builder.append(byte)
            (isAtLineStart, endsInBlank) = (byte == Byte.lineFeed, isSpace)
        }
    }

    mutating func breakLine() {
        hasPendingBlank = false
        builder.look = look
        builder.append(Byte.lineFeed)
        (isAtLineStart, endsInBlank) = (true, false)
    }

    mutating func finish() -> [TextRun] { builder.finish().runs }

    private mutating func flushBlank() {
        guard hasPendingBlank else { return }
        builder.look = pendingLook
        builder.append(Byte.space)
        hasPendingBlank = false
    }
}
