import Formats
import Timeline

/// Which layers of aligned words a format gets.
enum WordLayers {
    /// Subtitles get the lines, lists of words the words, all others everything.
    static func chosen(_ document: Document, for format: LabelFormat, wordTimes: Bool) -> Document {
        var document = document
        if wordTimes { document.layers[0].labels = timed(document.layers[0].labels, document.layers[1].labels) }
        let kinds: [LayerKind]? =
            switch format.name {
            case "vtt", "srt", "ass", "ttml", "sbv": [.cues]
            case "ctm", "stm", "audacity", "csv", "tsv": [.words]
            default: nil
            }
        if let kinds {
            document.layers.removeAll { !kinds.contains($0.kind) }
            for index in document.layers.indices { (document.layers[index].parent, document.layers[index].constraint) = (nil, nil) }
        }
        return document
    }

    /// Lines whose words appear at their times.
    private static func timed(_ lines: LabelList, _ words: LabelList) -> LabelList {
        var next = 0
        return LabelList(lines.map { line in
            var (line, runs) = (line, [TextRun]())
            while next < words.count, words[next].span.start < line.span.end {
                guard case .word(let word) = words[next].content else { break }
                let start = words[next].span.start
                runs.append(TextRun(runs.isEmpty ? word.text : " " + word.text, appears: start > line.span.start ? start : nil))
                next += 1
            }
            if case .cue(var cue) = line.content, !runs.isEmpty {
                cue.text = CueText(runs: runs)
                line.content = .cue(cue)
            }
            return line
        })
    }
}
