import Dispatch

#if canImport(Glibc)
    import Glibc
#endif

/// Turns the first SIGINT or SIGTERM into a cancellation; a second one ends the process at once.
public enum Interruption {
    /// Runs the work, and cancels its task when a signal comes.
    ///
    /// - Parameter onSignal: called once, from another thread, before the task is cancelled.
    public static func cancelling<Value: Sendable>(
        onSignal: @escaping @Sendable () -> Void = {}, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let task = Task { try await work() }
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: DispatchQueue(label: "slate.signal"))
            source.setEventHandler {
                signal(number, SIG_DFL)
                onSignal()
                task.cancel()
            }
            source.resume()
            return source
        }
        defer {
            for source in sources { source.cancel() }
            for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
        }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }
}
