import Formats

/// Where an item stands.
public enum ItemState: String, Sendable {
    /// Listed, not started; also what an abandoned item goes back to.
    case pending
    /// Started. Found at the beginning of a run, it means that the last run was killed.
    case running
    /// The job gave an outcome, whatever the verdict.
    case done
    /// The job failed.
    case failed
}

/// All that must be equal for a finished item not to be done again.
public struct ItemKey: Hashable, Sendable {
    public let media, subtitles: InputFingerprint
    /// Names the options of the run that change results; see ``OptionsFingerprint``.
    public let options: String
    public let toolVersion: String

    public init(media: InputFingerprint, subtitles: InputFingerprint, options: String, toolVersion: String) {
        (self.media, self.subtitles, self.options, self.toolVersion) = (media, subtitles, options, toolVersion)
    }
}

/// One item as the ledger holds it.
public struct LedgerEntry: Hashable, Sendable {
    public let output: String
    public var state: ItemState
    /// How often the job was started.
    public var attempts: Int
    /// What it was last started with; nil before.
    public var key: ItemKey?
    public var outcome: ItemOutcome?
    public var failure: ItemFailure?
    /// Wall time of the last attempt that ended.
    public var seconds: Double?
}

/// Names a set of options by a hash that does not depend on their order.
public enum OptionsFingerprint {
    /// - Parameter options: every option that changes results, by name, with the value as text.
    public static func make(_ options: [String: String]) -> String {
        let lines = options.sorted { $0.key < $1.key }.map {
            "\($0.key.utf8.count):\($0.key)=\($0.value.utf8.count):\($0.value)\n"
        }
        return SHA256.hex(lines.joined().utf8)
    }
}

extension LedgerEntry {
    /// What ``init(row:path:)`` reads, in its order.
    static let columns = "output, state, attempts, key, outcome, failure, seconds"

    /// Key, outcome and failure are nil also for JSON of another shape, as another version may have written it: the
    /// item is then done again.
    ///
    /// - Parameters:
    ///   - row: a statement that stands on a row of ``columns``.
    ///   - path: the ledger's, for errors.
    /// - Throws: ``BatchError/ledgerUnusable(path:reason:)`` when the row was not written by this program.
    init(row: borrowing Statement, path: String) throws {
        let text = row.text(at: 1) ?? ""
        guard let output = row.text(at: 0), let state = ItemState(rawValue: text) else {
            throw BatchError.ledgerUnusable(path: path, reason: "unknown state '\(text)'")
        }
        (self.output, self.state) = (output, state)
        attempts = Int(row.integer(at: 2) ?? 0)
        key = row.text(at: 3).flatMap(ItemKey.init(ledgerText:))
        outcome = row.text(at: 4).flatMap(ItemOutcome.init(ledgerText:))
        failure = row.text(at: 5).flatMap(ItemFailure.init(ledgerText:))
        seconds = row.real(at: 6)
    }
}
