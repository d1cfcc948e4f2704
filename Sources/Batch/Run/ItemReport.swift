import Alignment

/// How one item of a run ended.
public struct ItemReport: Hashable, Sendable {
    public enum Result: Hashable, Sendable {
        case done(ItemOutcome)
        case failed(ItemFailure)
        /// Not started, or given up when the run was stopped; the next run does it.
        case open
    }

    public let item: BatchItem
    public let result: Result
    /// Whether the result is an earlier run's.
    public let isResumed: Bool
    /// Wall time of the attempt; 0 for items that were not started in this run.
    public let seconds: Double

    public init(item: BatchItem, result: Result, isResumed: Bool = false, seconds: Double = 0) {
        (self.item, self.result, self.isResumed, self.seconds) = (item, result, isResumed, seconds)
    }

    public var outcome: ItemOutcome? { if case .done(let outcome) = result { outcome } else { nil } }
    public var failure: ItemFailure? { if case .failed(let failure) = result { failure } else { nil } }
    public var isOpen: Bool { result == .open }

    /// One word for tables: a verdict, `failed` or `open`.
    public var label: String {
        switch result {
        case .done(let outcome): outcome.verdict.rawValue
        case .failed: "failed"
        case .open: "open"
        }
    }
}

extension ItemReport {
    /// The order in which a person should look: failed, unsure, foreign, then the less confident first, what is on time
    /// and what was not done last. Equal ones keep the input order.
    public static func isMoreUrgent(_ a: ItemReport, _ b: ItemReport) -> Bool {
        let (first, second) = (a.urgency, b.urgency)
        return first != second ? first < second : a.item.index < b.item.index
    }

    private var urgency: Double {
        switch result {
        case .failed: 0
        case .open: 5
        case .done(let outcome):
            switch outcome.verdict {
            case .unsure: 1 + outcome.clampedConfidence / 2
            case .foreign: 2 + outcome.clampedConfidence / 2
            case .aligned: 3 + outcome.clampedConfidence / 2
            case .inSync: 4 + outcome.clampedConfidence / 2
            }
        }
    }
}

extension ItemOutcome {
    /// The confidence within 0...1, and 0 where it is not a number.
    var clampedConfidence: Double { confidence.isNaN ? 0 : min(max(confidence, 0), 1) }
}
