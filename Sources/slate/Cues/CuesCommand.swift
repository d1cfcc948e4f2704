import ArgumentParser
import Batch
import Cues
import Formats
import Media
import Timeline

/// `slate cues`: subtitles from timed words.
struct CuesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cues", abstract: "Make subtitles of timed words, by the rules of a style guide.",
        discussion: """
            Of all ways to divide the words into cues and lines the best is taken: no rule broken where that can be, then breaks at \
            sentences, clauses and pauses, even lines, and time to read. Cues begin with their first word, on whole frames with --fps.

              slate cues talk.ctm -o talk.vtt
              slate cues words.TextGrid --rules bbc --fps 25 -o film.srt
              slate cues film.json --shots film.mp4 --fps 24 -o film.ttml

            Exit codes: 0 done, 2 could not run, 64 bad usage.
            """)

    @Argument(help: ArgumentHelp("A label file that holds words with times; - for standard input.", valueName: "words"), completion: .file())
    var words: String
    @OptionGroup(title: "Reading") var reading: LabelReadingOptions
    @Option(help: ArgumentHelp("Take the words from this layer. Default: every layer of words.", valueName: "name")) var layer: String?
    @OptionGroup(title: "Rules") var ruling: CueRuleOptions
    @OptionGroup(title: "Shots") var shooting: CueShotOptions
    @OptionGroup(title: "Writing") var writing: CueWritingOptions
    @Flag(help: "Print one JSON object for each rule that is broken, and one summary; needs -o.") var json = false
    @Flag(help: "Print nothing but errors.") var quiet = false

    func validate() throws {
        if json, writing.target.output == nil || writing.target.output == "-" { throw ValidationError("--json prints to standard output; name a file with -o.") }
        if layer == "" { throw ValidationError("--layer is empty.") }
        _ = try writing.format
    }

    func run() throws {
        do {
            try make()
        } catch let error as FormatError {
            Terminal.note("slate cues: \(error)")
            throw ExitCode.couldNotRun
        } catch let error as MediaError {
            Terminal.note("slate cues: \(error)")
            throw ExitCode.couldNotRun
        }
    }

    private func make() throws {
        let rules = try ruling.rules()
        let input = try LabelInput(path: words)
        let read = try (reading.from ?? LabelFormat.detect(input)).read(input, reading.options())
        let filled = read.corpus.documents.filter { $0.labelCount > 0 }
        guard let document = filled.first, filled.count == 1 else {
            throw FormatError(.malformed, file: words, found: "labels of \(filled.count) media", expected: "one; slate convert --media keeps one")
        }
        let found = try WordLabels.words(of: document, layer: layer, file: words)
        let cues = CueMaker.cues(found, rules: rules, shots: try shooting.shots())
        try write(cues, media: document.media)
        let checked = cues.map { CheckedCue(lines: $0.texts, start: $0.segment.start, end: $0.segment.end) }
        report(found.count, cues, CueCheck(rules: rules).violations(checked).filter { !$0.isAdvice }, rules)
    }

    private func write(_ cues: [MadeCue], media: Media) throws {
        let labels = cues.enumerated().map {
            Label(id: LabelID("c", $0 + 1), span: .segment($1.segment), content: .cue($1.cue(withTimes: writing.wordTimes)))
        }
        let document = Document(media: media, layers: [Layer(id: "subtitles", kind: .cues, language: ruling.language, labels: LabelList(labels))])
        try writing.target.write(Corpus([document]), as: try writing.format, inputs: [words])
    }

    private func report(_ count: Int, _ cues: [MadeCue], _ violations: [RuleViolation], _ rules: CueRules) {
        if json {
            for violation in violations {
                Terminal.output(
                    JSONValue.object([
                        ("type", .string("violation")), ("code", .string(violation.code)), ("cue", JSONValue(violation.cue + 1)),
                        ("found", .string(violation.found)), ("allowed", .string(violation.allowed)),
                    ]).text + "\n")
            }
            Terminal.output(
                JSONValue.object([
                    ("type", .string("summary")), ("rules", .string(rules.name)), ("words", JSONValue(count)), ("cues", JSONValue(cues.count)),
                    ("violations", JSONValue(violations.count)),
                ]).text + "\n")
        }
        guard !quiet else { return }
        let broken = violations.isEmpty ? "no rule is broken" : "\(violations.count) times a rule is broken because the words are spoken so"
        Terminal.note("\(words): \(cues.count) cues of \(count) words by the rules '\(rules.name)'; \(broken)")
    }
}

/// Which rules cues are made by.
struct CueRuleOptions: ParsableArguments {
    @Option(name: .customLong("rules"), help: ArgumentHelp("netflix, netflix-children, bbc, or a JSON file.", valueName: "name")) var name = "netflix"
    @Option(help: ArgumentHelp("Language of the text, such as en or pt-BR. Default: the rule file's, else en.", valueName: "tag")) var language: String?
    @Option(help: ArgumentHelp("Frames a second, such as 25 or 30000/1001: cues begin and end on whole frames. Default: whole milliseconds.", valueName: "rate"))
    var fps: TypedRatio?
    @Option(help: ArgumentHelp("Lines of a cue at most.", valueName: "count")) var lines: Int?
    @Option(help: ArgumentHelp("Columns of a line at most; a full-width letter takes two.", valueName: "count")) var chars: Int?
    @Option(help: ArgumentHelp("Columns a second at most.", valueName: "count")) var cps: Int?

    func validate() throws {
        if let fps, FrameRate(fps.numerator, over: fps.denominator) == nil { throw ValidationError("--fps is above 0 and at most 1,000,000 frames a second.") }
    }

    func rules() throws -> CueRules {
        var rules = try CueRuleFile.rules(name, language: language)
        if let fps { rules.frameRate = FrameRate(fps.numerator, over: fps.denominator) }
        if let lines { rules.linesPerCue = lines }
        if let chars { rules.columnsPerLine = chars }
        if let cps { rules.columnsPerSecond = cps }
        if let problem = rules.problem { throw ValidationError("\(problem).") }
        return rules
    }
}

/// Where the shots of the picture begin.
struct CueShotOptions: ParsableArguments {
    @Option(name: .customLong("shots"), help: ArgumentHelp("Find the shot changes of this video and keep cues off them.", valueName: "media"), completion: .file())
    var media: String?
    @Option(help: ArgumentHelp("Read the shot changes from this file: one time in seconds a line.", valueName: "file"), completion: .file()) var shotsFile: String?

    /// In the order in which they were found.
    func shots() throws -> [Timestamp] { try (media.map(Self.detected) ?? []) + (shotsFile.map(Self.listed) ?? []) }

    private static func detected(_ path: String) throws -> [Timestamp] {
        let reader = try FrameReader(path: path, options: ShotDetector.thumbnails)
        var (detector, changes) = (ShotDetector(), [ShotChange]())
        while let frame = try reader.next() { changes += detector.update(frame) }
        return (changes + detector.finish()).map(\.time)
    }

    private static func listed(_ path: String) throws -> [Timestamp] {
        let text = String(decoding: try BoundedFile.read(path, limit: 16 << 20), as: UTF8.self)
        var times: [Timestamp] = []
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let word = line.filter { !$0.isWhitespace }
            guard !word.isEmpty, !word.hasPrefix("#") else { continue }
            guard let time = TypedTime(argument: word)?.time else {
                throw FormatError(.malformed, file: path, at: TextPosition(line: number + 1), found: "'\(word.prefix(40))'", expected: "a time in seconds, such as 12.48")
            }
            times.append(time)
        }
        return times
    }
}

/// How the cues are written.
struct CueWritingOptions: ParsableArguments {
    @OptionGroup var target: LabelTarget
    @Flag(help: "State inside each cue when each word is spoken, where the format can: WebVTT and JSON.") var wordTimes = false

    var format: LabelFormat { get throws { try target.format(orElse: "vtt") } }
}
