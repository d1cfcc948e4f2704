import Formats
import Timeline

/// What `slate convert` says about a conversion.
struct ConvertReport {
    let input, output: String
    let target: LabelFormat
    let outcome: ConvertOutcome
    let isRefused: Bool

    /// For a person, a line each.
    func notes(verbose: Bool) -> [String] {
        let shown = outcome.log.diagnostics.filter { verbose || $0.severity == .error }
        let fate = isRefused ? "not written, since something would be lost" : outcome.loss.isEmpty ? "nothing is lost" : "what \(target.title) cannot hold:"
        let head = "\(input): \(outcome.source.title) to \(target.title), \(outcome.labels) labels; \(fate)"
        let losses = outcome.loss.entries.map { "  \($0.count) \($0.feature.description)\(Self.error($0)): \($0.examples.joined(separator: ", "))" }
        return shown.map(\.description) + [head] + losses
    }

    private static func error(_ entry: LossReport.Entry) -> String {
        entry.largestError > .zero ? " by up to \(entry.largestError.approximateSeconds) s" : ""
    }

    /// For programs, on one line.
    var jsonLine: String {
        let losses = outcome.loss.entries.map { entry in
            JSONValue.object([
                ("feature", .string(entry.feature.rawValue)), ("count", JSONValue(entry.count)),
                ("largestError", entry.largestError > .zero ? .digits("\(entry.largestError.approximateSeconds)") : .null),
                ("examples", .array(entry.examples.map { .string($0) })),
            ])
        }
        let object = JSONValue.object([
            ("type", .string("conversion")), ("input", .string(input)), ("from", .string(outcome.source.name)), ("output", .string(output)),
            ("to", .string(target.name)), ("labels", JSONValue(outcome.labels)), ("written", .bool(!isRefused)),
            ("errors", JSONValue(outcome.log.count(.error))), ("warnings", JSONValue(outcome.log.count(.warning))), ("loss", .array(losses)),
        ])
        return object.text + "\n"
    }
}
