import Timeline

/// Writes W3C WebVTT; a document that came from WebVTT gets its header, style sheets, regions, notes, ids and settings back.
struct WebVTTWriter: CueWriting {
    private let head: String
    private let blocks, end: [String]
    private var times = TimesWriter(.webVTT)

    init(_ document: Document) {
        let stated = document.attributes["webvtt.head"]
        head = stated.flatMap { Self.isHead($0) ? $0 : nil } ?? WebVTT.usualHead
        blocks = document.attributes.values(of: "webvtt.block").filter(Self.isBlock)
        end = document.attributes.values(of: "webvtt.end").filter(Self.isBlock)
    }

    private static func isHead(_ text: String) -> Bool { WebVTT.hasSignature(Array(text.utf8), from: 0) && isBlock(text) }

    /// Whether lines are one block: no blank one and no arrow.
    private static func isBlock(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return !bytes.isEmpty && LineScanner(bytes).allSatisfy { !$0.isEmpty && TimingLine.arrowPosition(bytes, $0.range) == nil }
    }

    func begin(to bytes: inout [UInt8]) {
        bytes += head.utf8
        bytes.append(Byte.lineFeed)
        append(blocks, to: &bytes)
    }

    func finish(to bytes: inout [UInt8]) { append(end, to: &bytes) }

    private func append(_ blocks: [String], to bytes: inout [UInt8]) {
        for block in blocks {
            bytes.append(Byte.lineFeed)
            bytes += block.utf8
            bytes.append(Byte.lineFeed)
        }
    }

    mutating func write(_ label: Label, _ cue: Cue, to bytes: inout [UInt8]) {
        let attributes = label.attributes
        if !attributes.isEmpty { append(attributes.values(of: "webvtt.block").filter(Self.isBlock), to: &bytes) }
        bytes.append(Byte.lineFeed)
        appendID(label, to: &bytes)
        times.append(label, to: &bytes)
        if !attributes.isEmpty, let settings = attributes["webvtt.settings"] { bytes += " \(settings)".utf8.map { $0 == Byte.lineFeed || $0 == Byte.carriageReturn ? Byte.space : $0 } }
        bytes.append(Byte.lineFeed)
        let start = bytes.count
        if attributes.isEmpty {
            Self.append(cue, closesVoice: true, to: &bytes)
        } else {
            appendText(cue, attributes, to: &bytes)
        }
        if bytes.count > start { bytes.append(Byte.lineFeed) }
    }

    /// Ids that only count are the reader's and are not written.
    private func appendID(_ label: Label, to bytes: inout [UInt8]) {
        let stated = label.attributes.isEmpty ? nil : label.attributes["webvtt.id"]
        guard let id = stated ?? (label.id.isCounter ? nil : label.id.name), !id.isEmpty else { return }
        Self.appendLine(id, to: &bytes)
        bytes.append(Byte.lineFeed)
    }

    /// Appends a text as one line without an arrow.
    private static func appendLine(_ text: String, to bytes: inout [UInt8]) {
        for byte in text.utf8 {
            if byte == .ascii(">"), bytes.suffix(2).elementsEqual("--".utf8) {
                bytes += "\u{203A}".utf8
            } else {
                bytes.append(byte == Byte.lineFeed || byte == Byte.carriageReturn ? Byte.space : byte)
            }
        }
    }

    // MARK: Text

    /// The text as its file had it, for as long as it still says the same; else with the tags of this writer.
    private func appendText(_ cue: Cue, _ attributes: [Attribute], to bytes: inout [UInt8]) {
        if let raw = attributes["webvtt.text"].map({ Array($0.utf8) }), Self.isText(raw), WebVTT.content(ofMarkup: raw).cue == cue {
            bytes += raw
        } else if attributes["webvtt.kind"] == "metadata", cue.speaker == nil, Self.isText(Array(cue.text.plain.utf8)) {
            bytes += cue.text.plain.utf8
        } else {
            Self.append(cue, closesVoice: attributes["webvtt.voice"] != "open", to: &bytes)
        }
    }

    /// Whether lines can stand as the text of a cue: no blank one and no arrow.
    private static func isText(_ bytes: [UInt8]) -> Bool {
        bytes.last != Byte.lineFeed && LineScanner(bytes).allSatisfy { !$0.isEmpty && TimingLine.arrowPosition(bytes, $0.range) == nil }
    }

    /// Appends cue text: tags for what the runs say, references for `&`, `<` and `>`.
    ///
    /// A blank line would end the cue, so it gets a no-break space.
    ///
    /// - Parameter closesVoice: whether `</v>` stands at the end of a cue with a speaker.
    static func append(_ cue: Cue, closesVoice: Bool, to bytes: inout [UInt8]) {
        let runs = cue.text.runs
        let start = bytes.count
        if let speaker = cue.speaker {
            bytes += "<v ".utf8
            appendAnnotation(speaker, to: &bytes)
            bytes.append(.ascii(">"))
        }
        if runs.count == 1, runs[0].isPlain {
            appendEscaped(runs[0].text, from: start, to: &bytes)
        } else {
            MarkupTag.append(runs, to: &bytes, tags: tags) { run, bytes in
                if let time = run.appears {
                    bytes.append(.ascii("<"))
                    bytes += ClockStyle.webVTT.stamp(time)
                    bytes.append(.ascii(">"))
                }
                appendEscaped(run.text, from: start, to: &bytes)
            }
        }
        if bytes.last == Byte.lineFeed, bytes.count > start { bytes += "\u{A0}".utf8 }
        if cue.speaker != nil, closesVoice { bytes += "</v>".utf8 }
    }

    private static func tags(_ run: TextRun) -> [MarkupTag] {
        var tags: [MarkupTag] = []
        if let voice = run.voice { tags.append(MarkupTag(open: "<v \(annotation(voice))>", close: "</v>")) }
        if let language = run.language { tags.append(MarkupTag(open: "<lang \(annotation(language))>", close: "</lang>")) }
        if !run.classes.isEmpty { tags.append(MarkupTag(open: "<c\(run.classes.map(className).joined())>", close: "</c>")) }
        let looks: [(TextStyle, String)] = [(.bold, "b"), (.italic, "i"), (.underlined, "u")]
        return tags + looks.filter { run.style.contains($0.0) }.map { MarkupTag(open: "<\($0.1)>", close: "</\($0.1)>") }
    }

    /// A class with what would end it as `_`.
    private static func className(_ name: String) -> String {
        "." + String(name.map { $0 == "." || $0 == ">" || $0 == "&" || $0 == "<" || $0.isWhitespace ? "_" : $0 })
    }

    private static func annotation(_ text: String) -> String {
        var bytes: [UInt8] = []
        appendAnnotation(text, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func appendAnnotation(_ text: String, to bytes: inout [UInt8]) {
        for byte in text.utf8 { appendEscaped(Byte.isSpace(byte) ? Byte.space : byte, to: &bytes) }
    }

    /// - Parameter start: where the text of the cue begins.
    private static func appendEscaped(_ text: String, from start: Int, to bytes: inout [UInt8]) {
        bytes.append(text, special: isSpecial) { byte, bytes in
            guard byte == Byte.lineFeed || byte == Byte.carriageReturn else { return appendEscaped(byte, to: &bytes) }
            if bytes.count == start || bytes[bytes.count - 1] == Byte.lineFeed { bytes += "\u{A0}".utf8 }
            bytes.append(Byte.lineFeed)
        }
    }

    @inline(__always) private static func isSpecial(_ byte: UInt8) -> Bool {
        byte <= .ascii(">")
            && (byte == .ascii("<") || byte == .ascii(">") || byte == .ascii("&") || byte == Byte.lineFeed || byte == Byte.carriageReturn
                || byte == Byte.nul)
    }

    @inline(__always) private static func appendEscaped(_ byte: UInt8, to bytes: inout [UInt8]) {
        switch byte {
        case .ascii("&"): bytes += "&amp;".utf8
        case .ascii("<"): bytes += "&lt;".utf8
        case .ascii(">"): bytes += "&gt;".utf8
        case Byte.nul: bytes += "\u{FFFD}".utf8
        default: bytes.append(byte)
        }
    }
}

extension TextRun {
    /// Whether the run is its characters alone.
    var isPlain: Bool { style.isEmpty && voice == nil && language == nil && appears == nil && classes.isEmpty }
}
