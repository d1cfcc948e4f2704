import ArgumentParser
import Batch
import Cues
import Formats
import Timeline

/// `slate check`: remarks on label files, like a compiler's.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check label files and say what is wrong, where, and what was expected.",
        discussion: """
            Each remark has a stable code, a severity and a place, and shows the line. Errors are labels that cannot be read; \
            warnings are slips that a lenient reader repairs. With --strict a warning counts as well.

              slate check film.srt talk.rttm
              slate check --sarif labels/*.vtt > check.sarif
              slate check --strict --from rttm turns.txt
              slate check --profile nist turns.rttm words.ctm
              slate check --rules netflix --rate 25 film.srt

            Exit codes: 0 nothing wrong, 1 some file has errors (with --strict, or warnings) or is refused, 2 none could be \
            opened, 64 bad usage.
            """)

    @Argument(help: ArgumentHelp("Label files or folders; - for standard input.", valueName: "file"), completion: .file())
    var files: [String]

    @OptionGroup(title: "Reading") var reading: LabelReadingOptions
    @Flag(help: "Keep what the format's own rules keep and nothing more; count warnings as wrong.") var strict = false
    @Option(help: ArgumentHelp("Check as another tool does: nist, the validators of NIST SCTK for RTTM, CTM and STM.", valueName: "name"))
    var profile: CheckProfile?
    @Option(
        help: ArgumentHelp(
            "Check cues by the rules of a style guide: netflix, netflix-children, bbc, or a JSON file. --rate states the frames a second.", valueName: "name"))
    var rules: String?
    @Option(help: ArgumentHelp("Language of the cues for --rules, such as ja. Default: the rule file's, else en.", valueName: "tag")) var language: String?
    @Flag(help: "Print one JSON object per remark, and one per file.") var json = false
    @Flag(help: "Print SARIF 2.1.0.") var sarif = false
    @Flag(help: "Print nothing but errors.") var quiet = false

    func validate() throws {
        if json, sarif { throw ValidationError("--json and --sarif exclude each other.") }
    }

    func run() throws {
        let ruleCheck = try ruleCheck()
        let checks = files.map { LabelCheck(path: $0, reading: reading, profile: profile, rules: ruleCheck, strict: strict) }
        for check in checks where !sarif { Terminal.output(json ? check.jsonLines : check.text(quiet: quiet)) }
        if sarif { Terminal.output(bytes: SARIF.write(checks.flatMap(\.diagnostics), tool: "slate", version: slateVersion)) }
        if checks.allSatisfy(\.isUnreadable) { throw ExitCode.couldNotRun }
        if checks.contains(where: { !$0.passed }) { throw ExitCode.someRefused }
    }

    /// Nil without --rules.
    private func ruleCheck() throws -> RuleCheck? {
        guard let name = rules else { return nil }
        do {
            var rules = try CueRuleFile.rules(name, language: language)
            if let rate = reading.rate { rules.frameRate = FrameRate(rate.numerator, over: rate.denominator) }
            return RuleCheck(rules: rules)
        } catch let error as FormatError {
            Terminal.note("slate check: \(error)")
            throw ExitCode.couldNotRun
        }
    }
}

/// Rules of another tool.
enum CheckProfile: String, ExpressibleByArgument {
    case nist

    /// - Throws: ``FormatError`` when the rules do not speak of the format.
    func check(_ input: LabelInput, as format: LabelFormat) throws(FormatError) -> [Diagnostic] {
        guard let log = try NISTProfile.check(input, as: format) else {
            let known = NISTProfile.formats.map(\.title).joined(separator: ", ")
            throw FormatError(.unknownFormat, file: input.name, found: format.title, expected: "a format that NIST's validators check: \(known)")
        }
        return log.diagnostics
    }
}

/// One file checked.
struct LabelCheck {
    let path: String
    private(set) var diagnostics: [Diagnostic] = []
    /// Remarks that were counted and not kept.
    private var omitted = 0
    private var format: LabelFormat?
    private var labels = 0
    /// Whether the file could not even be opened.
    private(set) var isUnreadable = false
    private(set) var passed = true
    private var bytes: [UInt8] = []
    private let encoding: String?

    init(path: String, reading: LabelReadingOptions, profile: CheckProfile?, rules: RuleCheck?, strict: Bool) {
        (self.path, encoding) = (path, reading.encoding)
        do {
            let input = try LabelInput(path: path)
            if case .file(let content) = input.content { bytes = content }
            try read(input, reading, profile, rules, strict)
        } catch {
            diagnostics.append(error.diagnostic)
            isUnreadable = error.reason == .system
        }
        let worst = diagnostics.map(\.severity).max() ?? .note
        passed = worst < (strict ? .warning : .error)
    }

    private mutating func read(
        _ input: LabelInput, _ reading: LabelReadingOptions, _ profile: CheckProfile?, _ rules: RuleCheck?, _ strict: Bool
    ) throws(FormatError) {
        let format = if let stated = reading.from { stated } else { try LabelFormat.detect(input) }
        self.format = format
        let result = try format.read(input, reading.options(mode: strict ? .strict : .lenient))
        diagnostics = result.diagnostics
        omitted = result.log.omitted.values.reduce(0, +)
        labels = result.corpus.labelCount
        if let rules {
            let remarks = rules.remarks(input, result, encoding: encoding)
            diagnostics += remarks.diagnostics
            omitted += remarks.omitted.values.reduce(0, +)
        }
        if let profile { diagnostics += try profile.check(input, as: format) }
    }

    /// For a person: each remark with its line, then the count of labels.
    func text(quiet: Bool) -> String {
        let shown = diagnostics.filter { !quiet || $0.severity == .error }
        let excerpts = DiagnosticText(shown, of: bytes, encodingName: encoding)
        var lines = shown.map(excerpts.text)
        if omitted > 0 { lines.append("\(path): \(omitted) further remarks") }
        if !quiet, let format { lines.append("\(path): \(format.title), \(labels) labels, \(summary)") }
        return lines.map { $0 + "\n" }.joined()
    }

    private var summary: String {
        let counts = [Diagnostic.Severity.error, .warning].map { severity in diagnostics.filter { $0.severity == severity }.reduce(0) { $0 + $1.count } }
        return "\(counts[0]) errors, \(counts[1]) warnings"
    }

    /// For programs.
    var jsonLines: String {
        let remarks = diagnostics.map { diagnostic in
            JSONValue.object([
                ("type", .string("remark")), ("file", .string(diagnostic.file)), ("line", JSONValue(diagnostic.position?.line)),
                ("column", JSONValue(diagnostic.position?.column)), ("severity", .string(diagnostic.severity.rawValue)), ("code", .string(diagnostic.code)),
                ("found", .string(diagnostic.found)), ("expected", JSONValue(diagnostic.expected)), ("effect", JSONValue(diagnostic.effect)),
                ("suggestion", JSONValue(diagnostic.suggestion)), ("count", JSONValue(diagnostic.count)),
            ])
        }
        let file = JSONValue.object([
            ("type", .string("file")), ("file", .string(path)), ("format", JSONValue(format?.name)), ("labels", JSONValue(labels)), ("passed", .bool(passed)),
        ])
        return (remarks + [file]).map { $0.text + "\n" }.joined()
    }
}
