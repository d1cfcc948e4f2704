import ArgumentParser
import Formats
import Quality
import Timeline

/// `slate score words`: how far word boundaries are from those of a reference.
struct ScoreWordsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "words", abstract: "Measure how far word times are from a reference.",
        discussion: """
            Both are label files with words, or with times inside their cues. Recordings are matched by the name of their media; two files \
            of one recording each are about the same one. As many words are paired by their number; otherwise the same words are paired, \
            and the others counted as missing or extra.

              slate score words truth.TextGrid aligned.TextGrid
              slate score words truth.ctm aligned.ctm --json

            Exit codes: 0 done, 1 some recording was left out, 2 could not run, 64 bad usage.
            """)

    @Argument(help: "The label file to compare with.", completion: .file()) var reference: String
    @Argument(help: "The label file to judge.", completion: .file()) var hypothesis: String
    @OptionGroup(title: "Reading") var reading: LabelReadingOptions
    @Option(help: ArgumentHelp("Take the words from this layer of the reference. Default: every layer of words.", valueName: "name")) var layer: String?
    @Option(help: ArgumentHelp("The same, of the file to judge.", valueName: "name")) var hypothesisLayer: String?
    @Option(help: "What in the text of words does not count when they are paired: plain, none, or a file of rules.") var rules = "plain"
    @Flag(help: "Print one JSON object for each recording, and a summary.") var json = false

    func validate() throws {
        if reference == "-", hypothesis == "-" { throw ValidationError("Standard input can be read once.") }
    }

    func run() throws {
        do {
            let rules = try TextRuleFile.rules(rules)
            let (truth, judged) = (try words(reference, layer), try words(hypothesis, hypothesisLayer))
            let isPair = truth.count == 1 && judged.count == 1
            var (scores, isWhole) = ([(name: String, score: WordScore)](), true)
            for recording in truth {
                let other = isPair ? judged[0].words : judged.first { $0.name == recording.name }?.words
                if other == nil { Terminal.note("slate score words: \(hypothesis) has no recording '\(recording.name)'; its words are missing") }
                isWhole = isWhole && other != nil
                scores.append((recording.name, WordScore(reference: recording.words, hypothesis: other ?? [], rules: rules)))
            }
            for recording in judged where !isPair && !truth.contains(where: { $0.name == recording.name }) {
                Terminal.note("slate score words: \(reference) has no recording '\(recording.name)'; it is left out")
                isWhole = false
            }
            Terminal.output(json ? WordScoreReport(scores).jsonLines : WordScoreReport(scores).text)
            if !isWhole { throw ExitCode.someRefused }
        } catch let error as FormatError {
            Terminal.note("slate score words: \(error)")
            throw ExitCode.couldNotRun
        }
    }

    private func words(_ path: String, _ layer: String?) throws -> [(name: String, words: [ScoredWord])] {
        let input = try LabelInput(path: path)
        let read = try (reading.from ?? LabelFormat.detect(input)).read(input, reading.options())
        return try read.corpus.documents.filter { $0.labelCount > 0 }.map { document in
            let words = try WordLabels.words(of: document, layer: layer, file: path)
            return (document.media.name, words.map { ScoredWord($0.text, start: $0.start, end: $0.end) })
        }
    }
}

/// The figures of `slate score words`, as a table or as lines of JSON.
struct WordScoreReport {
    private let rows: [(name: String, score: WordScore)]
    private let total: WordScore

    private static let limits: [Int64] = [10, 20, 25, 50, 100, 200]

    init(_ rows: [(name: String, score: WordScore)]) {
        self.rows = rows
        total = rows.reduce(into: WordScore()) { $0 += $1.score }
    }

    var text: String {
        let width = max(9, (rows.map(\.name.count).max() ?? 0) + 2)
        let head = Self.padded("recording", width) + "edge     count  median    mean     p95" + Self.limits.map { Self.left("<=\($0)", 8) }.joined() + "  ms\n"
        let body = rows.count > 1 ? rows.map { lines($0.name, $0.score, width) }.joined() : ""
        return head + body + lines(rows.count == 1 ? rows[0].name : "ALL", total, width)
    }

    private func lines(_ name: String, _ score: WordScore, _ width: Int) -> String {
        let parts = [("start", score.starts), ("end", score.ends), ("all", score.all)]
        var text = parts.enumerated().map { place, part in Self.padded(place == 0 ? name : "", width) + Self.row(part.0, part.1) }.joined()
        if score.missing + score.extra > 0 { text += Self.padded("", width) + "missing words \(score.missing), extra words \(score.extra)\n" }
        return text
    }

    private static func row(_ edge: String, _ errors: BoundaryErrors) -> String {
        guard let summary = errors.summary(within: limits.map(TimeDelta.milliseconds)) else { return padded(edge, 6) + left("0", 8) + "\n" }
        let times = [summary.median, summary.mean, summary.percentile95].map { left(milliseconds($0), 8) }.joined()
        return padded(edge, 6) + left(String(summary.count), 8) + times + summary.shares.map { left(Decimal.digits(100 * $0, 1) + "%", 8) }.joined() + "\n"
    }

    private static func milliseconds(_ length: TimeDelta) -> String { Decimal.digits(Double(length.ticks) / 705_600, 1) }
    private static func padded(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(1, width - text.count)) }
    private static func left(_ text: String, _ width: Int) -> String { String(repeating: " ", count: max(1, width - text.count)) + text }

    var jsonLines: String { rows.map { object("recording", $0.name, $0.score) }.joined() + object("summary", nil, total) }

    private func object(_ type: String, _ name: String?, _ score: WordScore) -> String {
        var members: [(String, JSONValue)] = [("type", .string(type))]
        if let name { members.append(("recording", .string(name))) }
        members += [("missing", JSONValue(score.missing)), ("extra", JSONValue(score.extra))]
        members += [("start", score.starts), ("end", score.ends), ("all", score.all)].map { ($0.0, Self.figures($0.1)) }
        return JSONValue.object(members).text + "\n"
    }

    private static func figures(_ errors: BoundaryErrors) -> JSONValue {
        guard let summary = errors.summary(within: limits.map(TimeDelta.milliseconds)) else { return .null }
        let within = zip(limits, summary.shares).map { ("\($0)", JSONValue.digits(Decimal.digits($1, 6))) }
        let times = [("median_ms", summary.median), ("mean_ms", summary.mean), ("p95_ms", summary.percentile95)]
        return .object(
            [("count", JSONValue(summary.count))] + times.map { ($0.0, .digits(Decimal.digits(Double($0.1.ticks) / 705_600, 4))) } + [("within_ms", .object(within))])
    }
}
