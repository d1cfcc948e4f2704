import Timeline

extension WebVTT {
    /// The runs of a cue's text by the W3C rules: tags, times, character references. Ruby annotations read as text.
    ///
    /// Linear in the text: tags that lie deeper than ``depthLimit`` give no look.
    static func runs(of text: [UInt8]) -> CueText {
        guard text.contains(where: { $0 == .ascii("<") || $0 == .ascii("&") }) else { return CueText(String(decoding: text, as: UTF8.self)) }
        return CueText(WebVTTTree(text))
    }

    /// How deep tags may lie and still give a look to their text. WebVTT states no limit; this one bounds the time and memory
    /// that hostile text takes.
    static let depthLimit = 64

    /// The characters of a stretch of cue text without tags.
    static func decoded(_ text: [UInt8], _ range: Range<Int>) -> ArraySlice<UInt8> {
        guard text[range].contains(.ascii("&")) else { return text[range] }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        var position = range.lowerBound
        while position < range.upperBound {
            if text[position] == .ascii("&"), let decoded = CharacterReference.decodeHTML(text, at: position, before: range.upperBound) {
                bytes += decoded.bytes
                position = decoded.end
            } else {
                bytes.append(text[position])
                position += 1
            }
        }
        return bytes[...]
    }

    /// The annotation of a start tag: references decoded, each run of white space one space, none at the ends.
    static func annotation(_ text: [UInt8], _ range: Range<Int>) -> String {
        let words = decoded(text, range).split(whereSeparator: Byte.isSpace)
        return String(decoding: Array(words.joined(separator: [Byte.space])), as: UTF8.self)
    }
}

extension CueText {
    /// What a tree says as runs of one look each.
    init(_ tree: WebVTTTree) {
        var builder = CueTextBuilder()
        /// The looks inside the nodes that are open, outermost first.
        var looks = [TextRun("")]
        var time: Timestamp?
        for node in tree.nodes {
            looks.removeLast(max(0, looks.count - 1 - node.depth))
            var look = looks[looks.count - 1]
            switch node.kind {
            case .text(let text):
                look.appears = time
                builder.look = look
                builder.append(text.utf8)
            case .timestamp(let stamp): time = stamp
            default: looks.append(node.depth < WebVTT.depthLimit ? node.applied(to: look) : look)
            }
        }
        self = builder.finish()
    }
}

extension WebVTTTree.Node {
    /// The look of text inside the node, given the one around it.
    fileprivate func applied(to outer: TextRun) -> TextRun {
        var look = outer
        look.classes += classes
        switch kind {
        case .bold: look.style.insert(.bold)
        case .italic: look.style.insert(.italic)
        case .underline: look.style.insert(.underlined)
        case .voice(let name): look.voice = name.isEmpty ? nil : name
        case .language(let tag): look.language = tag.isEmpty ? nil : tag
        case .text, .timestamp, .class, .ruby, .rubyText: break
        }
        return look
    }
}
