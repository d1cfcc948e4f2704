import ArgumentParser
import Batch
import Diarization
import Formats
import Models
import Neural
import Timeline

/// `slate speech`: where somebody speaks.
struct SpeechCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "speech", abstract: "Find the stretches of media in which somebody speaks.",
        discussion: """
            A small network that is built in gives the likelihood of speech for each 20 ms; segments begin where it reaches --onset \
            and end where it falls below --offset. They are written as turns of a speaker named 'speech', by default as RTTM \
            on standard output.

              slate speech talk.mp4
              slate speech talk.mp4 -o talk.vtt
              slate speech *.wav -o all.rttm
              slate speech meeting.flac --profile meeting --posterior meeting.csv -o meeting.json
              slate speech talk.mp4 --detector silero

            Exit codes: 0 done, 1 some file was refused, 2 none could be read, 64 bad usage.
            """)

    @Argument(help: "The media files to listen to.", completion: .file()) var files: [String]
    @OptionGroup(title: "Writing") var writing: SpeechWritingOptions
    @OptionGroup(title: "Segments") var segments: SpeechSegmentOptions
    @Option(help: ArgumentHelp("slate, which is built in, or silero: Silero VAD, whose file 'slate models add silero-vad' takes.", valueName: "name"))
    var detector = SpeechDetectorChoice.slate
    @Flag(help: "Print JSON Lines: the segments of each file, then a summary of it.") var json = false
    @Flag(help: "Print nothing but errors.") var quiet = false

    func validate() throws {
        guard !files.isEmpty else { throw ValidationError("Name a media file.") }
        if json, writing.target.output == "-" { throw ValidationError("--json prints to standard output; name a file for the labels with -o.") }
        if writing.posterior != nil, files.count > 1 { throw ValidationError("--posterior speaks of one media file.") }
        _ = try writing.format
    }

    func run() throws {
        let labelling = MediaLabelling(command: "slate speech", files: files, target: writing.target, format: try writing.format, json: json)
        let detector: any SpeechDetector
        do { detector = try self.detector.make() } catch {
            Terminal.note("slate speech: \(error)")
            throw ExitCode.couldNotRun
        }
        try labelling.run { try document($0, detector) }
    }

    private func document(_ file: String, _ detector: any SpeechDetector) throws -> Document {
        var job = SpeechJob(detector: detector)
        job.segmenter = segments.segmenter(orElse: self.detector.profile)
        let outcome = try job.run(media: file)
        for damage in outcome.damage where !quiet { Terminal.note("slate speech: \(file): \(damage)") }
        if let path = writing.posterior { try AtomicFile.write(SpeechReport.table(outcome.posterior), to: path, replaces: writing.target.replace) }
        if json { Terminal.output(SpeechReport.lines(outcome.document, file: file)) }
        return outcome.document
    }
}

/// How the output of `slate speech` is written.
struct SpeechWritingOptions: ParsableArguments {
    @OptionGroup var target: LabelTarget
    @Option(help: ArgumentHelp("Write the likelihood of speech, a line for each value, as CSV.", valueName: "file"), completion: .file()) var posterior: String?

    var format: LabelFormat { get throws { try target.format(orElse: "rttm") } }
}

/// How segments are made of the likelihood of speech.
struct SpeechSegmentOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A set of the values below for a use: general, meeting, subtitles, silero; general unless the detector has its own.", valueName: "name")) var profile: SpeechProfile?
    @Option(help: ArgumentHelp("A segment begins at this likelihood, above 0 and below 1.", valueName: "value")) var onset: Float?
    @Option(help: ArgumentHelp("It ends below this likelihood, at most the onset.", valueName: "value")) var offset: Float?
    @Option(help: ArgumentHelp("Fill shorter pauses.", valueName: "milliseconds")) var minPause: Int64?
    @Option(help: ArgumentHelp("Drop shorter segments.", valueName: "milliseconds")) var minSpeech: Int64?
    @Option(help: ArgumentHelp("Add this at either end.", valueName: "milliseconds")) var padding: Int64?

    func validate() throws {
        let segmenter = self.segmenter(orElse: .general)
        guard segmenter.offset > 0, segmenter.offset <= segmenter.onset, segmenter.onset < 1 else {
            throw ValidationError("--offset is above 0 and at most --onset, which is below 1.")
        }
        guard [minPause, minSpeech, padding].allSatisfy({ (0...60_000).contains($0 ?? 0) }) else {
            throw ValidationError("Lengths are from 0 to 60000 milliseconds.")
        }
    }

    /// - Parameter usual: the profile where none is stated.
    func segmenter(orElse usual: SpeechProfile) -> SpeechSegmenter {
        var segmenter = SpeechSegmenter(profile ?? usual)
        if let onset { (segmenter.onset, segmenter.offset) = (onset, min(segmenter.offset, onset)) }
        if let offset { segmenter.offset = offset }
        if let minPause { segmenter.shortestPause = .milliseconds(minPause) }
        if let minSpeech { segmenter.shortestSpeech = .milliseconds(minSpeech) }
        if let padding { segmenter.padding = .milliseconds(padding) }
        return segmenter
    }
}

extension SpeechProfile: ExpressibleByArgument {}
