import Cues
import Formats
import Timeline

/// Finds the timed words of a document.
enum WordLabels {
    /// Words of one layer by its id, whatever its kind; else of all layers of words; else of cues with times inside their text.
    /// In the order of their starts.
    ///
    /// - Throws: ``FormatError`` when there are none.
    static func words(of document: Document, layer: String?, file: String) throws(FormatError) -> [TimedWord] {
        var words: [TimedWord] = []
        if let layer {
            guard let found = document.layers.first(where: { $0.id == layer }) else {
                throw FormatError(
                    .noLabels, file: file, found: "no layer '\(layer)'", expected: "one of \(document.layers.map(\.id).joined(separator: ", "))")
            }
            words = found.labels.flatMap { Self.words(of: $0, in: found) }
        } else {
            for layer in document.layers where layer.kind == .words { words += layer.labels.flatMap { Self.words(of: $0, in: layer) } }
            if words.isEmpty { for layer in document.layers where layer.kind == .cues { words += layer.labels.flatMap { timedRuns(of: $0) } } }
        }
        guard !words.isEmpty else {
            throw FormatError(
                .noLabels, file: file, found: "no timed words", expected: "a layer of words, or cues with times inside; --layer names another layer")
        }
        let ordered = words.enumerated().sorted { ($0.element.start, $0.offset) < ($1.element.start, $1.offset) }.map(\.element)
        return joiningMarks(ordered)
    }

    private static func words(of label: Label, in layer: Layer) -> [TimedWord] {
        let speaker: String? = switch label.content {
        case .word(let word): word.speaker ?? layer.speaker
        case .cue(let cue): cue.speaker ?? layer.speaker
        case .turn(let turn): turn.speaker
        default: layer.speaker
        }
        return parts(of: label.content.plainText, from: label.span.start, to: label.span.end, speaker)
    }

    /// A text of several words shares its time among them by their letters.
    private static func parts(of text: String, from start: Timestamp, to end: Timestamp, _ speaker: String?) -> [TimedWord] {
        let parts = text.split(whereSeparator: \.isWhitespace)
        let total = Int64(parts.reduce(0) { $0 + $1.count })
        var before: Int64 = 0
        return parts.map { part in
            let from = start + share(before)
            before += Int64(part.count)
            return TimedWord(String(part), start: from, end: start + share(before), speaker: speaker)
        }
        func share(_ letters: Int64) -> TimeDelta { TimeDelta(ticks: (end - start).ticks.scaled(by: letters, over: max(1, total)) ?? 0) }
    }

    /// The words of a cue whose text states when its parts appear; none of any other.
    private static func timedRuns(of label: Label) -> [TimedWord] {
        guard case .cue(let cue) = label.content, cue.text.runs.contains(where: { $0.appears != nil }) else { return [] }
        let runs = cue.text.runs
        return runs.indices.flatMap { index in
            let start = runs[index].appears ?? label.span.start
            let end = runs[(index + 1)...].lazy.compactMap(\.appears).first ?? label.span.end
            return parts(of: runs[index].text, from: start, to: end, runs[index].voice ?? cue.speaker)
        }
    }

    /// Marks that stand as words of their own belong to the word in front of them.
    private static func joiningMarks(_ words: [TimedWord]) -> [TimedWord] {
        var joined: [TimedWord] = []
        for word in words {
            let isMark = word.text.unicodeScalars.allSatisfy { ".,;:!?…。、，！？；：)]}»”’".unicodeScalars.contains($0) }
            if isMark, let last = joined.indices.last { joined[last].text += word.text } else { joined.append(word) }
        }
        return joined
    }
}

extension MadeCue {
    /// The cue as a label's content.
    ///
    /// - Parameter withTimes: whether each word states when it appears, where that is later than the cue.
    func cue(withTimes: Bool) -> Cue {
        guard withTimes else { return Cue(CueText(texts.joined(separator: "\n")), speaker: speaker) }
        var runs: [TextRun] = []
        for (number, line) in lines.enumerated() {
            for (place, word) in line.enumerated() {
                let isLast = place == line.count - 1
                let blank = isLast ? (number < lines.count - 1 ? "\n" : "") : TextWidth.joint(word.text, line[place + 1].text) > 0 ? " " : ""
                let latest = runs.last?.appears ?? segment.start
                let appears = word.start.milliseconds > latest.milliseconds && word.start < segment.end ? word.start : nil
                if appears == nil, let last = runs.indices.last { runs[last].text += word.text + blank } else { runs.append(TextRun(word.text + blank, appears: appears)) }
            }
        }
        return Cue(CueText(runs: runs), speaker: speaker)
    }
}
