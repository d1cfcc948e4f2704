import Timeline

extension WebVTT {
    /// What the text of a cue says. Text that the writer would write otherwise, such as ruby, is kept as it stands in
    /// `webvtt.text`; where only the end tag of a voice is missing, `webvtt.voice` says so.
    static func content(of cue: FoundCue, in text: [UInt8]) -> CueContent {
        if let plain = plain(cue, in: text) { return CueContent(plain) }
        let range = cue.places.text.range
        if cue.isMetadata || isJSON(text, range) {
            let data = String(decoding: CueBytes.normalised(text, range), as: UTF8.self)
            return CueContent(cue: Cue(CueText(data)), attributes: metadata)
        }
        if let look = CueContent(oneLookOf: text, range, among: looks, hasMark: { text.firstMark(in: $0) != nil || text[$0.lowerBound] == Byte.lineFeed }) {
            return look
        }
        return content(ofMarkup: CueBytes.normalised(text, range))
    }

    static func plain(_ cue: FoundCue, in text: [UInt8]) -> PlainText? {
        let range = cue.places.text.range
        guard let mark = text.firstMark(in: range) else { return PlainText(bytes: text, range: range) }
        return mark == range.lowerBound && !cue.isMetadata ? oneVoice(text, range) : nil
    }

    private static let looks: [(letter: UInt8, style: TextStyle)] = [(.ascii("i"), .italic), (.ascii("b"), .bold), (.ascii("u"), .underlined)]
    private static let metadata = [Attribute("webvtt.kind", "metadata")]
    private static let openVoice = [Attribute("webvtt.voice", "open")]

    /// What cue text says that is not plain.
    static func content(ofMarkup raw: [UInt8]) -> CueContent {
        var cue = Cue(runs(of: raw))
        // One voice throughout is the speaker of the cue.
        if let voice = cue.text.runs.first?.voice, cue.text.runs.allSatisfy({ $0.voice == voice }) {
            cue.speaker = voice
            for run in cue.text.runs.indices { cue.text.runs[run].voice = nil }
        }
        var written: [UInt8] = []
        WebVTTWriter.append(cue, closesVoice: true, to: &written)
        if written == raw { return CueContent(cue: cue) }
        if cue.speaker != nil, written.dropLast(4) == raw[...] { return CueContent(cue: cue, attributes: openVoice) }
        return CueContent(cue: cue, attributes: [Attribute("webvtt.text", String(decoding: raw, as: UTF8.self))])
    }

    /// `<v Name>` and plain text to the end of the cue, read without a tree.
    private static func oneVoice(_ text: [UInt8], _ range: Range<Int>) -> PlainText? {
        guard text.has("<v ", at: range.lowerBound, before: range.upperBound), let end = text.position(of: .ascii(">"), in: range) else { return nil }
        let (name, rest) = (range.lowerBound + 3..<end, end + 1..<range.upperBound)
        guard !name.isEmpty, !rest.isEmpty, text.firstMark(in: rest) == nil, text.firstMark(in: name) == nil else { return nil }
        var previous = Byte.space
        for byte in text[name] {
            guard byte != Byte.lineFeed, byte != Byte.tab, byte != Byte.formFeed, byte != Byte.space || previous != Byte.space else { return nil }
            previous = byte
        }
        guard previous != Byte.space else { return nil }
        return PlainText(bytes: text, range: rest, speaker: text.string(name), attributes: openVoice)
    }

    /// Whether cue text is a JSON object or array, as metadata tracks carry.
    private static func isJSON(_ text: [UInt8], _ range: Range<Int>) -> Bool {
        guard let first = range.first, let last = range.last else { return false }
        guard (text[first], text[last]) == (.ascii("{"), .ascii("}")) || (text[first], text[last]) == (.ascii("["), .ascii("]")) else { return false }
        var log = DiagnosticLog(file: "")
        return (try? JSONReader.read(Array(text[range]), log: &log)) != nil
    }
}

extension [UInt8] {
    /// The first byte of a range that plain text of WebVTT does not have: `<`, `>`, `&`, CR or NUL.
    @inline(__always) fileprivate func firstMark(in range: Range<Int>) -> Int? {
        for index in range {
            let byte = self[index]
            if byte <= 0x3E, byte == .ascii("<") || byte == .ascii(">") || byte == .ascii("&") || byte == Byte.carriageReturn || byte == Byte.nul {
                return index
            }
        }
        return nil
    }
}
