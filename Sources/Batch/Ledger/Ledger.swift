import Foundation
import GRDB

/// The record of a batch: a SQLite file in the output folder that says what was done with what, and what came of it.
///
/// Every change is one transaction, written through to the disk (write-ahead log, `synchronous = FULL`): a run that is
/// killed at any instant loses at most the items in flight. The ledger holds figures and errors, never the labels.
public final class Ledger: Sendable {
    /// Marks the file as a ledger of Slate: "SLAT".
    private static let applicationID: Int32 = 0x534C_4154

    public let path: String
    private let outputFolder: String
    private let database: DatabaseQueue
    private let lock: LedgerLock

    /// Opens or creates `.slate/ledger.sqlite` in the output folder, and locks it.
    ///
    /// - Throws: ``BatchError`` when another run holds it, when the file is damaged, newer or not a ledger,
    ///   and when nothing can be written there.
    public init(outputFolder: String) throws {
        let folder = FilePath.join(outputFolder, ".slate")
        path = FilePath.join(folder, "ledger.sqlite")
        self.outputFolder = FilePath.standardized(outputFolder)
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw BatchError.ledgerWrite(path: folder, reason: ItemFailure(describing: error).message)
        }
        lock = try LedgerLock(path: FilePath.join(folder, "lock"))
        database = try Self.translated(path) { [path] in
            let queue = try DatabaseQueue(path: path, configuration: Self.configuration)
            try Self.check(queue, path: path)
            try Self.migrator.migrate(queue)
            return queue
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        return configuration
    }

    /// Refuses databases of other programs, newer ledgers and damaged files before anything is written.
    private static func check(_ queue: DatabaseQueue, path: String) throws {
        try queue.read { db in
            let id = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
            let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
            guard id == applicationID || (id == 0 && tables == 0) else {
                throw BatchError.ledgerUnusable(path: path, reason: "is a database of another program, not a ledger")
            }
            if try migrator.hasBeenSuperseded(db) {
                throw BatchError.ledgerUnusable(
                    path: path, reason: "was written by a newer version of Slate; use that one")
            }
            let faults = try String.fetchAll(db, sql: "PRAGMA quick_check(1)")
            guard faults == ["ok"] else { throw damaged(path, faults.joined()) }
        }
    }

    private static func damaged(_ path: String, _ detail: String) -> BatchError {
        .ledgerUnusable(
            path: path,
            reason: "is damaged (\(detail)); move the .slate folder away to start over, which redoes every item")
    }

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { db in
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try db.execute(
                sql: """
                    CREATE TABLE item (
                        output TEXT NOT NULL PRIMARY KEY,  -- below the output folder where it lies there
                        media TEXT NOT NULL,
                        subtitles TEXT NOT NULL,
                        state TEXT NOT NULL,
                        attempts INTEGER NOT NULL DEFAULT 0,
                        key TEXT,                          -- JSON: fingerprints, options, version
                        outcome TEXT,                      -- JSON: verdict and figures
                        failure TEXT,                      -- JSON: kind and message
                        startedAt TEXT,
                        finishedAt TEXT,
                        seconds REAL
                    ) WITHOUT ROWID;
                    CREATE INDEX itemState ON item(state);
                    """)
        }
        return migrator
    }

    // MARK: Items

    /// Lists items that the ledger does not know yet, and notes where the inputs of the others now lie.
    func enlist(_ items: [BatchItem]) throws {
        try write { db in
            let statement = try db.cachedStatement(
                sql: """
                    INSERT INTO item (output, media, subtitles, state) VALUES (?, ?, ?, 'pending')
                    ON CONFLICT (output) DO UPDATE SET media = excluded.media, subtitles = excluded.subtitles
                    """)
            for item in items {
                try statement.execute(arguments: [self.name(of: item), item.media, item.subtitles])
            }
        }
    }

    /// What is recorded about an item; nil for one that was never listed.
    public func entry(of item: BatchItem) throws -> LedgerEntry? {
        let name = name(of: item)
        return try Self.translated(path) {
            try database.read {
                try LedgerEntry.fetchOne($0, sql: "SELECT * FROM item WHERE output = ?", arguments: [name])
            }
        }
    }

    /// Every item of the ledger, in the order of the output names.
    public func entries() throws -> [LedgerEntry] {
        try Self.translated(path) {
            try database.read { try LedgerEntry.fetchAll($0, sql: "SELECT * FROM item ORDER BY output") }
        }
    }

    func start(_ item: BatchItem, key: ItemKey) throws {
        try update(
            item,
            """
            state = 'running', attempts = attempts + 1, key = ?, outcome = NULL, failure = NULL, startedAt = ?,
            finishedAt = NULL, seconds = NULL
            """,
            [try LedgerEntry.encoded(key), Self.now()])
    }

    func finish(_ item: BatchItem, outcome: ItemOutcome, seconds: Double) throws {
        try update(
            item, "state = 'done', outcome = ?, finishedAt = ?, seconds = ?",
            [try LedgerEntry.encoded(outcome), Self.now(), seconds])
    }

    /// - Parameter key: what the item was done with; nil when its inputs could not be read, so that it is tried again
    ///   as soon as they can.
    func fail(_ item: BatchItem, _ failure: ItemFailure, key: ItemKey?, seconds: Double) throws {
        try update(
            item, "state = 'failed', key = ?, outcome = NULL, failure = ?, finishedAt = ?, seconds = ?",
            [try LedgerEntry.encoded(key), try LedgerEntry.encoded(failure), Self.now(), seconds])
    }

    /// Puts an item that was started but given up back in line.
    func abandon(_ item: BatchItem) throws { try update(item, "state = 'pending'", []) }

    private func update(_ item: BatchItem, _ assignments: String, _ arguments: [(any DatabaseValueConvertible)?]) throws
    {
        let all = StatementArguments(arguments + [name(of: item)])
        try write { try $0.execute(sql: "UPDATE item SET \(assignments) WHERE output = ?", arguments: all) }
    }

    private func write(_ updates: (Database) throws -> Void) throws {
        try Self.translated(path) { try database.write(updates) }
    }

    /// The output below the output folder, so that the folder may be moved as a whole.
    private func name(of item: BatchItem) -> String {
        let output = FilePath.standardized(item.output)
        return output.hasPrefix(outputFolder + "/") ? String(output.dropFirst(outputFolder.count + 1)) : output
    }

    private static func now() -> String { Date().ISO8601Format() }

    /// SQLite's errors in the user's terms.
    private static func translated<Value>(_ path: String, _ work: () throws -> Value) throws -> Value {
        do {
            return try work()
        } catch let error as DatabaseError {
            let text = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
            switch error.resultCode {
            case .SQLITE_NOTADB: throw BatchError.ledgerUnusable(path: path, reason: "is not a ledger: \(text)")
            case .SQLITE_CORRUPT: throw damaged(path, text)
            default: throw BatchError.ledgerWrite(path: path, reason: text)
            }
        }
    }
}
