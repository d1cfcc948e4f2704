import CSQLite

/// A value that a statement takes.
enum DatabaseValue: Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)

    init(_ text: String?) { self = text.map(DatabaseValue.text) ?? .null }
}

/// A prepared statement. It is finalized when the value goes.
///
/// It keeps its connection open: a ``Database`` that goes first closes with its last statement.
struct Statement: ~Copyable {
    private let handle: OpaquePointer

    /// - Parameter handle: a statement that nobody else finalizes.
    init(owning handle: OpaquePointer) { self.handle = handle }

    deinit { sqlite3_finalize(handle) }

    /// Runs a statement that gives no rows, with one value for each `?`. Can be called again with other values.
    func run(_ values: [DatabaseValue] = []) throws(DatabaseError) {
        try bind(values)
        _ = try step()
        sqlite3_reset(handle)
    }

    /// Sets one value for each `?`, in order, and goes back to before the first row.
    func bind(_ values: [DatabaseValue]) throws(DatabaseError) {
        precondition(values.count == sqlite3_bind_parameter_count(handle), "one value for each parameter")
        sqlite3_reset(handle)
        for (index, value) in values.enumerated() {
            let code = bind(value, Int32(index + 1))
            guard code == SQLITE_OK else { throw error(code) }
        }
    }

    private func bind(_ value: DatabaseValue, _ index: Int32) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(handle, index)
        case .integer(let value): return sqlite3_bind_int64(handle, index, value)
        case .real(let value): return sqlite3_bind_double(handle, index, value)
        case .text(let text):
            // SQLITE_TRANSIENT, a macro that Swift does not import: SQLite copies the bytes before it returns.
            let copies = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
            return sqlite3_bind_text64(handle, index, text, UInt64(text.utf8.count), copies, UInt8(SQLITE_UTF8))
        }
    }

    /// Goes to the next row; false when there is none.
    func step() throws(DatabaseError) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code:
            let failure = error(code)
            sqlite3_reset(handle)
            throw failure
        }
    }

    // MARK: Columns of the row, from 0

    /// Nil for NULL. Other types are converted by SQLite's rules.
    func integer(at column: Int32) -> Int64? { isNull(column) ? nil : sqlite3_column_int64(handle, column) }

    func real(at column: Int32) -> Double? { isNull(column) ? nil : sqlite3_column_double(handle, column) }

    func text(at column: Int32) -> String? {
        guard let bytes = sqlite3_column_text(handle, column) else { return nil }
        let count = Int(sqlite3_column_bytes(handle, column))
        return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    private func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

    private func error(_ code: Int32) -> DatabaseError {
        let text = sqlite3_errmsg(sqlite3_db_handle(handle))
        return DatabaseError(code: code, message: text.map { String(cString: $0) } ?? "unknown error")
    }
}
