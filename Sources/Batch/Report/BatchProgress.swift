/// How far a run has come, as one line of text.
public struct BatchProgress: Sendable {
    public let total: Int
    private var counts: [String: Int] = [:]
    /// Items that this run worked on; those of an earlier run say nothing about the rate.
    private var worked = 0

    public init(total: Int) { self.total = total }

    public var done: Int { counts.values.reduce(0, +) }

    public mutating func add(_ report: ItemReport) {
        counts[report.label, default: 0] += 1
        if !report.isResumed { worked += 1 }
    }

    /// `12/5000  0 %  3.1 files/s  26 min 50 s left  10 aligned  1 unsure  1 failed`, cut to a width in characters.
    ///
    /// - Parameter elapsed: seconds since the run began.
    public func line(elapsed: Double, width: Int = .max) -> String {
        var parts = ["\(done)/\(total)", DisplayNumber.percent(total > 0 ? Double(done) / Double(total) : 1)]
        if worked > 0, elapsed > 0 {
            let rate = Double(worked) / elapsed
            parts.append(
                rate < 1
                    ? "\(DisplayNumber.fixed(rate * 60, decimals: 1)) files/min"
                    : "\(DisplayNumber.fixed(rate, decimals: 1)) files/s")
            parts.append("\(DisplayNumber.wait(Double(total - done) / rate)) left")
        }
        for label in ["aligned", "in-sync", "unsure", "foreign", "failed"] {
            if let count = counts[label] { parts.append("\(count) \(label)") }
        }
        return String(parts.joined(separator: "  ").prefix(max(0, width)))
    }
}
