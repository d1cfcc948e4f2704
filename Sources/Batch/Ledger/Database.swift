import CSQLite

/// A connection to a SQLite file. It closes when the value goes.
///
/// Not to be used by two threads at once: keep it behind a lock. With ``Statement``, the only code that touches SQLite.
struct Database: ~Copyable {
    private let handle: OpaquePointer

    /// Opens the file, or creates an empty one. Reads and writes nothing yet, so damage shows at the first statement.
    ///
    /// - Parameter busyTimeout: milliseconds to wait for another connection that is writing.
    init(path: String, busyTimeout: Int32 = 5000) throws(DatabaseError) {
        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        let code = sqlite3_open_v2(path, &opened, flags, nil)
        guard code == SQLITE_OK, let opened else {
            let error = Self.error(code, opened)
            // A connection that failed to open is to be closed as well.
            sqlite3_close_v2(opened)
            throw error
        }
        handle = opened
        sqlite3_busy_timeout(handle, busyTimeout)
    }

    deinit { sqlite3_close_v2(handle) }

    /// Runs statements that take no values, one after another. Rows are passed over.
    func execute(_ sql: String) throws(DatabaseError) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw Self.error(code, handle) }
    }

    /// Prepares one statement for use with this connection.
    func prepare(_ sql: String) throws(DatabaseError) -> Statement {
        var prepared: OpaquePointer?
        let code = sqlite3_prepare_v2(handle, sql, -1, &prepared, nil)
        guard code == SQLITE_OK else { throw Self.error(code, handle) }
        guard let prepared else { throw DatabaseError(code: SQLITE_MISUSE, message: "not a statement: \(sql)") }
        return Statement(owning: prepared)
    }

    /// The first column of the first row; nil for NULL and where there is no row.
    func integer(_ sql: String) throws(DatabaseError) -> Int64? {
        let statement = try prepare(sql)
        return try statement.step() ? statement.integer(at: 0) : nil
    }

    /// The first column of every row, without NULLs.
    func texts(_ sql: String) throws(DatabaseError) -> [String] {
        let statement = try prepare(sql)
        var texts: [String] = []
        while try statement.step() { if let text = statement.text(at: 0) { texts.append(text) } }
        return texts
    }

    /// Does all of the work or, when it throws, none of it.
    func transaction(_ work: (borrowing Database) throws -> Void) throws {
        try execute("BEGIN IMMEDIATE")
        do {
            try work(self)
            try execute("COMMIT")
        } catch {
            // After some errors, a full disk among them, SQLite has rolled back by itself.
            if sqlite3_get_autocommit(handle) == 0 { try? execute("ROLLBACK") }
            throw error
        }
    }

    private static func error(_ code: Int32, _ handle: OpaquePointer?) -> DatabaseError {
        let text = handle.map { sqlite3_errmsg($0) } ?? sqlite3_errstr(code)
        return DatabaseError(code: code, message: text.map { String(cString: $0) } ?? "unknown error")
    }
}
