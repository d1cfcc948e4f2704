import Alignment
import ArgumentParser
import Batch
import Media
import Timeline

/// Where results of `slate align` go.
struct AlignOutputOptions: ParsableArguments {
    @Option(name: [.short, .long], help: ArgumentHelp(
        "The file to write, or - for standard output, the default; a folder for batches. Its suffix names the format.",
        valueName: "path"))
    var output: String?

    @Option(name: .customLong("to"), help: ArgumentHelp(
        "Format to write: srt, vtt, ass or json. Default: what --output ends with, else that of the subtitles.",
        valueName: "format"))
    var format: OutputFormat?

    @Flag(help: "Write over the subtitle file itself.")
    var inPlace = false

    @Flag(help: "Replace output files that exist.")
    var replace = false

    @Flag(help: "Print one JSON object per line about what was done; needs an output file.")
    var json = false

    @Flag(help: "Print nothing but errors.")
    var quiet = false

    @Flag(help: "Say more: every piece, every remark.")
    var verbose = false

    func validate() throws {
        if inPlace, output != nil { throw ValidationError("--in-place and --output exclude each other.") }
        if json, !inPlace, output == nil || output == "-" {
            throw ValidationError("--json prints to standard output; say with -o where the subtitles go.")
        }
    }
}

/// How `slate align` looks for the place of the cues.
struct AlignSearchOptions: ParsableArguments {
    @Flag(help: "Decode the whole sound track, even where samples of it would do.")
    var thorough = false

    @Option(help: ArgumentHelp("Sound track: the number of its stream, or its language.", valueName: "track"))
    var track: String?

    @Option(help: ArgumentHelp("Largest offset to look for, either way.", valueName: "seconds"))
    var maxOffset: TypedLength = TypedLength(AlignmentOptions().maximumOffset)

    @Flag(help: "Keep the file in one piece: look for no cuts.")
    var noCuts = false

    @Option(help: ArgumentHelp(
        "Move cues one by one onto the speech: auto (when they stray by more than 0.12 s), always, never.", valueName: "when"))
    var snap = AlignmentOptions.Snapping.auto

    @Option(help: ArgumentHelp("Show cues this long before the speech.", valueName: "seconds"))
    var lead: TypedLength = TypedLength(.zero)

    @Option(help: ArgumentHelp("Encoding of the subtitle file. Default: found out.", valueName: "name"))
    var encoding: String?

    func settings(format: OutputFormat?) throws -> AlignSettings {
        var settings = AlignSettings()
        settings.options.isThorough = thorough
        settings.options.maximumOffset = maxOffset.length
        settings.options.allowsCuts = !noCuts
        settings.options.snapping = snap
        settings.options.lead = lead.length
        settings.track = track.map { name in Int(name).map(TrackChoice.stream) ?? .language(name) }
        settings.format = format
        settings.encodingName = encoding
        return settings
    }

    func validate() throws {
        guard maxOffset.length > .zero, maxOffset.length <= .seconds(3600) else {
            throw ValidationError("--max-offset is above 0 and at most 3600 seconds.")
        }
        guard lead.length >= .zero, lead.length <= .seconds(5) else {
            throw ValidationError("--lead is from 0 to 5 seconds.")
        }
    }
}

/// How `slate align` goes through many files.
struct AlignBatchOptions: ParsableArguments {
    @Option(name: [.short, .long], help: ArgumentHelp("Files to work on at a time. Default: the number of processors.", valueName: "count"))
    var jobs: Int?

    @Option(help: ArgumentHelp("Write a page with every file's verdict and offset curve.", valueName: "file.html"))
    var report: String?

    @Flag(help: "Pair files whose names do not match by listening to each.")
    var byContent = false

    @Flag(help: "Try again what failed in an earlier run.")
    var retryFailed = false

    @Flag(help: "Do finished files again.")
    var redo = false

    @Flag(help: "Print the pairs and stop.")
    var dryRun = false

    func validate() throws {
        if let jobs, !(1...256).contains(jobs) { throw ValidationError("--jobs is from 1 to 256.") }
    }
}

extension OutputFormat: ExpressibleByArgument {}
extension AlignmentOptions.Snapping: ExpressibleByArgument {}

/// A length as typed, in seconds with up to nine decimals. Exact.
struct TypedLength: ExpressibleByArgument, CustomStringConvertible {
    let length: TimeDelta

    init(_ length: TimeDelta) { self.length = length }

    init?(argument: String) {
        guard let typed = TypedTime(argument: argument) else { return nil }
        length = typed.time - .zero
    }

    var description: String { Decimal.seconds(length) }
    var defaultValueDescription: String { description }
}
