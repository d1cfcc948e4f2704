import Foundation

/// Why one item failed. Throw it from a job to say what kind of trouble it was; any other error counts as bad input.
public struct ItemFailure: Error, Hashable, Sendable, Codable, CustomStringConvertible {
    public enum Kind: String, Hashable, Sendable, Codable {
        /// The files themselves: another run with the same files would fail alike.
        case input
        /// The surroundings, such as an unreachable disk: the next run tries again.
        case transient
        /// No space to write. The run stops, since every further item would fail; the next run tries again.
        case diskFull = "disk-full"
    }

    public let kind: Kind
    /// File, place, what was found and what was expected.
    public let message: String

    public init(_ kind: Kind, _ message: String) { (self.kind, self.message) = (kind, message) }

    public var description: String { message }

    /// A failed system call, told apart by its error number.
    public static func system(_ code: Int32, doing action: String, path: String) -> ItemFailure {
        ItemFailure(Kind(errorNumber: code), "\(path): \(action) failed: \(String(cString: strerror(code)))")
    }

    /// An error that a job threw.
    public init(describing error: any Error) {
        if let failure = error as? ItemFailure {
            self = failure
        } else if let code = Self.errorNumber(of: error) {
            self.init(Kind(errorNumber: code), Self.message(of: error))
        } else {
            self.init(.input, Self.message(of: error))
        }
    }

    private static func message(of error: any Error) -> String {
        if let error = error as? CocoaError { return error.localizedDescription }
        return (error as? any LocalizedError)?.errorDescription ?? "\(error)"
    }

    /// The system's number behind an error of Foundation.
    private static func errorNumber(of error: any Error) -> Int32? {
        if let error = error as? POSIXError { return error.code.rawValue }
        guard let error = error as? CocoaError else { return nil }
        if error.code == .fileWriteOutOfSpace { return ENOSPC }
        return (error.underlying as? POSIXError)?.code.rawValue
    }
}

extension ItemFailure.Kind {
    /// - Parameter errorNumber: a value of `errno`.
    public init(errorNumber: Int32) {
        switch errorNumber {
        case ENOSPC, EDQUOT: self = .diskFull
        case EIO, ENOMEM, EMFILE, ENFILE, EAGAIN, EBUSY, ESTALE, ETIMEDOUT, EROFS: self = .transient
        default: self = .input
        }
    }
}
