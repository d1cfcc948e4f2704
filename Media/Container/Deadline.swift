#if canImport(Glibc)
    import Glibc
#endif

/// Tells long work when to stop: the task was cancelled, or the time allowed is over.
struct Deadline {
    private let limit: Int?
    private let end: Int?

    /// - Parameter seconds: wall-clock time allowed from now; nil for no limit.
    init(seconds: Int?) {
        limit = seconds
        end = seconds.map { Self.now + $0 }
    }

    var interruption: MediaError.Reason? {
        if Task.isCancelled { return .cancelled }
        guard let end, let limit else { return nil }
        return Self.now >= end ? .tooSlow(seconds: limit) : nil
    }

    private static var now: Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec
    }
}
