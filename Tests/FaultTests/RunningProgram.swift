import Foundation
import Glibc

/// A program that was started and has not been waited for.
final class RunningProgram {
    private let child: pid_t
    private let folder: TemporaryFolder
    private let output: String
    private var errors: String { folder.path + "/errors" }

    /// No command in these tests may take longer, on however busy a machine. Seconds.
    private static let limit = 120

    /// - Parameter output: a file to send standard output to; nil to keep it for ``Ended/output``.
    init(_ arguments: [String], output: String? = nil) throws {
        folder = try TemporaryFolder()
        self.output = output ?? folder.path + "/output"
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, self.output, O_WRONLY | O_CREAT, 0o644)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, folder.path + "/errors", O_WRONLY | O_CREAT, 0o644)
        var words = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var child: pid_t = 0
        let failure = posix_spawn(&child, arguments[0], &actions, nil, &words, environ)
        guard failure == 0 else { throw POSIXError(POSIXErrorCode(rawValue: failure) ?? .ENOENT) }
        self.child = child
    }

    func send(_ signal: Int32) { kill(child, signal) }

    /// Waits for the end. A program that hangs is killed, and so reported as ended by signal 9.
    func wait() throws -> Ended {
        var status: Int32 = 0
        let deadline = ContinuousClock.now + .seconds(Self.limit)
        while waitpid(child, &status, WNOHANG) == 0 {
            if ContinuousClock.now > deadline { send(SIGKILL) }
            usleep(2000)
        }
        let signal = status & 0x7F
        return Ended(
            status: signal == 0 ? status >> 8 & 0xFF : nil, signal: signal == 0 ? nil : signal,
            output: text(output), errors: text(errors))
    }

    private func text(_ path: String) -> String {
        // A device that was given as the output has no end to read up to.
        guard !path.hasPrefix("/dev/") else { return "" }
        return FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
