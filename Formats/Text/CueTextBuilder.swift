import Timeline

/// Collects characters and looks into the runs of a ``CueText``, joining neighbours that look alike.
struct CueTextBuilder {
    /// The look of the characters to come; its own text is not used.
    var look = TextRun("") { didSet { mayDiffer = true } }
    /// Whether ``look`` was set since characters came.
    private var mayDiffer = false
    private var pending: [UInt8] = []
    private var pendingLook = TextRun("")
    private var runs: [TextRun] = []

    mutating func append(_ byte: UInt8) {
        settle()
        pending.append(byte)
    }

    mutating func append(_ bytes: some Collection<UInt8>) {
        guard !bytes.isEmpty else { return }
        settle()
        pending.append(contentsOf: bytes)
    }

    mutating func finish() -> CueText {
        flush()
        return CueText(runs: runs)
    }

    private mutating func settle() {
        guard mayDiffer else { return }
        mayDiffer = false
        guard pendingLook != look else { return }
        flush()
        pendingLook = look
    }

    private mutating func flush() {
        guard !pending.isEmpty else { return }
        var run = pendingLook
        run.text = String(decoding: pending, as: UTF8.self)
        runs.append(run)
        pending.removeAll(keepingCapacity: true)
    }
}
