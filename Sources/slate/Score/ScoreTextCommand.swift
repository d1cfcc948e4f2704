import ArgumentParser
import Batch
import Formats
import Quality

/// `slate score text`: word and character error rate.
struct ScoreTextCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "text", abstract: "Measure the word and character error rate of a transcript.",
        discussion: """
            Both are plain text (.txt) or any label file with cues, words or turns, whose times do not count.

              slate score text truth.txt recognised.txt
              slate score text truth.srt recognised.vtt --show
              slate score text truth.txt recognised.txt --lines --rules none --json

            Exit codes: 0 done, 2 could not run, 64 bad usage.
            """)

    @Argument(help: "The transcript to compare with.", completion: .file()) var reference: String
    @Argument(help: "The transcript to judge.", completion: .file()) var hypothesis: String
    @Option(name: .customLong("from"), help: ArgumentHelp("Format of both. Default: plain text for .txt, else found out.", valueName: "format"))
    var from: LabelFormat?
    @Option(help: "What in the texts does not count: plain, for case, punctuation and forms of letters; none; or a file of rules.") var rules = "plain"
    @Flag(help: "Compare line by line instead of the whole; both need as many.") var lines = false
    @Flag(help: "Show the alignment: substitutions S, deletions D, insertions I.") var show = false
    @Flag(help: "Print one JSON object for each line, with --lines, and a summary.") var json = false

    func validate() throws {
        if reference == "-", hypothesis == "-" { throw ValidationError("Standard input can be read once.") }
        if show, json { throw ValidationError("--show is for people; --json prints objects.") }
    }

    func run() throws {
        do {
            let rules = try TextRuleFile.rules(rules)
            let scores = zip(try texts(reference), try texts(hypothesis)).map { TextScore(reference: $0, hypothesis: $1, rules: rules) }
            let report = TextScoreReport(scores, rules: rules.name)
            Terminal.output(json ? report.jsonLines(lines: lines) : (show ? report.alignments : "") + report.text)
        } catch let error as FormatError {
            Terminal.note("slate score text: \(error)")
            throw ExitCode.couldNotRun
        }
    }

    private func texts(_ path: String) throws -> [String] {
        let own = try lineTexts(path)
        guard lines else { return [own.joined(separator: "\n")] }
        let others = try lineTexts(reference).count
        guard own.count == others else {
            throw FormatError(.malformed, file: path, found: "\(own.count) lines", expected: "\(others), as the reference has, for --lines")
        }
        return own
    }

    private func lineTexts(_ path: String) throws -> [String] { try Transcript(path: path, format: from).lines.map { $0.tokens.joined(separator: " ") } }
}

/// The figures of `slate score text`, the alignment, and lines of JSON.
struct TextScoreReport {
    private let scores: [TextScore]
    private let rules: String
    private var words = EditCounts(), characters = EditCounts()

    private static let columns = 100

    init(_ scores: [TextScore], rules: String) {
        (self.scores, self.rules) = (scores, rules)
        for score in scores {
            words += score.words
            characters += score.characters
        }
    }

    var text: String {
        "rules \(rules)\n" + [("words", "WER", words), ("characters", "CER", characters)].map { name, rate, counts in
            let percent = counts.rate.map { Decimal.digits(100 * $0, 2) + " %" } ?? "undefined: the reference is empty"
            return "\(rate) \(percent)  \(name) \(counts.reference), right \(counts.matches), substituted \(counts.substitutions), "
                + "deleted \(counts.deletions), inserted \(counts.insertions)\n"
        }.joined()
    }

    /// Words under each other, with a letter under each error, in lines of at most 100 columns where words allow it.
    var alignments: String { scores.map(Self.alignment).joined(separator: "\n") + (scores.isEmpty ? "" : "\n") }

    private static func alignment(_ score: TextScore) -> String {
        var (text, rows) = ("", ["", "", ""])
        func flush() {
            guard !rows[0].isEmpty || !rows[1].isEmpty else { return }
            for (name, row) in zip(["REF  ", "HYP  ", "     "], rows) { text += trimmed(name + row) + "\n" }
            rows = ["", "", ""]
        }
        for step in score.alignment.steps {
            let cell = cell(step, score)
            let width = cell.map(\.count).max() ?? 0
            if rows[0].count + width > columns { flush() }
            for row in rows.indices { rows[row] += cell[row] + String(repeating: " ", count: width - cell[row].count + 1) }
        }
        flush()
        return text
    }

    private static func cell(_ step: EditAlignment.Step, _ score: TextScore) -> [String] {
        switch step {
        case .match(let own, let other): [score.reference[own], score.hypothesis[other], ""]
        case .substitution(let own, let other): [score.reference[own], score.hypothesis[other], "S"]
        case .deletion(let own): [score.reference[own], String(repeating: "*", count: score.reference[own].count), "D"]
        case .insertion(let other): [String(repeating: "*", count: score.hypothesis[other].count), score.hypothesis[other], "I"]
        }
    }

    private static func trimmed(_ text: String) -> String {
        var text = text
        while text.last == " " { text.removeLast() }
        return text
    }

    func jsonLines(lines: Bool) -> String {
        let each = lines ? scores.enumerated().map { object("line", $0 + 1, $1.words, $1.characters) }.joined() : ""
        return each + object("summary", nil, words, characters)
    }

    private func object(_ type: String, _ number: Int?, _ words: EditCounts, _ characters: EditCounts) -> String {
        var members: [(String, JSONValue)] = [("type", .string(type))]
        if let number { members.append(("line", JSONValue(number))) }
        members += [("rules", .string(rules)), ("words", Self.figures("wer", words)), ("characters", Self.figures("cer", characters))]
        return JSONValue.object(members).text + "\n"
    }

    private static func figures(_ name: String, _ counts: EditCounts) -> JSONValue {
        .object([
            (name, counts.rate.map { .digits(Decimal.digits($0, 6)) } ?? .null), ("reference", JSONValue(counts.reference)),
            ("right", JSONValue(counts.matches)), ("substituted", JSONValue(counts.substitutions)), ("deleted", JSONValue(counts.deletions)),
            ("inserted", JSONValue(counts.insertions)),
        ])
    }
}
