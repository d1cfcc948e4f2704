import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Shows a ``BatchProgress`` on standard error, on one line that is redrawn ten times a second at most.
///
/// Writes nothing where standard error is no terminal.
public final class ProgressMeter: Sendable {
    private struct State {
        var progress: BatchProgress
        var shown = ""
        var isDrawing: Bool
    }

    private let state: Mutex<State>
    private let begin = ContinuousClock.now

    public init(total: Int, isEnabled: Bool = true) {
        let isDrawing = isEnabled && isatty(STDERR_FILENO) == 1
        state = Mutex(State(progress: BatchProgress(total: total), isDrawing: isDrawing))
        guard isDrawing else { return }
        // A queue of its own has a thread even while the jobs keep all of the concurrency runtime's threads busy.
        let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "slate.progress"))
        timer.schedule(deadline: .now(), repeating: .milliseconds(100))
        // The handler keeps the timer alive until it is cancelled.
        timer.setEventHandler { [weak self] in if self?.draw() != true { timer.cancel() } }
        timer.resume()
    }

    public func add(_ report: ItemReport) { state.withLock { $0.progress.add(report) } }

    /// Stops and clears the line.
    public func finish() {
        state.withLock { state in
            if !state.shown.isEmpty { Self.write("\r\u{1B}[K") }
            (state.shown, state.isDrawing) = ("", false)
        }
    }

    /// Writes text for a person above the line, which is drawn again afterwards.
    public func say(_ text: String) {
        state.withLock { state in
            Self.write((state.shown.isEmpty ? "" : "\r\u{1B}[K") + text + "\n" + state.shown)
        }
    }

    /// Whether to go on drawing.
    private func draw() -> Bool {
        state.withLock { state in
            guard state.isDrawing else { return false }
            let line = state.progress.line(elapsed: (ContinuousClock.now - begin).seconds, width: Self.width - 1)
            if line != state.shown { Self.write("\r\(line)\u{1B}[K") }
            state.shown = line
            return true
        }
    }

    private static var width: Int {
        var size = winsize()
        return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }

    private static func write(_ text: String) {
        let bytes = Array(text.utf8)
        // A line that a terminal does not take is not worth an error.
        _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
