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
              slate convert tracks.xml dataset/ --to yolo --rate 25

            Exit codes: 0 done, 1 labels were left out because they cannot be read, or --strict refused, 2 could not run, 64 bad usage.
            """)

    @Argument(help: ArgumentHelp("Label file or folder; - for standard input.", valueName: "input"), completion: .file())
    var input: String
    @Argument(help: ArgumentHelp("File or folder to write; - for standard output. Its suffix names the format.", valueName: "output"), completion: .file())
    var output: String

    @OptionGroup(title: "Reading") var reading: LabelReadingOptions
    @OptionGroup(title: "Writing") var writing: ConvertWritingOptions
    @OptionGroup(title: "Times") var times: ConvertTimeOptions

    @Flag(help: "Print one JSON object about what was done and lost; needs an output file.") var json = false
    @Flag(help: "Print nothing but errors.") var quiet = false
    @Flag(help: "Say more: every remark on the input.") var verbose = false

    func validate() throws {
        if json, output == "-" { throw ValidationError("--json prints to standard output; name a file for the labels.") }
        if writing.sidecar, output == "-" { throw ValidationError("--sidecar stands beside an output file; name one.") }
    }

    func run() throws {
        do {
            try convert()
        } catch let error as FormatError {
            Terminal.note("slate convert: \(error)")
            throw ExitCode.couldNotRun
        }
    }

    private func convert() throws {
        let target = try writing.format(for: output)
        var conversion = LabelConversion(from: reading.from, to: target)
        conversion.reading = reading.options()
        conversion.writing = WritingOptions(frameTiming: conversion.reading.frameTiming, pictureSize: conversion.reading.pictureSize)
        conversion.edits = try times.edits(reading: conversion.reading)
        if let kept = writing.restore { conversion.sidecar = try LabelFormat(named: "json")?.read(LabelInput(path: kept)).corpus }
        let outcome = try conversion.run(try LabelInput(path: input), acceptsLoss: !writing.strict)
        let isRefused = writing.strict && !outcome.loss.isEmpty
        if !isRefused {
            let writer = LabelOutput(path: output, format: target, replaces: writing.replace, inputs: [input])
            try writer.write(outcome.files)
            if writing.sidecar { try writer.writeSidecar(outcome.corpus) }
        }
        let report = ConvertReport(input: input, output: output, target: target, outcome: outcome, isRefused: isRefused)
        if json { Terminal.output(report.jsonLine) }
        if !quiet { report.notes(verbose: verbose).forEach(Terminal.note) }
        if isRefused || outcome.log.count(.error) > 0 { throw ExitCode.someRefused }
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
    @Option(help: ArgumentHelp("Add this to every time.", valueName: "seconds"), transform: ConvertTimeOptions.signed) var shift: TimeDelta?
    @Option(help: ArgumentHelp("Multiply every time, such as 25/23.976 for labels made at 25 frames a second of a film at 23.976.", valueName: "ratio"))
    var scale: TypedRatio?
    @Option(help: ArgumentHelp("Start of the media in SMPTE time code, such as 01:00:00:00 or 01:00:00;00; taken off every time. Needs --rate.", valueName: "time code"))
    var origin: String?
    @Option(help: ArgumentHelp("Keep only the part between two times, as 60-120.5, and move it to zero.", valueName: "from-to"), transform: ConvertTimeOptions.part)
    var cut: Segment?
    @Option(help: ArgumentHelp("Append the labels of another file, as more.vtt or more.vtt@600, behind the media or at that second.", valueName: "file"))
    var join: [String] = []
    @Option(help: ArgumentHelp("Keep only the labels of this medium.", valueName: "name")) var media: [String] = []

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
