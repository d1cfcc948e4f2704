/// Why a label file could not be read or written at all.
public struct FormatError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure that callers part.
    public enum Reason: String, Hashable, Sendable {
        /// The system refused to open, read or write the file.
        case system
        /// The file is larger than the reader accepts.
        case tooLarge
        /// The bytes are in no format that Slate reads, or not in the one that was asked for.
        case unknownFormat
        /// The format is known, but no label could be read.
        case noLabels
        /// The file breaks a rule of its format that the reader cannot repair.
        case malformed
        /// The output exists and the caller did not ask to replace it.
        case exists
    }

    public let reason: Reason
    public let diagnostic: Diagnostic

    public init(_ reason: Reason, _ diagnostic: Diagnostic) {
        (self.reason, self.diagnostic) = (reason, diagnostic)
    }

    public init(
        _ reason: Reason, file: String, at position: TextPosition? = nil, found: String, expected: String? = nil,
        effect: String? = nil
    ) {
        let code = "file-" + reason.rawValue
        self.init(
            reason,
            Diagnostic(.error, code, file: file, at: position, found: found, expected: expected, effect: effect))
    }

    public var description: String { diagnostic.description }
}
