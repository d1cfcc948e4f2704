#if canImport(Glibc)
    import Glibc
#endif

/// Keeps a second run away from a ledger for as long as the value lives.
///
/// An advisory lock on a file of its own. The system drops it with the process, so a killed run leaves nothing behind.
final class LedgerLock: Sendable {
    private let descriptor: Int32

    /// - Throws: ``BatchError/ledgerInUse(path:holder:)``, ``BatchError/ledgerWrite(path:reason:)``.
    init(path: String) throws {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw BatchError.ledgerWrite(path: path, reason: String(cString: strerror(errno)))
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let holder = Self.text(of: descriptor)
            close(descriptor)
            throw BatchError.ledgerInUse(path: path, holder: holder.isEmpty ? "unknown process" : "process \(holder)")
        }
        // Only names the holder in the other run's message; the lock holds without it, as on a full disk.
        let name = Array("\(getpid())".utf8)
        _ = ftruncate(descriptor, 0)
        _ = name.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    private static func text(of descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        return String(decoding: bytes.prefix(max(0, count)).filter { (48...57).contains($0) }, as: UTF8.self)
    }

    deinit {
        // A child process that is just being started shares the descriptor until its program begins: closing alone would
        // leave the lock with it.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}
