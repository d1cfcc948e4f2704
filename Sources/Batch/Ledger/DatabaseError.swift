/// What SQLite said when it refused a call.
struct DatabaseError: Error, Hashable, CustomStringConvertible {
    /// An extended result code; <https://www.sqlite.org/rescode.html> lists them.
    let code: Int32
    let message: String

    /// The result code that the extended one refines, such as 10 (`SQLITE_IOERR`) for 778 (`SQLITE_IOERR_WRITE`).
    var primaryCode: Int32 { code & 0xFF }

    var description: String { "\(message) (SQLite error \(code))" }
}
