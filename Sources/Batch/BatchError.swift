/// Why a batch could not be prepared or run. Trouble with one item is an ``ItemFailure`` instead.
public enum BatchError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A path given by the user does not exist or cannot be read.
    case unreadable(path: String, reason: String)
    /// A pattern matched no file.
    case nothingMatches(pattern: String)
    /// A manifest breaks its rules. Line and column count from 1; the column counts bytes.
    case manifest(file: String, line: Int, column: Int, problem: String)
    /// Two items would write one file.
    case outputCollision(output: String, first: String, second: String)
    /// An item would write over one of the inputs.
    case outputIsInput(path: String)
    /// Another run holds the ledger.
    case ledgerInUse(path: String, holder: String)
    /// The ledger cannot be used as it is.
    case ledgerUnusable(path: String, reason: String)
    /// The ledger could not be written. What it already holds stays valid.
    case ledgerWrite(path: String, reason: String)

    public var description: String {
        switch self {
        case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
        case .nothingMatches(let pattern): "no file matches '\(pattern)'"
        case .manifest(let file, let line, let column, let problem): "\(file):\(line):\(column): \(problem)"
        case .outputCollision(let output, let first, let second):
            "\(output): both '\(first)' and '\(second)' would be written here; rename one or run them into two folders"
        case .outputIsInput(let path): "\(path): is an input and would be overwritten; choose another output folder"
        case .ledgerInUse(let path, let holder): "\(path): in use by another run (\(holder)); wait for it or stop it"
        case .ledgerUnusable(let path, let reason): "\(path): \(reason)"
        case .ledgerWrite(let path, let reason):
            "\(path): cannot be written: \(reason); finished items are kept, and the same command resumes"
        }
    }
}
