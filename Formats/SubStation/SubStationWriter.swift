import Timeline

/// Writes Advanced SubStation Alpha; a document that came from it gets its script info and styles back.
enum SubStationWriter {
    private static let styleFormat =
        "Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, "
        + "StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding"
    private static let defaultStyle =
        "Style: Default,Arial,20,&H00FFFFFF,&H000000FF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,2,2,2,10,10,10,1"
    private static let eventFormat = "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text"

    static func write(_ cues: [WrittenCue], _ attributes: [Attribute]) -> [UInt8] {
        var lines = head(attributes["ass.head"])
        lines += cues.map { written in
            let (start, end) = (stamp(written.label.span.start), stamp(written.label.span.end))
            let style = written.label.attributes["ass.style"] ?? "Default"
            return "Dialogue: 0,\(start),\(end),\(style),\(name(written)),0,0,0,,\(text(written))"
        }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    /// The head as it was read, with the event format that is written here, or one of our own.
    private static func head(_ head: String?) -> [String] {
        guard let head else {
            return ["[Script Info]", "ScriptType: v4.00+", "", "[V4+ Styles]", styleFormat, defaultStyle, "", "[Events]", eventFormat]
        }
        let lines = head.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let events = lines.firstIndex { $0.lowercased().hasPrefix("[events]") } ?? lines.count
        return lines[..<events] + ["[Events]", eventFormat]
    }

    private static func name(_ written: WrittenCue) -> String {
        let name = written.cue.speaker ?? written.runs.lazy.compactMap(\.voice).first ?? ""
        return String(name.map { $0 == "," ? ";" : $0.isNewline ? " " : $0 })
    }

    private static func stamp(_ time: Timestamp) -> String { String(decoding: ClockStyle.subStation.stamp(time), as: UTF8.self) }

    /// The event's own text where it came from this format and was not edited, override blocks and all.
    private static func text(_ written: WrittenCue) -> String {
        if let raw = written.label.attributes["ass.text"], SubStation.runs(of: Array(raw.utf8)) == written.cue.text { return raw }
        var style: TextStyle = []
        return written.runs.map { run in
            defer { style = run.style }
            return overrides(from: style, to: run.style) + escaped(run.text)
        }.joined()
    }

    private static func overrides(from old: TextStyle, to new: TextStyle) -> String {
        let looks: [(TextStyle, String)] = [(.bold, "b"), (.italic, "i"), (.underlined, "u"), (.struckOut, "s")]
        let changes = looks.filter { old.contains($0.0) != new.contains($0.0) }
        guard !changes.isEmpty else { return "" }
        return "{" + changes.map { "\\\($0.1)\(new.contains($0.0) ? 1 : 0)" }.joined() + "}"
    }

    /// A word joiner after a backslash keeps it from being read as an escape, as mpv does.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": result += "\\N"
            case "\r": continue
            case "{", "}": result += "\\" + String(Character(scalar))
            case "\\": result += "\\\u{2060}"
            case "\u{A0}": result += "\\h"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
