import CSQLite
import Synchronization
import Timeline

#if canImport(Glibc)
    import Glibc
#endif

/// The record of a batch: a SQLite file in the output folder that says what was done with what, and what came of it.
///
/// Every change is one transaction, written through to the disk (write-ahead log, `synchronous = FULL`): a run that is
/// killed at any instant loses at most the items in flight. The ledger holds figures and errors, never the labels.
public final class Ledger: Sendable {
    public let path: String
    private let outputFolder: String
    private let database: Mutex<Database>
    private let lock: LedgerLock

    /// Opens or creates `.slate/ledger.sqlite` in the output folder, and locks it.
    ///
    /// - Throws: ``BatchError`` when another run holds it, when the file is damaged, newer or not a ledger,
    ///   and when nothing can be written there.
    public init(outputFolder: String) throws {
        let folder = FilePath.join(outputFolder, ".slate")
        path = FilePath.join(folder, "ledger.sqlite")
        self.outputFolder = FilePath.standardized(outputFolder)
        do { try Folder.make(folder) } catch { throw BatchError.ledgerWrite(path: folder, reason: error.reason) }
        lock = try LedgerLock(path: FilePath.join(folder, "lock"))
        database = Mutex(try Self.open(path))
    }

    private static func open(_ path: String) throws -> sending Database {
        do {
            let database = try Database(path: path)
            try LedgerSchema.prepare(database, path: path)
            return database
        } catch let error as DatabaseError {
            throw BatchError(error, ledger: path)
        }
    }

    // MARK: Items

    /// Lists items that the ledger does not know yet, and notes where the inputs of the others now lie.
    func enlist(_ items: [BatchItem]) throws {
        try withDatabase { database in
            try database.transaction { database in
                let statement = try database.prepare(
                    """
                    INSERT INTO item (output, media, subtitles, state) VALUES (?, ?, ?, 'pending')
                    ON CONFLICT (output) DO UPDATE SET media = excluded.media, subtitles = excluded.subtitles
                    """)
                for item in items { try statement.run([.text(name(of: item)), .text(item.media), .text(item.subtitles)]) }
            }
        }
    }

    /// What is recorded about an item; nil for one that was never listed.
    public func entry(of item: BatchItem) throws -> LedgerEntry? {
        try withDatabase { database in
            let statement = try database.prepare("SELECT \(LedgerEntry.columns) FROM item WHERE output = ?")
            try statement.bind([.text(name(of: item))])
            return try statement.step() ? try LedgerEntry(row: statement, path: path) : nil
        }
    }

    /// Every item of the ledger, in the order of the output names.
    public func entries() throws -> [LedgerEntry] {
        try withDatabase { database in
            let statement = try database.prepare("SELECT \(LedgerEntry.columns) FROM item ORDER BY output")
            var entries: [LedgerEntry] = []
            while try statement.step() { entries.append(try LedgerEntry(row: statement, path: path)) }
            return entries
        }
    }

    func start(_ item: BatchItem, key: ItemKey) throws {
        try update(
            item,
            """
            state = 'running', attempts = attempts + 1, key = ?, outcome = NULL, failure = NULL, startedAt = ?,
            finishedAt = NULL, seconds = NULL
            """,
            [.text(key.ledgerText), Self.now()])
    }

    func finish(_ item: BatchItem, outcome: ItemOutcome, seconds: Double) throws {
        try update(
            item, "state = 'done', outcome = ?, finishedAt = ?, seconds = ?",
            [.text(outcome.ledgerText), Self.now(), .real(seconds)])
    }

    /// - Parameter key: what the item was done with; nil when its inputs could not be read, so that it is tried again
    ///   as soon as they can.
    func fail(_ item: BatchItem, _ failure: ItemFailure, key: ItemKey?, seconds: Double) throws {
        try update(
            item, "state = 'failed', key = ?, outcome = NULL, failure = ?, finishedAt = ?, seconds = ?",
            [DatabaseValue(key?.ledgerText), .text(failure.ledgerText), Self.now(), .real(seconds)])
    }

    /// Puts an item that was started but given up back in line.
    func abandon(_ item: BatchItem) throws { try update(item, "state = 'pending'", []) }

    private func update(_ item: BatchItem, _ assignments: String, _ values: [DatabaseValue]) throws {
        try withDatabase { database in
            try database.prepare("UPDATE item SET \(assignments) WHERE output = ?").run(values + [.text(name(of: item))])
        }
    }

    private func withDatabase<Value: Sendable>(_ work: (borrowing Database) throws -> Value) throws -> Value {
        try database.withLock { database in
            do { return try work(database) } catch let error as DatabaseError { throw BatchError(error, ledger: path) }
        }
    }

    /// The output below the output folder, so that the folder may be moved as a whole.
    private func name(of item: BatchItem) -> String {
        let output = FilePath.standardized(item.output)
        return output.hasPrefix(outputFolder + "/") ? String(output.dropFirst(outputFolder.count + 1)) : output
    }

    private static func now() -> DatabaseValue { DatabaseValue(WallClock(secondsSince1970: Int64(time(nil)))?.description) }
}

extension BatchError {
    /// SQLite's error in the user's terms.
    init(_ error: DatabaseError, ledger path: String) {
        switch error.primaryCode {
        case SQLITE_NOTADB: self = .ledgerUnusable(path: path, reason: "is not a ledger: \(error.message)")
        case SQLITE_CORRUPT: self = .damagedLedger(path: path, detail: error.message)
        default: self = .ledgerWrite(path: path, reason: error.message)
        }
    }

    static func damagedLedger(path: String, detail: String) -> BatchError {
        .ledgerUnusable(
            path: path,
            reason: "is damaged (\(detail)); move the .slate folder away to start over, which redoes every item")
    }
}
