import Timeline

/// A batch as one HTML page that needs nothing else: no other file, no network, no script to be read.
///
/// Every file has its verdict, confidence, offsets, pieces, decoded share, offset curve and error; those to look at
/// come first. Without scripts the verdicts can be ticked on and off; with them there is search and sorting. The page names
/// no time and no worker count: the same results give the same bytes.
///
/// About 1.5 KB a file, so that 5,000 files stay below 10 MB; the browser lays out what is in view.
public struct HTMLReport: Sendable {
    private let title: String
    private let summary: BatchSummary
    private let pairing: PairingResult

    /// - Parameters:
    ///   - title: shown at the top, as the output folder.
    ///   - pairing: conflicts and files without a partner are listed; pairs are not.
    public init(title: String, summary: BatchSummary, pairing: PairingResult = PairingResult()) {
        (self.title, self.summary, self.pairing) = (title, summary, pairing)
    }

    /// The page, in UTF-8.
    public var text: String {
        let rows = summary.reports.sorted(by: ItemReport.isMoreUrgent).enumerated().map {
            HTMLReportRow($1, rank: $0).text
        }
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
            <title>Slate: \(title.htmlEscaped)</title>
            <style>\(Self.style)</style>
            </head>
            <body>
            <header>
            <h1><bdi>\(title.htmlEscaped)</bdi></h1>
            \(stopNote)<div class="figures">
            \(figures)</div>
            \(shares)
            </header>
            \(leftovers)<form class="tools" autocomplete="off">
            <fieldset><legend>Show</legend>\(switches)</fieldset>
            <span class="scripted"><label>Sort <select id="sort"><option value="rank">to look at first</option><option value="index">input order</option><option value="confidence">least confident</option><option value="offset">greatest offset</option></select></label>
            <label>Find <input id="find" type="search" placeholder="part of a name"></label> <output id="shown"></output></span>
            </form>
            <main id="rows">
            \(rows.joined(separator: "\n"))
            </main>
            <script>\(Self.script)</script>
            </body>
            </html>

            """
    }

    private var stopNote: String {
        summary.stopText.map { "<p class=\"stop\">\($0.htmlEscaped)</p>\n" } ?? ""
    }

    // MARK: Totals

    private var figures: String {
        let outcomes = summary.reports.compactMap(\.outcome)
        let media = outcomes.map { TimeDelta(ticks: $0.mediaTicks).approximateSeconds }.reduce(0, +)
        let decoded = outcomes.map { TimeDelta(ticks: $0.decodedTicks).approximateSeconds }.reduce(0, +)
        var cells = [("files", "\(summary.reports.count)")] + summary.counts.map { ($0.label, "\($0.count)") }
        if media > 0 {
            cells.append(("hours of sound", DisplayNumber.fixed(media / 3600, decimals: 1)))
            cells.append(("of it decoded", DisplayNumber.percent(decoded / media)))
        }
        let moved = outcomes.filter { $0.verdict == .aligned }.compactMap(\.offsetRange).map(\.greatestMagnitude)
            .sorted()
        if !moved.isEmpty {
            cells.append(("median offset", DisplayNumber.fixed(moved[moved.count / 2], decimals: 2) + " s"))
        }
        return cells.map { "<div class=\"figure v-\($0.0)\"><b>\($0.1)</b> \($0.0)</div>\n" }.joined()
    }

    private var shares: String {
        let parts = summary.counts.map {
            "<i class=\"v-\($0.label)\" style=\"flex:\($0.count)\" title=\"\($0.count) \($0.label)\"></i>"
        }
        return "<div class=\"shares\" aria-hidden=\"true\">\(parts.joined())</div>"
    }

    private var switches: String {
        summary.counts.map { label, count in
            "<label class=\"v-\(label)\"><input type=\"checkbox\" id=\"f-\(label)\" checked> \(label) <small>\(count)</small></label>"
        }.joined()
    }

    // MARK: Files without a partner

    private var leftovers: String {
        list(
            "Subtitles that fit several media alike",
            pairing.conflicts.map { conflict in
                "\(bdi(conflict.subtitles.path)) <small>could be \(conflict.candidates.map { bdi($0.path) }.joined(separator: ", "))</small>"
            }) + list("Subtitles without media", pairing.unpairedSubtitles.map { bdi($0.path) })
            + list("Media without subtitles", pairing.unpairedMedia.map { bdi($0.path) })
    }

    private func list(_ heading: String, _ lines: [String]) -> String {
        guard !lines.isEmpty else { return "" }
        let items = lines.map { "<li>\($0)</li>" }.joined(separator: "\n")
        return
            "<details class=\"left\"><summary>\(heading) <small>\(lines.count)</small></summary><ul>\(items)</ul></details>\n"
    }

    private func bdi(_ text: String) -> String { "<bdi>\(text.htmlEscaped)</bdi>" }
}

extension ClosedRange<Double> {
    /// How far from zero the farther end is.
    var greatestMagnitude: Double { Swift.max(lowerBound.magnitude, upperBound.magnitude) }
}
