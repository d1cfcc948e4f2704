import Alignment
import ArgumentParser
import Batch

/// `slate align`: existing subtitles put on time.
struct AlignCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "align",
        abstract: "Put existing subtitles on time.",
        discussion: """
            Listens for speech in the media and moves the cues onto it: a constant offset, another frame rate, drift, and \
            cuts. Styles, comments and encoding of the subtitle file stay as they are. Subtitles that do not belong to the \
            media are refused, and nothing is written.

              slate align film.mkv film.srt -o film.fixed.srt
              slate align videos/ subtitles/ -o aligned/ --report report.html
              slate align pairs.csv -o aligned/ --jobs 4
              slate align reference.srt other-language.srt -o fixed.srt

            Exit codes: 0 done, 1 some subtitles were refused or could not be read, 2 could not run, 64 bad usage.
            """)

    @Argument(help: ArgumentHelp(
        "Media file, or a subtitle file that is on time; a folder or pattern of media; or a manifest (CSV, JSON Lines).",
        valueName: "media"))
    var media: String

    @Argument(help: ArgumentHelp("Subtitle file (SubRip, WebVTT, SubStation Alpha), folder or pattern.", valueName: "subtitles"))
    var subtitles: [String] = []

    @OptionGroup(title: "Output") var output: AlignOutputOptions
    @OptionGroup(title: "Alignment") var alignment: AlignSearchOptions
    @OptionGroup(title: "Batches") var batch: AlignBatchOptions

    func validate() throws {
        try output.validate()
        guard !isBatch else {
            guard let folder = output.output, folder != "-" else {
                throw ValidationError("Say which folder to write to: -o <folder>.")
            }
            guard !output.inPlace else { throw ValidationError("--in-place is for a single pair; a batch writes to -o <folder>.") }
            return
        }
        guard subtitles.count == 1 else { throw ValidationError("Name the subtitle file to put on time.") }
    }

    func run() async throws {
        let settings = try alignment.settings(format: output.format)
        if isBatch {
            try await AlignBatch(arguments: [media] + subtitles, settings: settings, output: output, batch: batch).run()
        } else {
            try AlignSingle(media: media, subtitles: subtitles[0], settings: settings, output: output).run()
        }
    }

    /// One medium and one subtitle file are a pair; everything else is a batch.
    private var isBatch: Bool { subtitles.isEmpty || subtitles.count > 1 || ([media] + subtitles).contains(where: BatchInputs.isMany) }
}
