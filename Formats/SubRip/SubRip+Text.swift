import Timeline

extension SubRip {
    /// Reads the markup that players accept in SubRip: `<b> <i> <u> <s> <font>`, override blocks `{\an8}` of SubStation
    /// Alpha, and character references. Any other `<` or `{` is text.
    static func runs(of text: [UInt8]) -> CueText {
        var builder = CueTextBuilder()
        var counts = StyleCounts()
        var position = 0
        // Looked up once, so that many open braces without an end take linear time.
        let lastClose = text.lastIndex(of: .ascii("}")) ?? -1
        while position < text.count {
            switch text[position] {
            case .ascii("<"):
                if let tag = SubRipTag(text, at: position) {
                    if let style = tag.style { builder.look.style = counts.apply(style, opens: tag.opens) }
                    position = tag.end
                    continue
                }
            case .ascii("{"):
                if position < lastClose, text.has("\\", at: position + 1), let end = text.position(of: .ascii("}"), in: position..<text.count) {
                    position = end + 1
                    continue
                }
            case .ascii("&"):
                if let decoded = CharacterReference.decode(text, at: position) {
                    builder.append(decoded.bytes)
                    position = decoded.end
                    continue
                }
            default: break
            }
            builder.append(text[position])
            position += 1
        }
        return builder.finish()
    }
}

/// How many tags of each look are open, so that `</b>` closes one of two.
private struct StyleCounts {
    private var counts: [TextStyle: Int] = [:]

    mutating func apply(_ style: TextStyle, opens: Bool) -> TextStyle {
        counts[style] = max(0, (counts[style] ?? 0) + (opens ? 1 : -1))
        return counts.reduce(into: []) { if $1.value > 0 { $0.insert($1.key) } }
    }
}

/// A tag such as `<i>` or `</font>` that SubRip players take as markup.
private struct SubRipTag {
    let style: TextStyle?
    let opens: Bool
    let end: Int

    /// Longest tag that is believed; more is text that holds a `<`.
    private static let longest = 256

    init?(_ text: [UInt8], at start: Int) {
        opens = !text.has("/", at: start + 1)
        let name = start + (opens ? 1 : 2)
        let limit = min(text.count, start + Self.longest)
        guard name < limit, Byte.isLetter(text[name]),
            let close = text.position(of: .ascii(">"), in: name..<limit)
        else { return nil }
        var nameEnd = name
        while nameEnd < close, Byte.isLetter(text[nameEnd]) { nameEnd += 1 }
        let isOne = nameEnd - name == 1
        let isFont = text.hasFolded("font", at: name, before: nameEnd) && nameEnd - name == 4
        switch isOne ? text[name] | 0x20 : 0 {
        case .ascii("b"): style = .bold
        case .ascii("i"): style = .italic
        case .ascii("u"): style = .underlined
        case .ascii("s"): style = .struckOut
        default:
            guard isFont else { return nil }
            style = nil
        }
        end = close + 1
    }
}
