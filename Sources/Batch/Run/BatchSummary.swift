import Alignment

/// A run's totals, and every item's report in the input order.
public struct BatchSummary: Sendable {
    /// What ended a run before all was done.
    public enum Stop: Hashable, Sendable {
        /// The user or the system asked it to.
        case interrupted
        /// No space to write; the text names the file.
        case diskFull(String)
        /// The ledger could not be written or read; the text says why.
        case ledger(String)
    }

    /// In the input order, one for every item.
    public let reports: [ItemReport]
    public let stop: Stop?
    /// Wall time of the run.
    public let seconds: Double

    public init(reports: [ItemReport], stop: Stop? = nil, seconds: Double = 0) {
        (self.reports, self.stop, self.seconds) = (reports.sorted { $0.item.index < $1.item.index }, stop, seconds)
    }

    /// How many items carry each label, in a fixed order; labels that no item carries are left out.
    public var counts: [(label: String, count: Int)] {
        let order = ["failed", "unsure", "foreign", "aligned", "in-sync", "open"]
        let counted = Dictionary(grouping: reports, by: \.label).mapValues(\.count)
        return order.compactMap { label in counted[label].map { (label, $0) } }
    }

    public func count(_ label: String) -> Int { reports.count { $0.label == label } }

    public var resumedCount: Int { reports.count(where: \.isResumed) }

    /// Whether every item has an aligned or in-sync result: exit 0, otherwise exit 1.
    public var isAllWell: Bool {
        stop == nil
            && reports.allSatisfy { $0.outcome.map { $0.verdict != .foreign } ?? false }
    }

    /// What stopped the run and what to do next; nil for a run that reached its end.
    public var stopText: String? {
        let open = count("open")
        let resume = "\(open) left to do; run the same command again to go on where it stopped"
        return switch stop {
        case nil: nil
        case .interrupted?: "interrupted: \(resume)"
        case .diskFull(let text)?: "stopped, the disk is full: \(text); \(resume) once there is space"
        case .ledger(let text)?: "stopped: \(text)"
        }
    }
}
