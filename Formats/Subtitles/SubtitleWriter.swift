import Timeline

/// Writes the cues of a document as a subtitle file.
public enum SubtitleWriter {
    /// The bytes of a new file in UTF-8, with `\n` line ends: every cue of every layer but `comments`, in order of start.
    ///
    /// Times are rounded once, halves up, to the grid of the format; times before zero become zero. Labels that are not
    /// cues, and looks that the format cannot show, are left out.
    ///
    /// - Throws: ``FormatError`` when the document holds no cue.
    public static func write(_ document: Document, as format: SubtitleFormat, name: String) throws(FormatError) -> [UInt8] {
        let cues = cues(document)
        guard !cues.isEmpty else {
            throw FormatError(.noLabels, file: name, found: "a document without cues", expected: "at least one cue")
        }
        switch format {
        case .subRip: return SubRipWriter.write(cues)
        case .webVTT: return WebVTTWriter.write(cues, document.attributes)
        case .subStation: return SubStationWriter.write(cues, document.attributes)
        }
    }

    private static func cues(_ document: Document) -> [WrittenCue] {
        let cues = document.layers.filter { $0.kind == .cues && $0.id != "comments" }.flatMap { layer in
            layer.labels.compactMap { label -> WrittenCue? in
                guard case .cue(let cue) = label.content else { return nil }
                return WrittenCue(label: label, cue: cue)
            }
        }
        // A stable order: cues that start together keep the order of the document.
        return cues.enumerated().sorted { ($0.element.label.span.start, $0.offset) < ($1.element.label.span.start, $1.offset) }.map(\.element)
    }
}

/// A cue and the label that carries it.
struct WrittenCue {
    let label: Label
    let cue: Cue

    var runs: [TextRun] { cue.text.runs }

    /// The two stamps with an arrow between them.
    func timing(_ style: ClockStyle) -> [UInt8] {
        style.stamp(label.span.start) + Array(" --> ".utf8) + style.stamp(label.span.end)
    }
}

/// A pair of markup that opens and closes a look.
struct MarkupTag: Hashable {
    let open, close: String

    /// The text of runs with tags that nest: what two neighbours share stays open between them.
    static func join(_ runs: [TextRun], tags: (TextRun) -> [MarkupTag], text: (TextRun) -> String) -> String {
        var (result, open) = ("", [MarkupTag]())
        for run in runs {
            let wanted = tags(run)
            let shared = zip(open, wanted).prefix { $0 == $1 }.count
            for tag in open[shared...].reversed() { result += tag.close }
            for tag in wanted[shared...] { result += tag.open }
            result += text(run)
            open = wanted
        }
        for tag in open.reversed() { result += tag.close }
        return result
    }
}
