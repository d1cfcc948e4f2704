import Timeline

extension SubRip {
    /// Reads the markup that players accept in SubRip: `<b> <i> <u> <s> <font>`, override blocks `{\an8}` of SubStation
    /// Alpha, and character references. Any other `<` or `{` is text.
    static func runs(of text: [UInt8]) -> CueText {
        var builder = CueTextBuilder()
        var open = OpenLooks()
        var (position, start) = (0, 0)
        // Looked up once, so that many open braces without an end take linear time.
        let lastClose = text.lastIndex(of: .ascii("}")) ?? -1
        /// Passes over markup: what stood before it is text.
        func pass(to end: Int) {
            builder.append(text[start..<position])
            (position, start) = (end, end)
        }
        while position < text.count {
            switch text[position] {
            case .ascii("<"):
                guard let tag = SubRipTag(text, at: position) else { break }
                pass(to: tag.end)
                if let style = tag.style { builder.look.style = open.apply(style, opens: tag.opens) }
                continue
            case .ascii("{"):
                guard position < lastClose, text.has("\\", at: position + 1), let end = text.position(of: .ascii("}"), in: position..<text.count)
                else { break }
                pass(to: end + 1)
                continue
            case .ascii("&"):
                guard let decoded = CharacterReference.decode(text, at: position) else { break }
                pass(to: decoded.end)
                builder.append(decoded.bytes)
                continue
            default: break
            }
            position += 1
        }
        pass(to: position)
        return builder.finish()
    }
}

/// How many tags of each look are open, so that `</b>` closes one of two.
private struct OpenLooks {
    private var counts: InlineArray<4, Int> = .init(repeating: 0)

    /// - Parameter style: one look.
    mutating func apply(_ style: TextStyle, opens: Bool) -> TextStyle {
        let look = min(style.rawValue.trailingZeroBitCount, 3)
        counts[look] = max(0, counts[look] + (opens ? 1 : -1))
        var styles: TextStyle = []
        for index in 0..<4 where counts[index] > 0 { styles.insert(TextStyle(rawValue: 1 << UInt8(index))) }
        return styles
    }
}

/// A tag such as `<i>` or `</font>` that SubRip players take as markup.
struct SubRipTag {
    let style: TextStyle?
    let opens: Bool
    let end: Int

    /// Longest tag that is believed; more is text that holds a `<`.
    private static let longest = 256

    /// Whether a `<` in a text may be taken for the begin of a tag, once other text follows it.
    static func mayBegin(_ text: [UInt8], at start: Int) -> Bool {
        let name = start + (text.has("/", at: start + 1) ? 2 : 1)
        var end = name
        while end < text.count, end < name + 5, Byte.isLetter(text[end]) { end += 1 }
        switch end - name {
        case 0: return end == text.count
        case 1: return [.ascii("b"), .ascii("i"), .ascii("u"), .ascii("s")].contains(text[name] | 0x20)
        default: return end == text.count && end - name < 4 || text.hasFolded("font", at: name, before: end) && end - name == 4
        }
    }

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
