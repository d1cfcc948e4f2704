import ArgumentParser
import Media
import Timeline

/// `slate frames`: pictures out of a video.
struct FramesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "frames",
        abstract: "Write frames of a video as PNG or JPEG.",
        discussion: """
            Each frame is exactly the one shown at the time asked for. Pictures are turned upright when the video says how.

              slate frames talk.mp4 --at 1.5,00:01:02.250 -o pictures/
              slate frames talk.mp4 --scenes --size 320x180 --json -o shots/
              slate frames talk.mp4 --sheet 5x4 -o talk.jpg

            Exit codes: 0 done, 1 some frames were refused, 2 could not run, 64 bad usage.
            """)

    @Argument(help: ArgumentHelp("The video.", valueName: "video"))
    var video: String

    @Option(help: ArgumentHelp("Frames shown at these times: seconds, m:ss.mmm or h:mm:ss.mmm.", valueName: "time,…"))
    var at: TypedTimes?

    @Option(help: ArgumentHelp("A frame every so many frames (50) or so much time (2s, 500ms).", valueName: "step"))
    var every: FrameStep?

    @Flag(help: "The first frame of every shot.")
    var scenes = false

    @Option(
        help: ArgumentHelp(
            "One picture with many frames: those chosen, or evenly spread ones.", valueName: "columnsxrows"))
    var sheet: TypedSides?

    @Option(
        help: ArgumentHelp(
            "Largest width and height in pixels; proportions are kept. Default: as coded, 320x180 in a sheet.",
            valueName: "widthxheight"))
    var size: TypedSides?

    @Flag(help: "Shades of gray instead of colour.")
    var gray = false

    @Flag(help: "Leave pictures as they are coded, without turning them upright.")
    var unturned = false

    @Option(
        help: ArgumentHelp("Image format: png or jpg. Default: what --output ends with, else png.", valueName: "format")
    )
    var format: ImageSuffix?

    @Option(help: ArgumentHelp("JPEG quality, from 1 to 100.", valueName: "1…100"))
    var quality = 85

    @Option(
        help: ArgumentHelp("The video track, by the number of its stream. Default: the main one.", valueName: "stream"))
    var track: Int?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "A folder, or the file when there is one picture. Default: the current folder.", valueName: "path"))
    var output = "."

    @Option(
        help: ArgumentHelp(
            "File names, with {name}, {index} (from 1), {time} and {frame} (where it is known) filled in.",
            valueName: "pattern"))
    var name = "{name}-{index}-{time}"

    @Flag(help: "Replace files that exist.")
    var replace = false

    @Option(help: ArgumentHelp("Threads of the decoder, from 1 to 64.", valueName: "count"))
    var threads = 1

    @Flag(help: "Print one JSON object per line.")
    var json = false

    @Flag(help: "Print no names and no warnings.")
    var quiet = false

    func validate() throws {
        let chosen = [at != nil, every != nil, scenes].filter { $0 }.count
        guard chosen == 1 || (chosen == 0 && sheet != nil) else {
            throw ValidationError("Say which frames: one of --at, --every and --scenes, or --sheet alone.")
        }
        guard (1...100).contains(quality) else { throw ValidationError("--quality is from 1 to 100.") }
        guard (1...64).contains(threads) else { throw ValidationError("--threads is from 1 to 64.") }
        if let sheet, max(sheet.width, sheet.height) > ContactSheet.maximumCells {
            throw ValidationError("--sheet takes at most \(ContactSheet.maximumCells) columns and rows.")
        }
        let names = FrameNames(self)
        guard names.isFile || sheet != nil || names.isDistinct || at?.times.count == 1 else {
            throw ValidationError("--name needs {index}, {time} or {frame}, so that every frame has its own file.")
        }
        guard !names.isFile || sheet != nil || at?.times.count == 1 else {
            throw ValidationError("'\(output)' is one file; several frames need a folder.")
        }
    }

    func run() async throws {
        let report = FramesReport(json: json, quiet: quiet)
        do {
            let source = try FrameSource(self)
            let sink = try FrameSink(self, turn: unturned ? .none : source.track.turn, report: report)
            let finish = try source.visit(report: report) { try sink.take($0) }
            try sink.finish()
            report.summary(damagedPackets: finish)
        } catch let error as ExitCode {
            throw error
        } catch {
            report.refuse("\(error)")
            throw report.written > 0 ? ExitCode.someRefused : ExitCode.couldNotRun
        }
        if report.refused > 0 { throw ExitCode.someRefused }
    }
}

/// Kinds of image file by the end of their name.
enum ImageSuffix: String, ExpressibleByArgument, CaseIterable {
    case png
    case jpg

    /// The kind a path ends with; nil for none.
    init?(path: String) {
        let path = path.lowercased()
        if path.hasSuffix(".png") {
            self = .png
        } else if path.hasSuffix(".jpg") || path.hasSuffix(".jpeg") {
            self = .jpg
        } else {
            return nil
        }
    }
}
