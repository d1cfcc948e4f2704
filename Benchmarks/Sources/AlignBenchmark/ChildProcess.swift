import Glibc

/// A program run to its end, with what the kernel counted for it.
enum ChildProcess {
    /// What a program and the programs that it waited for used.
    struct Usage {
        /// User and system time, in seconds.
        let cpu: Double
        /// Largest resident set of the largest of them, in MiB (`ru_maxrss` / 1024).
        let peak: Double
        let exitStatus: Int32
    }

    /// Runs a program without input; what it prints goes nowhere.
    ///
    /// The kernel starts a child's `ru_maxrss` at its parent's peak, so this program keeps its own small.
    static func run(_ arguments: [String]) throws -> Usage {
        let child = try spawn(arguments)
        var status: Int32 = 0
        var usage = rusage()
        while wait4(child, &status, 0, &usage) < 0 {
            guard errno == EINTR else { throw BenchmarkError("wait4: \(String(cString: strerror(errno)))") }
        }
        let isExit = status & 0x7F == 0
        return Usage(
            cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime), peak: Double(usage.ru_maxrss) / 1024,
            exitStatus: isExit ? status >> 8 & 0xFF : 128 + status & 0x7F)
    }

    /// Runs a program that must succeed.
    static func require(_ arguments: String...) throws {
        let usage = try run(arguments)
        guard usage.exitStatus == 0 else {
            throw BenchmarkError("exit status \(usage.exitStatus) from: \(arguments.joined(separator: " "))")
        }
    }

    /// The path of a program, as a shell would find it; nil when there is none.
    static func find(_ name: String) -> String? {
        guard !name.contains("/") else { return access(name, X_OK) == 0 ? name : nil }
        let folders = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
        return folders.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }

    private static func spawn(_ arguments: [String]) throws -> pid_t {
        guard let path = arguments.first.flatMap(find) else {
            throw BenchmarkError("\(arguments.first ?? "program"): not found")
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
        }
        var words = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var child: pid_t = 0
        let failure = posix_spawn(&child, path, &actions, nil, &words, environ)
        guard failure == 0 else { throw BenchmarkError("\(path): \(String(cString: strerror(failure)))") }
        return child
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
}
