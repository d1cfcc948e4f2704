/// What a line reader does about slips: a lenient one repairs them with a warning, a strict one leaves the line out.
struct LineRepair {
    private let mode: ReadingMode

    init(_ mode: ReadingMode) { self.mode = mode }

    /// Whether the line is kept after a remark on it. The first place of a kind of slip is kept, further ones are counted.
    func accepts(
        _ line: Line, column: Int = 1, _ code: String, _ found: @autoclosure () -> String, _ expected: String, _ effect: String,
        _ log: inout DiagnosticLog
    ) -> Bool {
        guard mode == .lenient else {
            leaveOut(line, column: column, code, found(), expected, &log)
            return false
        }
        log.addHabit(
            .warning, code, at: TextPosition(line: line.number, column: column), found: found(), expected: expected, effect: effect)
        return true
    }

    /// Remarks on a line that cannot be read.
    func leaveOut(
        _ line: Line, column: Int = 1, _ code: String, _ found: @autoclosure () -> String, _ expected: String, _ log: inout DiagnosticLog
    ) {
        log.add(
            .error, code, at: TextPosition(line: line.number, column: column), found: found(), expected: expected,
            effect: "the line is left out")
    }
}
