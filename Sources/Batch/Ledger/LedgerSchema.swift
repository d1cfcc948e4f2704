/// The tables of a ledger, and what tells a ledger from other files.
enum LedgerSchema {
    /// Marks the file as a ledger of Slate: "SLAT".
    static let applicationID: Int64 = 0x534C_4154
    /// Counts up when the tables change, and stands in the file's `user_version`.
    static let version: Int64 = 1

    /// Refuses what is no ledger of this version, then makes the tables where there are none.
    ///
    /// - Throws: ``BatchError/ledgerUnusable(path:reason:)``, before anything is written, and ``DatabaseError``.
    static func prepare(_ database: borrowing Database, path: String) throws {
        try check(database, path: path)
        // Where the file system cannot do it, SQLite keeps its rollback journal, which is as safe.
        try database.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
        try database.transaction { try $0.execute(tables) }
    }

    /// Refuses databases of other programs, newer ledgers and damaged files.
    private static func check(_ database: borrowing Database, path: String) throws {
        let id = try database.integer("PRAGMA application_id")
        let isEmpty = try database.integer("SELECT count(*) FROM sqlite_master") == 0
        guard id == applicationID || (id == 0 && isEmpty) else {
            throw BatchError.ledgerUnusable(path: path, reason: "is a database of another program, not a ledger")
        }
        guard try database.integer("PRAGMA user_version") ?? 0 <= version else {
            throw BatchError.ledgerUnusable(path: path, reason: "was written by a newer version of Slate; use that one")
        }
        let faults = try database.texts("PRAGMA quick_check(1)")
        guard faults == ["ok"] else { throw BatchError.damagedLedger(path: path, detail: faults.joined()) }
    }

    private static let tables = """
        PRAGMA application_id = \(applicationID);
        PRAGMA user_version = \(version);
        CREATE TABLE IF NOT EXISTS item (
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
        CREATE INDEX IF NOT EXISTS itemState ON item(state);
        """
}
