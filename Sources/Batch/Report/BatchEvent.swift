import Timeline

/// What a run tells machines, one JSON object a line.
///
///     {"type":"begin","items":2,"jobs":4,"output":"aligned","version":"0.1.0"}
///     {"type":"item","index":0,"media":"a.mkv", ... "result":"aligned","confidence":0.99, ...}
///     {"type":"summary","items":2,"aligned":1,"failed":1,"resumed":0,"stopped":null,"seconds":12.5}
///
/// Items come as they end, each with its `index` in the input order. Times are seconds.
/// A piece's `start` and `end` are the subtitles' own times, and `media = subtitle * rate + offset`.
public enum BatchEvent: Sendable {
    case begin(items: Int, jobs: Int, outputFolder: String, toolVersion: String)
    /// Subtitles that fit several media alike.
    case conflict(PairingConflict)
    /// A file that nothing was found for.
    case unpaired(InputFile)
    case item(ItemReport)
    case summary(BatchSummary)

    /// Without the line end.
    public var jsonLine: String {
        switch self {
        case .begin(let items, let jobs, let outputFolder, let toolVersion):
            var line = JSONLine(type: "begin")
            line.add("items", items)
            line.add("jobs", jobs)
            line.add("output", outputFolder)
            line.add("version", toolVersion)
            return line.object
        case .conflict(let conflict):
            var line = JSONLine(type: "conflict")
            line.add("subtitles", conflict.subtitles.path)
            line.add("candidates", conflict.candidates.map(\.path))
            return line.object
        case .unpaired(let file):
            var line = JSONLine(type: "unpaired")
            line.add("kind", file.kind == .media ? "media" : "subtitles")
            line.add("path", file.path)
            return line.object
        case .item(let report): return Self.line(report).object
        case .summary(let summary): return Self.line(summary).object
        }
    }

    private static func line(_ report: ItemReport) -> JSONLine {
        var line = JSONLine(type: "item")
        line.add("index", report.item.index)
        line.add("media", report.item.media)
        line.add("subtitles", report.item.subtitles)
        line.add("output", report.outcome?.wroteOutput == true ? report.item.output : nil)
        line.add("language", report.item.language)
        line.add("paired", report.item.basis.rawValue)
        line.add("result", report.label)
        line.add("resumed", report.isResumed)
        line.add("seconds", report.seconds)
        if let outcome = report.outcome { add(outcome, to: &line) }
        if let failure = report.failure {
            line.add("error", failure.message)
            line.add("kind", failure.kind.rawValue)
        }
        return line
    }

    private static func add(_ outcome: ItemOutcome, to line: inout JSONLine) {
        line.add("confidence", outcome.confidence)
        line.add("correlation", outcome.correlation)
        line.add("decoyShare", outcome.decoyShare)
        line.add("support", outcome.support)
        line.add("edgeAgreement", outcome.edgeAgreement)
        line.add("cues", outcome.cueCount)
        line.add("decodedSeconds", TimeDelta(ticks: outcome.decodedTicks).approximateSeconds)
        line.add("mediaSeconds", TimeDelta(ticks: outcome.mediaTicks).approximateSeconds)
        line.add(
            "pieces",
            objects: outcome.pieces.map { piece in
                var part = JSONLine.part
                part.add("cues", piece.cueCount)
                part.add("start", TimeDelta(ticks: piece.startTicks).approximateSeconds)
                part.add("end", TimeDelta(ticks: piece.endTicks).approximateSeconds)
                part.add("rate", Double(piece.rateBillionths) / 1e9)
                part.add("offset", TimeDelta(ticks: piece.offsetTicks).approximateSeconds)
                return part
            })
        line.add("notes", outcome.notes)
    }

    private static func line(_ summary: BatchSummary) -> JSONLine {
        var line = JSONLine(type: "summary")
        line.add("items", summary.reports.count)
        for (label, count) in summary.counts { line.add(label, count) }
        line.add("resumed", summary.resumedCount)
        line.add("stopped", summary.stopText)
        line.add("seconds", summary.seconds)
        return line
    }
}
