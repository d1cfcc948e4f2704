import ArgumentParser

#if canImport(Glibc)
    import Glibc
#endif

/// Standard output and standard error by `write(2)`, and the exit codes every subcommand shares.
enum Terminal {
    /// Results. A reader that closed the pipe ends the program quietly, since nobody is listening any more.
    static func output(_ text: String) { write(Array(text.utf8), to: STDOUT_FILENO) }

    /// Results as bytes.
    static func output(bytes: [UInt8]) { write(bytes, to: STDOUT_FILENO) }

    /// All else: warnings, summaries, progress. A line break is added.
    static func note(_ text: String) { write(Array((text + "\n").utf8), to: STDERR_FILENO) }

    /// Whether a person watches standard error, so that progress may be shown.
    static var showsProgress: Bool { isatty(STDERR_FILENO) == 1 }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written > 0 {
                rest = rest.dropFirst(written)
            } else if errno == EPIPE {
                exit(0)
            } else if errno != EINTR {
                giveUp(on: descriptor, errno)
            }
        }
    }

    /// Says why results cannot be written, and ends the program; without a word when there is nowhere to say it.
    private static func giveUp(on descriptor: Int32, _ code: Int32) -> Never {
        if descriptor == STDOUT_FILENO { note("slate: standard output: \(String(cString: strerror(code)))") }
        exit(ExitCode.couldNotRun.rawValue)
    }

    /// Makes a closed pipe show up as a failed write instead of a signal. Call once, before anything is written.
    static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }
}

extension ExitCode {
    /// The work was finished, but some input was refused or did not pass.
    static let someRefused = ExitCode(1)
    /// Nothing could be done.
    static let couldNotRun = ExitCode(2)
}
