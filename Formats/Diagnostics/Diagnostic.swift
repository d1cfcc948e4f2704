/// One remark about a file: where, what was found, what was expected, and what the reader did about it.
///
///     film.srt:12:1: error: found '00:00:xx'; expected a time such as 00:01:02,345; the cue is left out [srt-time]
public struct Diagnostic: Hashable, Sendable, CustomStringConvertible {
    /// How much the remark matters to the labels.
    public enum Severity: String, Hashable, Comparable, Sendable, CaseIterable {
        /// A fact about the file that a reader of the labels may want to know, such as its encoding.
        case note
        /// Something the format does not allow, or that is likely a slip; every label is kept.
        case warning
        /// A label, or part of one, could not be read and is left out.
        case error

        public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    public let severity: Severity
    /// A stable name such as `srt-time`, for filters and documentation.
    public let code: String
    /// The file as the caller named it.
    public let file: String
    /// Nil when the remark is about the file as a whole.
    public let position: TextPosition?
    public let found: String
    public let expected: String?
    /// What the reader did, such as "the cue is left out"; nil when it did nothing.
    public let effect: String?
    /// How often the same remark applies to the file; ``position`` is the first place.
    public internal(set) var count = 1

    public init(
        _ severity: Severity, _ code: String, file: String, at position: TextPosition? = nil, found: String,
        expected: String? = nil, effect: String? = nil
    ) {
        (self.severity, self.code, self.file, self.position) = (severity, code, file, position)
        (self.found, self.expected, self.effect) = (found, expected, effect)
    }

    /// The sentence without the place: found, expected, effect.
    public var message: String {
        var parts = ["found \(found)"]
        if let expected { parts.append("expected \(expected)") }
        if let effect { parts.append(effect) }
        if count > 1 { parts.append("\(count) times") }
        return parts.joined(separator: "; ")
    }

    public var description: String {
        "\(file)\(position.map { ":\($0)" } ?? ""): \(severity.rawValue): \(message) [\(code)]"
    }
}
