/// Says what a file that is no subtitle file looks like, so that the person who chose it sees the slip.
enum ContentGuess {
    private static let signatures: [(bytes: [UInt8], name: String)] = [
        (Array("PK\u{3}\u{4}".utf8), "a ZIP archive"), ([0x1F, 0x8B], "a gzip file"), (Array("Rar!".utf8), "a RAR archive"),
        ([0x37, 0x7A, 0xBC, 0xAF], "a 7-Zip archive"), ([0x1A, 0x45, 0xDF, 0xA3], "a Matroska or WebM file"),
        (Array("RIFF".utf8), "a WAV or AVI file"), (Array("ID3".utf8), "an MP3 file"), (Array("%PDF".utf8), "a PDF"),
        ([0x89, 0x50, 0x4E, 0x47], "a PNG picture"), ([0, 0, 1, 0xBA], "VobSub or MPEG data"), (Array("PG".utf8), "PGS pictures"),
    ]

    static func describe(_ source: TextSource) -> String {
        let (bytes, text) = (source.bytes, source.text)
        guard !bytes.isEmpty else { return "an empty file" }
        if let known = signatures.first(where: { bytes.starts(with: $0.bytes) }) { return known.name }
        if bytes.dropFirst(4).starts(with: "ftyp".utf8) { return "an MP4 file" }
        guard let line = LineScanner(text, from: source.start).first(where: { !text.trimmed($0.range).isEmpty }) else {
            return "a file of blank lines"
        }
        let content = text.trimmed(line.range)
        if text[content].contains(Byte.nul) { return "binary data" }
        return guess(text, content) ?? "text that begins \(text.excerpt(content))"
    }

    private static func guess(_ text: [UInt8], _ line: Range<Int>) -> String? {
        let first = line.lowerBound
        if text.hasFolded("<tt", at: first) || text[line.lowerBound...].prefix(2000).firstRange(of: "<tt".utf8) != nil { return "TTML" }
        if text.hasFolded("<!doctype html", at: first) || text.hasFolded("<html", at: first) { return "an HTML page" }
        if text.hasFolded("<sami", at: first) { return "SAMI subtitles" }
        if text.hasFolded("<", at: first) { return "XML" }
        if text.has("{\"", at: first) || text.has("[{", at: first) { return "JSON" }
        if text.has("{", at: first), Byte.isDigit(text[min(first + 1, text.count - 1)]) { return "MicroDVD subtitles, timed by frame" }
        if text.has("SPEAKER ", at: first) { return "RTTM" }
        if text.has("Scenarist_SCC", at: first) { return "Scenarist captions" }
        if text.hasFolded("webvtt", at: first) { return "a WebVTT signature that is not right: \(text.excerpt(line))" }
        return nil
    }
}
