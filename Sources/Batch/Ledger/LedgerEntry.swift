import Foundation
import GRDB

/// Where an item stands.
public enum ItemState: String, Sendable, Codable {
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
public struct ItemKey: Hashable, Sendable, Codable {
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

extension LedgerEntry: FetchableRecord {
    /// - Throws: when a column does not hold what this program writes.
    public init(row: Row) throws {
        let text: String = try row.decode(forColumn: "state")
        guard let state = ItemState(rawValue: text) else {
            throw BatchError.ledgerUnusable(path: "ledger", reason: "unknown state '\(text)'")
        }
        self.state = state
        output = try row.decode(forColumn: "output")
        attempts = try row.decode(forColumn: "attempts")
        seconds = try row.decode(forColumn: "seconds")
        key = try Self.decoded(row, "key")
        outcome = try Self.decoded(row, "outcome")
        failure = try Self.decoded(row, "failure")
    }

    /// Nil also for JSON of another shape, as another version may have written it: the item is then done again.
    private static func decoded<Value: Decodable>(_ row: Row, _ column: String) throws -> Value? {
        let text: String? = try row.decode(forColumn: column)
        return text.flatMap { try? JSONDecoder().decode(Value.self, from: Data($0.utf8)) }
    }

    static func encoded(_ value: (some Encodable)?) throws -> String? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try value.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
    }
}
