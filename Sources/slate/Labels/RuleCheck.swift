import Cues
import Formats
import Timeline

/// Remarks on the cues of a file by the rules of a style guide: `slate check --rules`.
struct RuleCheck {
    let rules: CueRules

    /// Every rule that the cues of a file break; with the line where the format's reader states one.
    func remarks(_ input: LabelInput, _ reading: LabelReading, encoding: String?) -> DiagnosticLog {
        var log = DiagnosticLog(file: input.name)
        if case .file(let bytes) = input.content, let format = SubtitleFormat(rawValue: reading.format.name),
            let file = try? SubtitleFile(bytes, name: input.name, as: format, encodingName: encoding, acceptsNoCues: true)
        {
            check(file, &log)
        } else {
            for document in reading.corpus.documents { check(document, &log) }
        }
        return log
    }

    private func check(_ file: SubtitleFile, _ log: inout DiagnosticLog) {
        let cues = file.cues.map { Self.checked($0.text, $0.start, $0.end) }
        for violation in CueCheck(rules: rules).violations(cues) {
            let cue = file.cues[violation.cue]
            let isBelow = file.format != .subStation && violation.line != nil
            let line = cue.line + (isBelow ? 1 + (violation.line ?? 0) : 0)
            let column = violation.code == "rule-columns" && isBelow ? rules.columnsPerLine + 1 : 1
            add(violation, "", TextPosition(line: line, column: column), &log)
        }
    }

    /// Formats whose readers keep no lines: the cue is named by its place and time.
    private func check(_ document: Document, _ log: inout DiagnosticLog) {
        for layer in document.layers where layer.kind == .cues && !layer.isHidden {
            let labels = Array(layer.labels)
            let cues = labels.map { Self.checked($0.content.plainText, $0.span.start, $0.span.end) }
            for violation in CueCheck(rules: rules).violations(cues) {
                let start = Decimal.seconds(cues[violation.cue].start - .zero)
                add(violation, "cue \(violation.cue + 1) at \(start) s: ", nil, &log)
            }
        }
    }

    private func add(_ violation: RuleViolation, _ place: String, _ position: TextPosition?, _ log: inout DiagnosticLog) {
        log.add(violation.isAdvice ? .warning : .error, violation.code, at: position, found: place + violation.found, expected: violation.allowed)
    }

    private static func checked(_ text: String, _ start: Timestamp, _ end: Timestamp) -> CheckedCue {
        let lines = text.split(whereSeparator: \.isNewline).map { line in
            String(line.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        }
        return CheckedCue(lines: lines, start: start, end: end)
    }
}
