import ArgumentParser
import Formats
import Timeline

/// `slate convert`: labels of one format in another, with a report of what is lost.
struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert", abstract: "Write labels of one format in another, and say what the other cannot hold.",
        discussion: """
            The formats follow from the content of the input and the suffix of the output. What the output cannot hold is \
            counted, with examples, on standard error; --strict refuses to write then, --sidecar keeps a whole copy beside \
            the output, and --restore puts back later what it kept.

              slate convert talk.eaf talk.rttm
              slate convert turns.rttm turns.vtt --strict
              slate convert film.srt film.vtt --scale 25/23.976 --shift -2.5
              slate convert transcripts/*.eaf turns/ --to rttm

            Labels of several media become one file for each in a format that holds one, if the output is a folder: its name ends \
            in /. Of several inputs each becomes a file of its name in the output folder, and one that cannot be read does not stop the others.

            Exit codes: 0 done, 1 some labels or files cannot be read, or --strict refused, 2 could not run, 64 bad usage.
            """)

    @Argument(
        help: ArgumentHelp(
            "Label files or folders, then the file or folder to write; - for standard input and output. The output's suffix names its format.",
            valueName: "path"), completion: .file())
    var paths: [String]

    @OptionGroup(title: "Reading") var reading: LabelReadingOptions
    @OptionGroup(title: "Writing") var writing: ConvertWritingOptions
    @OptionGroup(title: "Times") var times: ConvertTimeOptions

    @Flag(help: "Print one JSON object about what was done and lost; needs an output file.") var json = false
    @Flag(help: "Print nothing but errors.") var quiet = false
    @Flag(help: "Say more: every remark on the input.") var verbose = false

    func validate() throws {
        guard paths.count >= 2, let output = paths.last else { throw ValidationError("Name an input and an output.") }
        if json, output == "-" { throw ValidationError("--json prints to standard output; name a file for the labels.") }
        if writing.sidecar, output == "-" { throw ValidationError("--sidecar stands beside an output file; name one.") }
        guard paths.count > 2 else { return }
        if output == "-" || writing.to == nil { throw ValidationError("Several inputs need a folder as the output, and --to <format>.") }
        if writing.restore != nil { throw ValidationError("--restore speaks of one input.") }
    }

    func run() throws {
        let endings = try jobs().map(ending)
        if endings.allSatisfy({ $0 == .failed }) { throw ExitCode.couldNotRun }
        if endings.contains(where: { $0 != .whole }) { throw ExitCode.someRefused }
    }

    // MARK: Jobs

    private struct Job {
        let input, output: String
        let target: LabelFormat
    }

    private enum Ending {
        case whole
        /// Labels were left out, or --strict refused.
        case partial
        case failed
    }

    private func jobs() throws -> [Job] {
        let (inputs, output) = (paths.dropLast(), paths[paths.count - 1])
        let target = try writing.format(for: output)
        guard inputs.count > 1 else { return [Job(input: paths[0], output: output, target: target)] }
        let jobs = inputs.map { Job(input: $0, output: Self.name(of: $0, in: output, as: target), target: target) }
        let repeated = Dictionary(grouping: jobs, by: \.output).values.first { $0.count > 1 }
        if let repeated { throw ValidationError("'\(repeated[0].input)' and '\(repeated[1].input)' would both be written as \(repeated[0].output).") }
        return jobs
    }

    /// The input's own name with the suffix of the format, in the output folder.
    private static func name(of input: String, in folder: String, as target: LabelFormat) -> String {
        let base = input.split(separator: "/").last.map(String.init) ?? input
        let stem = base.lastIndex(of: ".").flatMap { $0 > base.startIndex ? String(base[..<$0]) : nil } ?? base
        let top = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        return target.isFolder ? "\(top)/\(stem)" : "\(top)/\(stem).\(target.suffixes[0])"
    }

    private func ending(of job: Job) throws -> Ending {
        do {
            return try convert(job)
        } catch let error as FormatError {
            Terminal.note("slate convert: \(error)")
            return .failed
        }
    }

    private func convert(_ job: Job) throws -> Ending {
        let outcome = try streamed(job) ?? whole(job)
        let isRefused = writing.strict && !outcome.loss.isEmpty
        let report = ConvertReport(input: job.input, output: job.output, target: job.target, outcome: outcome, isRefused: isRefused)
        if json { Terminal.output(report.jsonLine) }
        if !quiet { report.notes(verbose: verbose).forEach(Terminal.note) }
        return isRefused || outcome.log.count(.error) > 0 ? .partial : .whole
    }

    private var writingOptions: WritingOptions {
        let options = reading.options()
        return WritingOptions(frameTiming: options.frameTiming, pictureSize: options.pictureSize)
    }

    /// Nil where the whole file is needed.
    private func streamed(_ job: Job) throws -> ConvertOutcome? {
        let isPlain = job.input != "-" && job.output != "-" && !job.output.hasSuffix("/") && !writing.sidecar && writing.restore == nil && times.isEmpty
        guard isPlain, LabelStream.canConvert(to: job.target), FileChunks.isRegular(job.input) else { return nil }
        try output(of: job).prepare(job.output)
        let stream = ConvertStream(input: job.input, output: job.output, target: job.target, replaces: writing.replace, acceptsLoss: !writing.strict)
        return try stream.run(from: reading.from, reading.options(), writingOptions)
    }

    private func whole(_ job: Job) throws -> ConvertOutcome {
        var conversion = LabelConversion(from: reading.from, to: job.target)
        (conversion.reading, conversion.writing) = (reading.options(), writingOptions)
        conversion.splitsMedia = job.output.hasSuffix("/")
        conversion.edits = try times.edits(reading: conversion.reading)
        if let kept = writing.restore { conversion.sidecar = try LabelFormat(named: "json")?.read(LabelInput(path: kept)).corpus }
        let outcome = try conversion.run(try LabelInput(path: job.input), acceptsLoss: !writing.strict)
        if outcome.loss.isEmpty || !writing.strict {
            try output(of: job).write(files(outcome, job))
            if writing.sidecar { try output(of: job).writeSidecar(outcome.corpus) }
        }
        return ConvertOutcome(source: outcome.source, labels: outcome.corpus.labelCount, loss: outcome.loss, log: outcome.log)
    }

    private func output(of job: Job) -> LabelOutput {
        LabelOutput(
            path: job.output, format: job.target, replaces: writing.replace, inputs: Array(paths.dropLast()),
            makesFolder: paths.count > 2 || job.output.hasSuffix("/"))
    }

    /// In a folder a single file gets the name of the input.
    private func files(_ outcome: LabelConversion.Outcome, _ job: Job) -> [OutputFile] {
        guard job.output.hasSuffix("/"), outcome.files.count == 1, outcome.files[0].path.isEmpty else { return outcome.files }
        let name = Self.name(of: job.input, in: "", as: job.target)
        return [OutputFile(path: String(name.drop { $0 == "/" }), outcome.files[0].bytes)]
    }
}

/// How the output of `slate convert` is written.
struct ConvertWritingOptions: ParsableArguments {
    @Option(name: .customLong("to"), help: ArgumentHelp("Format to write. Default: what the output's name ends with.", valueName: "format"))
    var to: LabelFormat?
    @Flag(help: "Write nothing when the output cannot hold everything.") var strict = false
    @Flag(help: "Keep a whole copy as native JSON beside the output: <output>.slate.json.") var sidecar = false
    @Option(help: ArgumentHelp("Put back what an earlier conversion kept in this sidecar.", valueName: "file")) var restore: String?
    @Flag(help: "Replace output files that exist.") var replace = false

    func format(for output: String) throws -> LabelFormat {
        if let to { return to }
        guard let format = LabelFormat(suffixOf: output) else { throw ValidationError("The name '\(output)' states no format; say --to <format>.") }
        return format
    }
}

/// Changes of time on the way.
struct ConvertTimeOptions: ParsableArguments {
    @Option(parsing: .unconditional, help: ArgumentHelp("Add this to every time.", valueName: "seconds"), transform: ConvertTimeOptions.signed) var shift: TimeDelta?
    @Option(help: ArgumentHelp("Multiply every time, such as 25/23.976 for labels made at 25 frames a second of a film at 23.976.", valueName: "ratio"))
    var scale: TypedRatio?
    @Option(help: ArgumentHelp("Start of the media in SMPTE time code, such as 01:00:00:00 or 01:00:00;00; taken off every time. Needs --rate.", valueName: "time code"))
    var origin: String?
    @Option(help: ArgumentHelp("Keep only the part between two times, as 60-120.5, and move it to zero.", valueName: "from-to"), transform: ConvertTimeOptions.part)
    var cut: Segment?
    @Option(help: ArgumentHelp("Append the labels of another file, as more.vtt or more.vtt@600, behind the media or at that second.", valueName: "file"))
    var join: [String] = []
    @Option(help: ArgumentHelp("Keep only the labels of this medium.", valueName: "name")) var media: [String] = []

    /// Whether nothing is to be changed.
    var isEmpty: Bool { shift == nil && scale == nil && origin == nil && cut == nil && join.isEmpty && media.isEmpty }

    private static func signed(_ text: String) throws -> TimeDelta {
        let isNegative = text.hasPrefix("-")
        guard let typed = TypedTime(argument: isNegative ? String(text.dropFirst()) : text) else { throw ValidationError("'\(text)' is no length in seconds.") }
        return isNegative ? Timestamp.zero - typed.time : typed.time - Timestamp.zero
    }

    private static func part(_ text: String) throws -> Segment {
        let ends = text.split(separator: "-").compactMap { TypedTime(argument: String($0))?.time }
        guard ends.count == 2, let part = Segment(start: ends[0], end: ends[1]) else { throw ValidationError("'\(text)' is no part such as 60-120.5.") }
        return part
    }

    func edits(reading: ReadingOptions) throws -> [LabelEdit] {
        var edits: [LabelEdit] = media.isEmpty ? [] : [.media(media)]
        if let origin { edits.append(.map(try originMap(origin, reading))) }
        for name in join { edits.append(try Self.join(name, reading)) }
        if let map = TimeMap(scale: scale.map { ($0.numerator, $0.denominator) } ?? (1, 1), shift: shift ?? .zero), scale != nil || shift != nil {
            edits.append(.map(map))
        }
        if let cut { edits.append(.cut(cut)) }
        return edits
    }

    private func originMap(_ origin: String, _ reading: ReadingOptions) throws -> TimeMap {
        guard case .constant(let rate)? = reading.frameTiming else { throw ValidationError("--origin counts frames; say how many a second with --rate.") }
        let base = Int((rate.numerator + rate.denominator - 1) / rate.denominator)
        guard let time = Timecode(origin, base: base)?.time(at: rate), let map = TimeMap(shift: Timestamp.zero - time) else {
            throw ValidationError("'\(origin)' is no SMPTE time code at \(base) frames a second.")
        }
        return map
    }

    private static func join(_ name: String, _ reading: ReadingOptions) throws -> LabelEdit {
        let parts = name.split(separator: "@")
        let offset = parts.count > 1 ? parts.last.flatMap { TypedTime(argument: String($0)) } : nil
        let path = offset == nil ? name : parts.dropLast().joined(separator: "@")
        let input = try LabelInput(path: path)
        let read = try LabelFormat.detect(input).read(input, reading)
        return .join(read.corpus, at: offset.map { $0.time - Timestamp.zero })
    }
}
