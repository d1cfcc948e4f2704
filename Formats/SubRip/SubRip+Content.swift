import Timeline

extension SubRip {
    /// What the text of a cue says. Text that the writer would write otherwise, such as `<font>`, is kept as it stands in `srt.text`.
    static func content(of cue: FoundCue, in text: [UInt8]) -> CueContent {
        if let plain = plain(cue, in: text) { return CueContent(plain) }
        let range = cue.places.text.range
        if let look = CueContent(oneLookOf: text, range, among: looks, hasMark: { hasMark(text, $0) }) { return look }
        return content(ofMarkup: CueBytes.normalised(text, range))
    }

    static func plain(_ cue: FoundCue, in text: [UInt8]) -> PlainText? {
        let range = cue.places.text.range
        return hasMark(text, range) ? nil : PlainText(bytes: text, range: range)
    }

    private static let looks: [(letter: UInt8, style: TextStyle)] = [
        (.ascii("i"), .italic), (.ascii("b"), .bold), (.ascii("u"), .underlined), (.ascii("s"), .struckOut),
    ]

    static func content(ofMarkup raw: [UInt8]) -> CueContent {
        let cue = Cue(runs(of: raw))
        var written: [UInt8] = []
        SubRipWriter.append(cue.text, to: &written)
        return CueContent(cue: cue, attributes: written == raw ? [] : [Attribute("srt.text", String(decoding: raw, as: UTF8.self))])
    }

    /// Whether a text is more than its characters: a tag, a reference, an arrow, a blank line, CR or NUL.
    private static func hasMark(_ text: [UInt8], _ range: Range<Int>) -> Bool {
        var isBlankLine = true
        for index in range {
            let byte = text[index]
            if byte > 0x3E, byte != .ascii("{") {
                isBlankLine = false
                continue
            }
            switch byte {
            case Byte.lineFeed:
                if isBlankLine { return true }
                isBlankLine = true
            case .ascii("<"), .ascii(">"), .ascii("&"), .ascii("{"), Byte.carriageReturn, Byte.nul: return true
            case Byte.space, Byte.tab: continue
            default: isBlankLine = false
            }
        }
        return false
    }
}
