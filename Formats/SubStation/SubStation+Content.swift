import Timeline

extension SubStation {
    /// What an event says. Text that the writer would write otherwise, such as `{\pos(1,2)}`, is kept as it stands in `ass.text`.
    static func content(of cue: FoundCue, in text: [UInt8]) -> CueContent {
        if let plain = plain(cue, in: text) { return CueContent(plain) }
        let range = cue.places.text.range
        let speaker = cue.places.speaker.isEmpty ? nil : text.string(cue.places.speaker.range)
        return content(ofMarkup: CueBytes.normalised(text, range), speaker: speaker)
    }

    static func plain(_ cue: FoundCue, in text: [UInt8]) -> PlainText? {
        let range = cue.places.text.range
        let speaker = cue.places.speaker.isEmpty ? nil : text.string(cue.places.speaker.range)
        guard hasMark(text, range) else { return PlainText(bytes: text, range: range, speaker: speaker) }
        return lines(text, range).map { PlainText(bytes: $0, range: 0..<$0.count, speaker: speaker) }
    }

    /// The characters of a text whose only marks are `\N`; nil for other texts.
    private static func lines(_ text: [UInt8], _ range: Range<Int>) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        var start = range.lowerBound
        while let mark = text.position(of: .ascii("\\"), in: start..<range.upperBound) {
            guard mark + 1 < range.upperBound, text[mark + 1] == .ascii("N"), !hasMark(text, start..<mark) else { return nil }
            bytes += text[start..<mark]
            bytes.append(Byte.lineFeed)
            start = mark + 2
        }
        guard !hasMark(text, start..<range.upperBound) else { return nil }
        bytes += text[start..<range.upperBound]
        return bytes
    }

    static func content(ofMarkup raw: [UInt8], speaker: String?) -> CueContent {
        let text = runs(of: raw)
        var written: [UInt8] = []
        SubStationWriter.append(text, to: &written)
        let attributes = written == raw ? [] : [Attribute("ass.text", String(decoding: raw, as: UTF8.self))]
        return CueContent(cue: Cue(text, speaker: speaker), attributes: attributes)
    }

    /// Whether a text is more than its characters: an override block, an escape, a no-break space, NUL.
    private static func hasMark(_ text: [UInt8], _ range: Range<Int>) -> Bool {
        for index in range {
            let byte = text[index]
            if byte == .ascii("\\") || byte == .ascii("{") || byte == .ascii("}") || byte == Byte.nul || byte == 0xC2 { return true }
        }
        return false
    }
}
