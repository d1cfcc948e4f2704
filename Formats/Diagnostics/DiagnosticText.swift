/// Remarks as a compiler shows them: the sentence, the line of the file, and a caret under the place.
///
///     film.srt:12:1: error: found '00:00:xx'; expected a time such as 00:01:02,345; the cue is left out [srt-time]
///        12 | 00:00:xx --> 00:00:05,000
///           | ^
///           = help: write both times as the expected form shows, or delete the label
public struct DiagnosticText {
    /// The lines of the file that remarks point at, by number.
    private var lines: [Int: String] = [:]

    /// Characters of a line that are shown.
    private static let width = 120

    /// - Parameters:
    ///   - bytes: the file in any encoding; it is decoded as the readers decode it.
    public init(_ diagnostics: [Diagnostic], of bytes: [UInt8], encodingName: String? = nil) {
        let wanted = Set(diagnostics.compactMap { $0.position?.line })
        var log = DiagnosticLog(file: "")
        guard !wanted.isEmpty, let source = try? TextSource(bytes, encodingName: encodingName, log: &log) else { return }
        for line in LineScanner(source.text, from: source.start) where wanted.contains(line.number) {
            lines[line.number] = source.text.string(line.range)
        }
    }

    /// The remark with its line, where it points at one, and what helps.
    public func text(_ diagnostic: Diagnostic) -> String {
        let help = diagnostic.severity > .note ? diagnostic.suggestion.map { "\n      = help: \($0)" } ?? "" : ""
        return excerpt(diagnostic) + help
    }

    private func excerpt(_ diagnostic: Diagnostic) -> String {
        guard let position = diagnostic.position, let line = lines[position.line] else { return diagnostic.description }
        // Long lines are shown from a little before the place on.
        let skipped = max(0, position.column - Self.width + 20)
        let shown = String(line.unicodeScalars.dropFirst(skipped).prefix(Self.width).map { $0.value < 0x20 ? " " : Character($0) })
        let number = String(position.line)
        let gutter = String(repeating: " ", count: max(5, number.count))
        let padding = String(repeating: " ", count: max(0, 5 - number.count))
        let caret = String(repeating: " ", count: position.column - 1 - skipped) + "^"
        return "\(diagnostic)\n\(padding)\(number) | \(shown)\n\(gutter) | \(caret)"
    }
}
