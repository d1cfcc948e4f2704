import Timeline

/// Writes W3C WebVTT; a document that came from WebVTT gets its header, style sheets, regions, ids and settings back.
enum WebVTTWriter {
    static func write(_ cues: [WrittenCue], _ attributes: [Attribute]) -> [UInt8] {
        var bytes = Array((attributes["webvtt.header"] ?? "WEBVTT").utf8) + [Byte.lineFeed]
        for block in attributes.values(of: "webvtt.block") { bytes += "\n\(block)\n".utf8 }
        for written in cues {
            bytes.append(Byte.lineFeed)
            if let id = written.label.attributes["webvtt.id"] ?? (written.label.id.isCounter ? nil : written.label.id.name) { bytes += "\(id)\n".utf8 }
            bytes += written.timing(.webVTT)
            if let settings = written.label.attributes["webvtt.settings"] { bytes += " \(settings)".utf8 }
            bytes.append(Byte.lineFeed)
            let text = text(written)
            if !text.isEmpty { bytes += "\(text)\n".utf8 }
        }
        return bytes
    }

    /// The text with its tags. A blank line would end the cue, so it gets a no-break space.
    private static func text(_ written: WrittenCue) -> String {
        let joined = MarkupTag.join(written.runs, tags: { tags($0, speaker: written.cue.speaker) }) { run in
            (run.appears.map { "<\(stamp($0))>" } ?? "") + escaped(run.text)
        }
        return joined.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "\u{A0}" : String($0) }
            .joined(separator: "\n")
    }

    private static func stamp(_ time: Timestamp) -> String { String(decoding: ClockStyle.webVTT.stamp(time), as: UTF8.self) }

    private static func tags(_ run: TextRun, speaker: String?) -> [MarkupTag] {
        var tags: [MarkupTag] = []
        if let voice = run.voice ?? speaker { tags.append(MarkupTag(open: "<v \(oneLine(voice))>", close: "</v>")) }
        if let language = run.language { tags.append(MarkupTag(open: "<lang \(oneLine(language))>", close: "</lang>")) }
        if !run.classes.isEmpty { tags.append(MarkupTag(open: "<c.\(run.classes.joined(separator: "."))>", close: "</c>")) }
        let looks: [(TextStyle, String)] = [(.bold, "b"), (.italic, "i"), (.underlined, "u")]
        return tags + looks.filter { run.style.contains($0.0) }.map { MarkupTag(open: "<\($0.1)>", close: "</\($0.1)>") }
    }

    private static func oneLine(_ text: String) -> String { escaped(String(text.map { $0.isNewline ? " " : $0 })) }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\r": result += "\n"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
