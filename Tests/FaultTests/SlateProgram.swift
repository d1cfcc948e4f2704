import Glibc

/// The built `slate` program, run as a user would run it.
enum SlateProgram {
    /// `SLATE_PROGRAM` in the environment, or the program beside the test bundle; nil when neither is there.
    static let path: String? = {
        let named = getenv("SLATE_PROGRAM").map { String(cString: $0) }
        return (named ?? besideTests).flatMap { access($0, X_OK) == 0 ? $0 : nil }
    }()

    private static var besideTests: String? {
        guard let bundle = realpath("/proc/self/exe", nil) else { return nil }
        defer { free(bundle) }
        let path = String(cString: bundle)
        return path.lastIndex(of: "/").map { path[...$0] + "slate" }
    }

    /// Why tests that run the program are skipped without it.
    static let isMissing = "the slate program is not beside the tests; build it, or name it in SLATE_PROGRAM"

    /// Runs the program to its end.
    static func run(_ arguments: String...) throws -> Ended { try run(arguments) }

    static func run(_ arguments: [String], output: String? = nil) throws -> Ended {
        try RunningProgram([path ?? "slate"] + arguments, output: output).wait()
    }

    /// Runs a shell script that finds the program in `$SLATE`, and what else it is given in `$1` and so on.
    static func shell(_ script: String, _ arguments: String...) throws -> Ended {
        let start = "SLATE='\(path ?? "slate")'; " + script
        return try RunningProgram(["/bin/sh", "-c", start, "sh"] + arguments).wait()
    }
}

/// How a program ended, and what it said.
struct Ended: CustomStringConvertible {
    /// Exit status; nil when a signal ended the program.
    let status: Int32?
    /// The signal that ended the program; nil when it ended by itself.
    let signal: Int32?
    let output, errors: String

    var description: String {
        let how = status.map { "exit \($0)" } ?? "signal \(signal ?? 0)"
        return "\(how)\n\(output.prefix(2000))\n\(errors.prefix(2000))"
    }
}
