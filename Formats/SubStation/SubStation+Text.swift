import Timeline

extension SubStation {
    /// The runs of an event's text: override blocks `{...}` read for bold, italic, underline and strike-out and then
    /// dropped, drawings dropped, `\N` a line break, `\n` and `\h` spaces.
    static func runs(of text: [UInt8]) -> CueText {
        var builder = CueTextBuilder()
        var isDrawing = false
        var (position, start) = (0, 0)
        // Looked up once, so that many open braces without an end take linear time.
        let lastClose = text.lastIndex(of: .ascii("}")) ?? -1
        /// Passes over markup: what stood before it is text, or a drawing.
        func pass(to end: Int) {
            if !isDrawing { builder.append(text[start..<position]) }
            (position, start) = (end, end)
        }
        while position < text.count {
            let byte = text[position]
            if byte == .ascii("{"), position < lastClose, let close = text.position(of: .ascii("}"), in: position..<text.count) {
                let block = (position + 1)..<close
                pass(to: close + 1)
                applyOverrides(text, block, to: &builder.look.style, isDrawing: &isDrawing)
            } else if byte == .ascii("\\"), let escape = escape(text, at: position) {
                pass(to: escape.end)
                if !isDrawing { builder.append(escape.bytes) }
            } else {
                position += 1
            }
        }
        pass(to: position)
        return builder.finish()
    }

    /// The bytes that an escape stands for. A word joiner behind a backslash says that the backslash is one.
    private static func escape(_ text: [UInt8], at position: Int) -> (bytes: [UInt8], end: Int)? {
        guard position + 1 < text.count else { return nil }
        switch text[position + 1] {
        case .ascii("N"): return (lineBreak, position + 2)
        case .ascii("n"): return ([Byte.space], position + 2)
        case .ascii("h"): return ([0xC2, 0xA0], position + 2)
        case .ascii("{"), .ascii("}"): return ([text[position + 1]], position + 2)
        case 0xE2 where text.has("\u{2060}", at: position + 1): return ([.ascii("\\")], position + 4)
        default: return nil
        }
    }

    private static let lineBreak: [UInt8] = [Byte.lineFeed]

    private static func applyOverrides(_ text: [UInt8], _ block: Range<Int>, to style: inout TextStyle, isDrawing: inout Bool) {
        for tag in text[block].split(separator: .ascii("\\")).dropFirst(text[block].first == .ascii("\\") ? 0 : 1) {
            guard let letter = tag.first else { continue }
            let value = tag.dropFirst()
            let number = value.isEmpty ? 0 : value.allSatisfy(Byte.isDigit) ? decimal(value) : nil
            switch letter {
            case .ascii("b"): set(.bold, number, in: &style)
            case .ascii("i"): set(.italic, number, in: &style)
            case .ascii("u"): set(.underlined, number, in: &style)
            case .ascii("s"): set(.struckOut, number, in: &style)
            case .ascii("p"): isDrawing = number.map { $0 > 0 } ?? isDrawing
            case .ascii("r") where !value.starts(with: "nd".utf8): style = []
            default: continue
            }
        }
    }

    /// Weights of 100 and more, such as `\b700`, are bold too.
    private static func set(_ look: TextStyle, _ number: Int?, in style: inout TextStyle) {
        guard let number else { return }
        if number > 0 { style.insert(look) } else { style.remove(look) }
    }

    private static func decimal(_ digits: ArraySlice<UInt8>) -> Int {
        digits.reduce(0) { min(9999, $0 * 10 + Int($1 &- 0x30)) }
    }
}
