import Batch
import Quality
import Timeline

/// What `slate score turns` prints.
enum ScoreTurnsReport {
    /// A row for each recording and one for all.
    static func table(_ outcome: TurnScoringJob.Outcome, speakers: Bool) -> String {
        let head = ["recording", "DER %", "missed s", "false s", "confused s", "speech s", "JER %", "detection %", "purity %", "coverage %", "segments F1", "CDER %"]
        var rows = [head] + outcome.recordings.map { row($0.name, $0.comparison.score) }
        if outcome.recordings.count != 1 { rows.append(row("all", outcome.total)) }
        var text = columns(rows)
        if speakers {
            let head = ["recording", "speaker", "mapped to", "speech s", "right s", "false s", "Jaccard %"]
            text += "\n" + columns([head] + outcome.recordings.flatMap { recording in recording.comparison.speakers.map { row(recording.name, $0) } }, left: 3)
        }
        return text
    }

    /// A line for each recording, each speaker if asked for, and a summary. Rates are shares of 1, times seconds; null for a rate that nothing defines.
    static func lines(_ outcome: TurnScoringJob.Outcome, speakers: Bool) -> String {
        var text = ""
        for (name, comparison) in outcome.recordings {
            text += JSONValue.object([("type", .string("recording")), ("recording", .string(name))] + members(comparison.score)).text + "\n"
            for speaker in speakers ? comparison.speakers : [] { text += line(name, speaker) }
        }
        return text + JSONValue.object([("type", .string("summary")), ("recordings", .integer(Int64(outcome.recordings.count)))] + members(outcome.total)).text + "\n"
    }

    private static func row(_ name: String, _ score: TurnScore) -> [String] {
        [
            name, percent(score.diarizationErrorRate), seconds(score.times.missed), seconds(score.times.falseAlarm), seconds(score.times.confusion),
            seconds(score.times.total), percent(score.jaccardErrorRate), percent(score.detectionErrorRate), percent(score.purity.value),
            percent(score.coverage.value), percent(score.segmentation.f1), percent(score.utteranceErrorRate),
        ]
    }

    private static func row(_ name: String, _ speaker: SpeakerScore) -> [String] {
        [
            name, speaker.speaker, speaker.mapped ?? "nobody", seconds(speaker.total), seconds(speaker.correct), seconds(speaker.falseAlarm),
            percent(speaker.jaccardErrorRate),
        ]
    }

    private static func members(_ score: TurnScore) -> [(String, JSONValue)] {
        let times = score.times
        return [
            ("der", number(score.diarizationErrorRate)), ("total", time(times.total)), ("correct", time(times.correct)), ("missed", time(times.missed)),
            ("falseAlarm", time(times.falseAlarm)), ("confusion", time(times.confusion)), ("jer", number(score.jaccardErrorRate)),
            ("detectionErrorRate", number(score.detectionErrorRate)), ("purity", number(score.purity.value)), ("coverage", number(score.coverage.value)),
            ("homogeneity", number(score.homogeneity.value)), ("completeness", number(score.completeness.value)),
            ("segmentationPurity", number(score.segmentation.purity.value)), ("segmentationCoverage", number(score.segmentation.coverage.value)),
            ("segmentationPrecision", number(score.segmentation.precision.value)), ("segmentationRecall", number(score.segmentation.recall.value)),
            ("cder", number(score.utteranceErrorRate)),
        ]
    }

    private static func line(_ name: String, _ speaker: SpeakerScore) -> String {
        JSONValue.object([
            ("type", .string("speaker")), ("recording", .string(name)), ("speaker", .string(speaker.speaker)), ("mapped", JSONValue(speaker.mapped)),
            ("total", time(speaker.total)), ("correct", time(speaker.correct)), ("falseAlarm", time(speaker.falseAlarm)),
            ("jaccardErrorRate", number(speaker.jaccardErrorRate)),
        ]).text + "\n"
    }

    /// All digits of a double; null for what is undefined.
    private static func number(_ value: Double?) -> JSONValue { value.map { .digits("\($0)") } ?? .null }
    private static func time(_ ticks: Int64) -> JSONValue { .digits("\(Double(ticks) / Double(ticksPerSecond))") }

    private static func percent(_ value: Double?) -> String { value.map { Decimal.digits(100 * $0, 2) } ?? "-" }
    private static func seconds(_ ticks: Int64) -> String { Decimal.digits(Double(ticks) / Double(ticksPerSecond), 3) }

    /// The first columns to the left, numbers to the right.
    private static func columns(_ rows: [[String]], left: Int = 1) -> String {
        let widths = (0..<(rows.first?.count ?? 0)).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = row.enumerated().map { column, cell in
                let space = String(repeating: " ", count: widths[column] - cell.count)
                return column < left ? cell + space : space + cell
            }
            return cells.joined(separator: "  ") + "\n"
        }.joined()
    }
}
