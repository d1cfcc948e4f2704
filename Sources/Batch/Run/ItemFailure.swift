import Formats
import Media

#if canImport(Glibc)
    import Glibc
#endif

/// Why one item failed. Throw it from a job to say what kind of trouble it was; any other error counts as bad input.
public struct ItemFailure: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Kind: String, Hashable, Sendable {
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
            self.init(Self.kind(of: error), "\(error)")
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
        default: return .input
        }
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
