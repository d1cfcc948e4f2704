import Timeline

/// Writes SubRip: `<b> <i> <u> <s>` for looks, blank lines inside a text dropped, as players end a cue there.
enum SubRipWriter {
    static func write(_ cues: [WrittenCue]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, written) in cues.enumerated() {
            if index > 0 { bytes.append(Byte.lineFeed) }
            bytes.appendDecimal(Int64(index + 1))
            bytes.append(Byte.lineFeed)
            bytes += written.timing(.subRip)
            if let coordinates = written.label.attributes["srt.coordinates"] { bytes += " \(coordinates)".utf8 }
            bytes.append(Byte.lineFeed)
            let lines = text(written.runs).split(whereSeparator: \.isNewline)
            for line in lines where !line.allSatisfy(\.isWhitespace) { bytes += line.utf8 + [Byte.lineFeed] }
        }
        return bytes
    }

    private static func text(_ runs: [TextRun]) -> String {
        MarkupTag.join(runs, tags: tags) { escaped($0.text) }
    }

    private static func tags(_ run: TextRun) -> [MarkupTag] {
        let looks: [(TextStyle, String)] = [(.bold, "b"), (.italic, "i"), (.underlined, "u"), (.struckOut, "s")]
        return looks.filter { run.style.contains($0.0) }.map { MarkupTag(open: "<\($0.1)>", close: "</\($0.1)>") }
    }

    /// SubRip has no escapes that every player knows; only what would be read as times or a tag is changed.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case ">" where result.hasSuffix("-"): result += "\u{203A}"
            default: result.append(character)
            }
        }
        return result
    }
}
