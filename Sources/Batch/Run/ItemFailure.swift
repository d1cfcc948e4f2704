import Formats
import Foundation
import Media

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
        } else {
            self.init(Self.kind(of: error), Self.message(of: error))
        }
    }

    private static func kind(of error: any Error) -> Kind {
        switch error {
        case let error as FormatError: return error.reason == .system ? Kind(systemText: error.description) : .input
        case let error as MediaError:
            switch error.reason {
            case .system(let text), .output(let text): return Kind(systemText: text)
            case .tooSlow, .outOfMemory, .cancelled: return .transient
            default: return .input
            }
        default: return errorNumber(of: error).map(Kind.init(errorNumber:)) ?? .input
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
    private static let fullDisk = [ENOSPC, EDQUOT]
    private static let passing = [EIO, ENOMEM, EMFILE, ENFILE, EAGAIN, EBUSY, ESTALE, ETIMEDOUT, EROFS]

    /// - Parameter errorNumber: a value of `errno`.
    public init(errorNumber: Int32) {
        self =
            Self.fullDisk.contains(errorNumber) ? .diskFull : Self.passing.contains(errorNumber) ? .transient : .input
    }

    /// - Parameter systemText: a message that ends in the system's own words for an error number.
    init(systemText: String) {
        let codes = Self.fullDisk + Self.passing
        let code = codes.first { systemText.contains(String(cString: strerror($0))) }
        self = code.map(Self.init(errorNumber:)) ?? .input
    }
}
