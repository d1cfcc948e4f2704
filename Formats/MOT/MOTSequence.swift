import Timeline

/// `seqinfo.ini`: what MOTChallenge says of a sequence.
struct MOTSequence {
    static let fileName = "seqinfo.ini"

    var name: String?
    var rate: FrameRate?
    /// Video frames.
    var length: Int?
    var width, height: Int?
    /// Members that the model does not name, such as `imDir`.
    var attributes: [Attribute] = []

    init() {}

    /// Written before the length where it is a count of labelled frames and nobody stated it.
    private static let lengthRemark = "; seqLength is the last frame with a box"

    /// Reads `key=value` lines; the section and comments are passed over.
    init(_ bytes: [UInt8], log: inout DiagnosticLog) {
        guard let source = try? TextSource(bytes, encodingName: nil, log: &log) else { return }
        var ignoresLength = false
        for line in LineScanner(source.text, from: source.start) {
            let content = source.text.trimmed(line.range)
            let text = source.text.string(content)
            if text == Self.lengthRemark { ignoresLength = true }
            guard let first = text.utf8.first, first != .ascii(";"), first != .ascii("#"), first != .ascii("[") else { continue }
            guard let sign = text.firstIndex(of: "=") else {
                log.add(.warning, "mot-seqinfo", at: TextPosition(line: line.number), found: source.text.excerpt(content), expected: "key=value", effect: "the line is passed over")
                continue
            }
            let value = String(text[text.index(after: sign)...].drop { $0 == " " })
            let key = String(text[..<sign].reversed().drop { $0 == " " }.reversed())
            if key.lowercased() == "seqlength", ignoresLength { continue }
            guard !take(key, value) else { continue }
            log.add(.warning, "mot-seqinfo", at: TextPosition(line: line.number), found: source.text.excerpt(content), expected: "a number above zero", effect: "the line is passed over")
        }
    }

    /// False for a value that is not what the key wants.
    private mutating func take(_ key: String, _ value: String) -> Bool {
        func number() -> Int? { Int(value).flatMap { $0 > 0 && $0 <= 1 << 40 ? $0 : nil } }
        switch key.lowercased() {
        case "name": name = value
        case "framerate":
            rate = FrameRateText(value)?.rate
            return rate != nil
        case "seqlength":
            length = number()
            return length != nil
        case "imwidth":
            width = number()
            return width != nil
        case "imheight":
            height = number()
            return height != nil
        default: attributes.append(Attribute("mot.seqinfo.\(key)", value))
        }
        return true
    }

    /// The file for a document.
    static func write(_ document: Document, _ clock: FrameClock, lastFrame: Int) -> [UInt8] {
        let video = document.media.video
        var lines = ["[Sequence]", "name=\(document.media.name)"]
        func keep(_ key: String) { if let value = document.attributes["mot.seqinfo.\(key)"] { lines.append("\(key)=\(value)") } }
        keep("imDir")
        if case .constant(let rate) = clock.timing { lines.append("frameRate=\(FrameRateText(rate))") }
        if let count = video?.frameCount { lines.append("seqLength=\(count)") } else if lastFrame > 0 { lines += [lengthRemark, "seqLength=\(lastFrame)"] }
        if let width = video?.width { lines.append("imWidth=\(width)") }
        if let height = video?.height { lines.append("imHeight=\(height)") }
        keep("imExt")
        for attribute in document.attributes where attribute.name.hasPrefix("mot.seqinfo.") {
            let key = attribute.name.dropFirst("mot.seqinfo.".utf8.count)
            if key != "imDir", key != "imExt" { lines.append("\(key)=\(attribute.value)") }
        }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }
}
