import Timeline

extension SubRip {
    /// What the text of a cue says. Text that the writer would write otherwise, such as `<font>`, is kept as it stands in `srt.text`.
    static func content(of cue: FoundCue, in text: [UInt8]) -> CueContent {
        let range = cue.places.text.range
        guard hasMark(text, range) else { return CueContent(cue: Cue(CueText(text.string(range)))) }
        return content(ofMarkup: CueBytes.normalised(text, range))
    }

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
