/// Why a model file cannot be used.
public struct ModelError: Error, Hashable, Sendable, CustomStringConvertible {
    public let file: String
    /// What was found and what was expected, as one clause.
    public let problem: String

    public init(_ file: String, _ problem: String) { (self.file, self.problem) = (file, problem) }

    public var description: String { "\(file): \(problem)" }
}
