import ArgumentParser

#if canImport(Glibc)
    import Glibc
#endif

/// Standard output and standard error by `write(2)`, and the exit codes every subcommand shares.
enum Terminal {
    /// Results. A reader that closed the pipe ends the program quietly, since nobody is listening any more; when they
    /// cannot be written for another reason, that is said and nothing more is done.
    static func output(bytes: [UInt8]) {
        switch write(bytes, to: STDOUT_FILENO) {
        case 0: return
        case EPIPE: exit(0)
        case let code:
            note("slate: standard output: \(String(cString: strerror(code)))")
            exit(ExitCode.couldNotRun.rawValue)
        }
    }

    /// Results as text.
    static func output(_ text: String) { output(bytes: Array(text.utf8)) }

    /// All else: warnings, summaries, progress. A line break is added. Goes on when nobody can be told.
    static func note(_ text: String) { _ = write(Array((text + "\n").utf8), to: STDERR_FILENO) }

    /// Whether a person watches standard error, so that progress may be shown.
    static var showsProgress: Bool { isatty(STDERR_FILENO) == 1 }

    /// - Returns: 0, or the number of the error that stopped it.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written > 0 {
                rest = rest.dropFirst(written)
            } else if errno != EINTR {
                return errno
            }
        }
        return 0
    }

    /// Opens what is closed of standard input, output and error to nowhere. Call once, before anything is opened: an
    /// output file would take the place of a closed one, and warnings would be written into it.
    static func holdStandardDescriptors() {
        var descriptor = open("/dev/null", O_RDWR)
        while (0...STDERR_FILENO).contains(descriptor) { descriptor = open("/dev/null", O_RDWR | O_CLOEXEC) }
        if descriptor > STDERR_FILENO { close(descriptor) }
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
