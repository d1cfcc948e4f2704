/// The end of a run as plain text: totals by verdict, then the files to look at first.
public struct SummaryTable: Sendable {
    private let summary: BatchSummary
    /// How many files are named at most.
    private let listed: Int

    public init(_ summary: BatchSummary, listed: Int = 10) { (self.summary, self.listed) = (summary, listed) }

    /// Lines with line ends; columns are aligned by spaces.
    public var text: String {
        var lines = totals
        let doubtful = summary.reports.filter(Self.isDoubtful).sorted(by: ItemReport.isMoreUrgent)
        if !doubtful.isEmpty {
            lines += ["", "Look at these first:"] + table(doubtful.prefix(listed).map(row))
            if doubtful.count > listed { lines.append("  and \(doubtful.count - listed) more") }
        }
        if let stop = summary.stopText { lines += ["", stop] }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func isDoubtful(_ report: ItemReport) -> Bool {
        switch report.result {
        case .failed: true
        case .open: false
        case .done(let outcome): outcome.verdict == .unsure || outcome.verdict == .foreign
        }
    }

    private var totals: [String] {
        let total = summary.reports.count
        let rows = summary.counts.map {
            [$0.label, String($0.count), DisplayNumber.percent(Double($0.count) / Double(max(1, total)))]
        }
        let resumed = summary.resumedCount > 0 ? ", \(summary.resumedCount) of them from an earlier run" : ""
        let files = total == 1 ? "1 file" : "\(total) files"
        return ["\(files)\(resumed), \(DisplayNumber.wait(summary.seconds))"] + table(rows, numeric: [1, 2])
    }

    private func row(_ report: ItemReport) -> [String] {
        let confidence = report.outcome.map { DisplayNumber.fixed($0.clampedConfidence, decimals: 2) } ?? ""
        return [report.label, confidence, Self.oneLine(Self.text(report))]
    }

    /// The file, and what is wrong with it unless the message names one of the two files itself.
    private static func text(_ report: ItemReport) -> String {
        guard let message = report.failure?.message else { return report.item.subtitles }
        let isNamed = message.contains(report.item.subtitles) || message.contains(report.item.media)
        return isNamed ? message : "\(report.item.subtitles): \(message)"
    }

    /// Control characters in names and messages must not reach a terminal.
    private static func oneLine(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) ? " " : $0 }))
    }

    private func table(_ rows: [[String]], numeric: Set<Int> = []) -> [String] {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = row.enumerated().map { column, cell in
                let space = String(repeating: " ", count: widths[column] - cell.count)
                return numeric.contains(column) ? space + cell : column == count - 1 ? cell : cell + space
            }
            return "  " + cells.joined(separator: "  ")
        }
    }
}
