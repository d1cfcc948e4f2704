import Testing

@testable import Batch

@Suite struct DatabaseTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private var path: String { folder.path + "/a.sqlite" }

    @Test func `values come back as they were bound`() throws {
        let database = try Database(path: path)
        try database.execute("CREATE TABLE t (a, b, c, d, e)")
        let insert = try database.prepare("INSERT INTO t VALUES (?, ?, ?, ?, ?)")
        try insert.run([.integer(.min), .real(0.1), .text("é\u{0}x"), .text(""), .null])
        try insert.run([.integer(.max), .null, DatabaseValue(nil), .text("'"), .real(-0.0)])

        let rows = try database.prepare("SELECT * FROM t ORDER BY rowid")
        #expect(try rows.step())
        #expect(rows.integer(at: 0) == .min && rows.real(at: 1) == 0.1)
        #expect(rows.text(at: 2) == "é\u{0}x" && rows.text(at: 3)?.isEmpty == true)
        #expect(rows.text(at: 4) == nil && rows.integer(at: 4) == nil && rows.real(at: 4) == nil)
        #expect(try rows.step())
        #expect(rows.integer(at: 0) == .max && rows.text(at: 2) == nil && rows.text(at: 3) == "'")
        #expect(try !rows.step())
    }

    @Test func `an error has SQLite's code and words`() throws {
        let database = try Database(path: path)
        #expect(throws: DatabaseError(code: 1, message: "no such table: t")) { try database.execute("SELECT * FROM t") }
        #expect(throws: DatabaseError(code: 1, message: "near \"SELEKT\": syntax error")) { _ = try database.prepare("SELEKT 1") }
        try database.execute("CREATE TABLE t (a PRIMARY KEY) WITHOUT ROWID; INSERT INTO t VALUES (1)")
        let insert = try database.prepare("INSERT INTO t VALUES (?)")
        let error = #expect(throws: DatabaseError.self) { try insert.run([.integer(1)]) }
        // SQLITE_CONSTRAINT_PRIMARYKEY, of SQLITE_CONSTRAINT.
        #expect(error?.code == 1555 && error?.primaryCode == 19)
        #expect(error?.description == "UNIQUE constraint failed: t.a (SQLite error 1555)")
        try insert.run([.integer(2)])
        #expect(try database.integer("SELECT sum(a) FROM t") == 3)
    }

    @Test func `a file that cannot be opened is an error`() throws {
        #expect(throws: DatabaseError(code: 14, message: "unable to open database file")) {
            _ = try Database(path: folder.path + "/none/a.sqlite").integer("PRAGMA user_version")
        }
    }

    @Test func `a transaction that throws leaves nothing behind`() throws {
        struct Stop: Error {}
        let database = try Database(path: path)
        try database.execute("CREATE TABLE t (a)")
        #expect(throws: Stop.self) {
            try database.transaction {
                try $0.execute("INSERT INTO t VALUES (1)")
                throw Stop()
            }
        }
        #expect(try database.integer("SELECT count(*) FROM t") == 0)
        try database.transaction { try $0.execute("INSERT INTO t VALUES (1)") }
        #expect(try database.integer("SELECT count(*) FROM t") == 1)
    }

    @Test func `a connection waits no longer than asked for another that writes`() throws {
        let first = try Database(path: path)
        try first.execute("CREATE TABLE t (a)")
        let second = try Database(path: path, busyTimeout: 1)
        try first.transaction { _ in
            // SQLITE_BUSY
            #expect(throws: DatabaseError(code: 5, message: "database is locked")) {
                try second.execute("INSERT INTO t VALUES (1)")
            }
        }
        try second.execute("INSERT INTO t VALUES (1)")
        #expect(try first.integer("SELECT count(*) FROM t") == 1)
    }

    @Test func `a ledger writes ahead and flushes every change`() throws {
        let database = try Database(path: path)
        try LedgerSchema.prepare(database, path: path)
        #expect(try database.texts("PRAGMA journal_mode") == ["wal"])
        #expect(try database.integer("PRAGMA synchronous") == 2)
        #expect(try database.integer("PRAGMA user_version") == 1)
        #expect(try database.integer("PRAGMA application_id") == 0x534C_4154)
    }
}
