import Timeline

/// One file of the report.
struct HTMLReportRow {
    private let report: ItemReport
    /// Place in the order of urgency, from 0.
    private let rank: Int

    init(_ report: ItemReport, rank: Int) { (self.report, self.rank) = (report, rank) }

    var text: String {
        let confidence = report.outcome?.clampedConfidence ?? -1
        let offset = report.outcome?.offsetRange?.greatestMagnitude ?? -1
        return """
            <article class="v-\(report.label)" data-rank="\(rank)" data-index="\(report.item.index)" \
            data-confidence="\(DisplayNumber.fixed(confidence, decimals: 4))" data-offset="\(DisplayNumber.fixed(offset, decimals: 3))">
            <div class="verdict"><span class="badge">\(report.label)</span>\(meter)</div>
            <div class="names"><b><bdi>\(FilePath.name(report.item.subtitles).htmlEscaped)</bdi></b>\
            <span><bdi>\(FilePath.name(report.item.media).htmlEscaped)</bdi></span>\(trouble)\(details)</div>
            \(figures)
            \(curve)
            </article>
            """
    }

    private var meter: String {
        guard let outcome = report.outcome else { return "" }
        let value = DisplayNumber.fixed(outcome.clampedConfidence, decimals: 2)
        return
            "<span class=\"meter\" title=\"confidence \(value)\"><i style=\"width:\(DisplayNumber.fixed(outcome.clampedConfidence * 100, decimals: 0))%\"></i></span><small>\(value)</small>"
    }

    /// What a person must know without opening anything.
    private var trouble: String {
        let failure = report.failure.map { "<p class=\"error\">\($0.message.htmlEscaped)</p>" } ?? ""
        let notes = report.outcome?.notes.map { "<p class=\"note\">\($0.htmlEscaped)</p>" } ?? []
        return failure + notes.joined()
    }

    // MARK: Figures

    private var figures: String {
        guard let outcome = report.outcome else { return "" }
        let pieces = outcome.pieces.count == 1 ? "1 piece" : "\(outcome.pieces.count) pieces"
        let decoded = outcome.decodedShare.map { ", \(DisplayNumber.percent($0)) decoded" } ?? ""
        return """
            <div class="numbers"><b>\(offsets(outcome))</b><small>\(pieces)\(rate(outcome)), \(outcome.cueCount) cues\(decoded)</small></div>
            """
    }

    private func offsets(_ outcome: ItemOutcome) -> String {
        guard let range = outcome.offsetRange else { return "" }
        let (low, high) = (DisplayNumber.offset(range.lowerBound), DisplayNumber.offset(range.upperBound))
        return low == high ? low : "\(low) to \(high)"
    }

    private func rate(_ outcome: ItemOutcome) -> String {
        let rates = Set(outcome.pieces.map(\.rateBillionths))
        guard rates != [1_000_000_000], let rate = rates.max() else { return "" }
        return rates.count > 1 ? ", several rates" : ", rate \(DisplayNumber.fixed(Double(rate) / 1e9, decimals: 6))"
    }

    private var curve: String {
        guard let outcome = report.outcome, let curve = OffsetCurve(outcome) else { return "" }
        return """
            <div class="curve"><small class="top">\(DisplayNumber.offset(curve.range.upperBound))</small>\
            <small class="bottom">\(DisplayNumber.offset(curve.range.lowerBound))</small>\(curve.svg)\
            <small class="from">0:00</small><small class="to">\(DisplayNumber.clock(curve.duration))</small></div>
            """
    }

    // MARK: Details

    private static let mostPieces = 50

    private var details: String {
        let item = report.item
        var facts = [("subtitles", bdi(item.subtitles)), ("media", bdi(item.media))]
        if let outcome = report.outcome {
            facts.append(("output", outcome.wroteOutput ? bdi(item.output) : "nothing written"))
        }
        facts.append(("paired by", item.basis.rawValue))
        if let language = item.language { facts.append(("language", bdi(language))) }
        if let outcome = report.outcome {
            facts.append(("evidence", evidence(outcome)))
        }
        let list = facts.map { "<dt>\($0.0)<dd>\($0.1)" }.joined()
        return "<details><summary>details</summary><dl>\(list)</dl>\(pieces)</details>"
    }

    private func evidence(_ outcome: ItemOutcome) -> String {
        "correlation \(DisplayNumber.fixed(outcome.correlation, decimals: 3)), "
            + "cues in other orders reach \(DisplayNumber.percent(outcome.decoyShare)) of its score, "
            + "\(DisplayNumber.percent(outcome.support)) of the heard cues on speech, "
            + "edges on those of speech by \(DisplayNumber.fixed(outcome.edgeAgreement, decimals: 1)) standard errors"
    }

    private var pieces: String {
        guard let outcome = report.outcome, outcome.pieces.count > 1 else { return "" }
        let rows = outcome.pieces.prefix(Self.mostPieces).map { piece in
            let (start, end) = (TimeDelta(ticks: piece.startTicks), TimeDelta(ticks: piece.endTicks))
            return
                "<tr><td>\(DisplayNumber.clock(start.approximateSeconds))<td>\(DisplayNumber.clock(end.approximateSeconds))"
                + "<td>\(piece.cueCount)<td>\(DisplayNumber.offset(piece.offset(atTicks: piece.startTicks)))"
                + "<td>\(DisplayNumber.fixed(Double(piece.rateBillionths) / 1e9, decimals: 6))"
        }
        let more =
            outcome.pieces.count > Self.mostPieces
            ? "<p>and \(outcome.pieces.count - Self.mostPieces) more pieces</p>" : ""
        return "<table><tr><th>from<th>to<th>cues<th>offset<th>rate\(rows.joined())</table>\(more)"
    }

    private func bdi(_ text: String) -> String { "<bdi>\(text.htmlEscaped)</bdi>" }
}
