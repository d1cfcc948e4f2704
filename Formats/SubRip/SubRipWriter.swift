import Timeline

/// Writes SubRip: `<b> <i> <u> <s>` for looks, blank lines inside a text dropped, as players end a cue there.
struct SubRipWriter: CueWriting {
    private var times = TimesWriter(.subRip)
    private var index = 0
    private var count = 0

    init(_ document: Document) {}

    func begin(to bytes: inout [UInt8]) {}
    func finish(to bytes: inout [UInt8]) {}

    mutating func write(_ label: Label, _ cue: Cue, to bytes: inout [UInt8]) {
        if count > 0 { bytes.append(Byte.lineFeed) }
        count += 1
        appendIndex(label.attributes, to: &bytes)
        times.append(label, to: &bytes)
        if !label.attributes.isEmpty, let coordinates = label.attributes["srt.coordinates"] { Self.append(coordinates: coordinates, to: &bytes) }
        bytes.append(Byte.lineFeed)
        let start = bytes.count
        if !label.attributes.isEmpty, let markup = label.attributes["srt.text"].flatMap({ Self.markup($0, of: cue) }) {
            bytes += markup
        } else {
            Self.append(cue.text, to: &bytes)
        }
        if bytes.count > start { bytes.append(Byte.lineFeed) }
    }

    /// The next index, or the one that the file stated in its place; none where it had none.
    private mutating func appendIndex(_ attributes: [Attribute], to bytes: inout [UInt8]) {
        index += 1
        guard !attributes.isEmpty, let stated = attributes["srt.index"] else {
            bytes.appendDecimal(Int64(index))
            return bytes.append(Byte.lineFeed)
        }
        guard let number = Int(stated), (0...SubRipReader.largestIndex).contains(number) else { return }
        index = number
        bytes.appendDecimal(Int64(number))
        bytes.append(Byte.lineFeed)
    }

    /// What a file had behind the times, parted from them so that it does not become a part of the second one.
    private static func append(coordinates: String, to bytes: inout [UInt8]) {
        let stated = coordinates.utf8.filter { $0 != Byte.lineFeed && $0 != Byte.carriageReturn }
        let continuesTime = stated.first.map { ":,.".utf8.contains($0) } ?? false
        bytes.append(contentsOf: repeatElement(Byte.space, count: continuesTime ? 3 : 1))
        bytes += stated
    }

    // MARK: Text

    /// The markup that a file had for a cue, safe to stand in a file; nil when it no longer says what the cue does.
    private static func markup(_ stated: String, of cue: Cue) -> [UInt8]? {
        let raw = Array(stated.utf8)
        guard SubRip.content(ofMarkup: raw).cue == cue else { return nil }
        let hidden = hidingArrows(raw)
        // An arrow inside a tag cannot be hidden: the tag would become text.
        return hidden == raw || SubRip.content(ofMarkup: hidden).cue == cue ? hidden : nil
    }

    /// A text in which no arrow stands behind an index, where it would count as a cue whose times are damaged.
    private static func hidingArrows(_ raw: [UInt8]) -> [UInt8] {
        guard hasIndexBeforeArrow(raw) else { return raw }
        var hidden: [UInt8] = []
        for (index, byte) in raw.enumerated() {
            if byte == .ascii(">"), index > 1, raw[index - 1] == .ascii("-"), raw[index - 2] == .ascii("-") { hidden += "&gt;".utf8 } else { hidden.append(byte) }
        }
        return hidden
    }

    private static func hasIndexBeforeArrow(_ raw: [UInt8]) -> Bool {
        var wasIndex = false
        for line in LineScanner(raw) {
            let content = raw.trimmed(line.range)
            if wasIndex, TimingLine.arrowPosition(raw, content) != nil { return true }
            if !content.isEmpty { wasIndex = raw[content].allSatisfy(Byte.isDigit) }
        }
        return false
    }

    static func append(_ text: CueText, to bytes: inout [UInt8]) {
        let start = bytes.count
        if text.runs.count == 1, text.runs[0].style.isEmpty {
            appendEscaped(text.runs[0].text, to: &bytes)
        } else {
            MarkupTag.append(text.runs, to: &bytes, tags: tags) { appendEscaped($0.text, to: &$1) }
        }
        dropBlankLines(&bytes, from: start)
    }

    private static func dropBlankLines(_ bytes: inout [UInt8], from start: Int) {
        guard LineScanner(bytes, from: start).contains(where: { bytes.trimmed($0.range).isEmpty }) || bytes.count > start && bytes.last == Byte.lineFeed
        else { return }
        let lines = LineScanner(bytes, from: start).map(\.range).filter { !bytes.trimmed($0).isEmpty }.map { Array(bytes[$0]) }
        bytes.removeLast(bytes.count - start)
        bytes += lines.joined(separator: [Byte.lineFeed])
    }

    private static func tags(_ run: TextRun) -> [MarkupTag] {
        let looks: [(TextStyle, String)] = [(.bold, "b"), (.italic, "i"), (.underlined, "u"), (.struckOut, "s")]
        return looks.filter { run.style.contains($0.0) }.map { MarkupTag(open: "<\($0.1)>", close: "</\($0.1)>") }
    }

    /// SubRip has no escapes that every player knows, so that only what would be read as a tag, a reference or times becomes one.
    private static func appendEscaped(_ text: String, to bytes: inout [UInt8]) {
        guard hasSpecial(text) else { return bytes.append(contentsOf: text.utf8) }
        let plain = Array(text.utf8)
        for (index, byte) in plain.enumerated() {
            switch byte {
            case Byte.carriageReturn: bytes.append(Byte.lineFeed)
            case Byte.nul: bytes += "\u{FFFD}".utf8
            case .ascii("&") where CharacterReference.decode(plain, at: index) != nil: bytes += "&amp;".utf8
            case .ascii("<") where SubRipTag.mayBegin(plain, at: index): bytes += "&lt;".utf8
            case .ascii("{") where plain.has("\\", at: index + 1): bytes += "&#123;".utf8
            case .ascii(">") where bytes.last == .ascii("-"): bytes += "&gt;".utf8
            default: bytes.append(byte)
            }
        }
    }

    private static func hasSpecial(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            for byte in bytes where isSpecial(byte) { return true }
            return false
        }
    }

    @inline(__always) private static func isSpecial(_ byte: UInt8) -> Bool {
        byte == .ascii("<") || byte == .ascii(">") || byte == .ascii("&") || byte == .ascii("{") || byte == Byte.carriageReturn || byte == Byte.nul
    }
}
