import ArgumentParser
import Batch
import Diarization
import Formats
import Timeline

/// `slate diarize`: who speaks when.
struct DiarizeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diarize", abstract: "Find out who speaks when in media.",
        discussion: """
            Small networks that are built in find the speech, describe each voice by 64 numbers, and tell where two people speak. \
            Voices that are alike become one speaker. Turns are written with speakers S1, S2 and so on, by default as RTTM on \
            standard output.

              slate diarize talk.mp4
              slate diarize meeting.flac --max-speakers 6 -o meeting.eaf
              slate diarize call.wav --speakers 2 --exclusive -o call.vtt
              slate diarize show.wav --speech speech.uem -o show.rttm

            Exit codes: 0 done, 1 some file was refused, 2 none could be read, 64 bad usage.
            """)

    @Argument(help: "The media files to listen to.", completion: .file()) var files: [String]
    @OptionGroup(title: "Writing") var writing: DiarizeWritingOptions
    @OptionGroup(title: "Speakers") var speakers: DiarizeSpeakerOptions
    @OptionGroup(title: "Speech") var speech: DiarizeSpeechOptions
    @Flag(help: "Print JSON Lines: the turns of each file, then a summary of it.") var json = false
    @Flag(help: "Print nothing but errors.") var quiet = false

    func validate() throws {
        guard !files.isEmpty else { throw ValidationError("Name a media file.") }
        if json, writing.output == "-" { throw ValidationError("--json prints to standard output; name a file for the labels with -o.") }
        if speech.speech != nil, files.count > 1 { throw ValidationError("--speech speaks of one media file.") }
        _ = try writing.format
    }

    func run() throws {
        var (corpus, refused) = (Corpus(), 0)
        for file in files {
            do {
                corpus.documents.append(try document(of: file))
            } catch let error as CancellationError {
                throw error
            } catch {
                refused += 1
                Terminal.note("slate diarize: \(error)")
                if json { Terminal.output(DiarizeReport.line(refusing: file, "\(error)")) }
            }
        }
        guard refused < files.count else { throw ExitCode.couldNotRun }
        try write(corpus)
        if refused > 0 { throw ExitCode.someRefused }
    }

    private func document(of file: String) throws -> Document {
        var job = DiarizeJob()
        job.isExclusive = writing.exclusive
        job.assignment = speakers.assignment
        job.settings.segmenter = SpeechSegmenter(speech.profile)
        job.settings.speech = try speech.segments()
        let outcome = try job.run(media: file)
        if !quiet {
            for damage in outcome.damage { Terminal.note("slate diarize: \(file): \(damage)") }
            if outcome.speakerCount == 0 { Terminal.note("slate diarize: \(file): no speech was found") }
        }
        if json { Terminal.output(DiarizeReport.lines(outcome.document, file: file)) }
        return outcome.document
    }

    /// With --json and no output the lines are all there is.
    private func write(_ corpus: Corpus) throws {
        if json, writing.output == nil { return }
        let path = writing.output ?? "-"
        let output = LabelOutput(
            path: path, format: try writing.format, replaces: writing.replace, inputs: files, makesFolder: path.hasSuffix("/"))
        try output.write(try writing.format.write(corpus))
    }
}

/// How the output of `slate diarize` is written.
struct DiarizeWritingOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: ArgumentHelp("File or folder to write; - for standard output, the default.", valueName: "path"), completion: .file())
    var output: String?
    @Option(name: .customLong("to"), help: ArgumentHelp("Format to write. Default: what the output's name ends with, else rttm.", valueName: "format"))
    var to: LabelFormat?
    @Flag(help: "Name one speaker at a time.") var exclusive = false
    @Flag(help: "Replace output files that exist.") var replace = false

    var format: LabelFormat {
        get throws {
            if let to { return to }
            guard let output, output != "-" else { return LabelFormat(named: "rttm")! }
            guard let format = LabelFormat(suffixOf: output) else { throw ValidationError("The name '\(output)' states no format; say --to <format>.") }
            return format
        }
    }
}

/// How many speakers there may be, and how alike voices of one speaker are.
struct DiarizeSpeakerOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The number of speakers, when it is known.", valueName: "count")) var speakers: Int?
    @Option(help: ArgumentHelp("At least this many speakers.", valueName: "count")) var minSpeakers: Int?
    @Option(help: ArgumentHelp("At most this many speakers.", valueName: "count")) var maxSpeakers: Int?
    @Option(
        help: ArgumentHelp("Voices at least this alike may be one speaker, -1 to 1. A greater value finds more speakers.", valueName: "similarity"))
    var threshold: Float?
    @Option(help: ArgumentHelp("Name a second speaker where the likelihood of two reaches this, 0 to 1; 1 for never.", valueName: "value"))
    var overlap: Float?

    func validate() throws {
        let counts = [speakers, minSpeakers, maxSpeakers].compactMap { $0 }
        guard counts.allSatisfy({ (1...40).contains($0) }) else { throw ValidationError("Numbers of speakers are from 1 to 40.") }
        if speakers != nil, counts.count > 1 { throw ValidationError("--speakers excludes --min-speakers and --max-speakers.") }
        if let minSpeakers, let maxSpeakers, minSpeakers > maxSpeakers { throw ValidationError("--min-speakers is at most --max-speakers.") }
        if let threshold, !(-1...1).contains(threshold) { throw ValidationError("--threshold is from -1 to 1.") }
        if let overlap, !(0...1).contains(overlap) { throw ValidationError("--overlap is from 0 to 1.") }
    }

    var assignment: SpeakerAssignment {
        var assignment = SpeakerAssignment()
        let least = speakers ?? minSpeakers ?? 1
        assignment.speakers = least...max(least, speakers ?? maxSpeakers ?? 40)
        if let threshold { assignment.clustering.similarity = threshold }
        if let overlap { assignment.overlapOnset = overlap < 1 ? overlap : nil }
        return assignment
    }
}

/// Where the speech is.
struct DiarizeSpeechOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Take the speech from this label file, such as RTTM or UEM, instead of finding it.", valueName: "file"), completion: .file())
    var speech: String?
    @Option(help: ArgumentHelp("How speech is found: general, meeting, subtitles.", valueName: "name")) var profile = SpeechProfile.general

    /// The labels of the file as stretches apart from each other; nil without a file.
    func segments() throws -> [Segment]? {
        guard let speech else { return nil }
        let input = try LabelInput(path: speech)
        let corpus = try LabelFormat.detect(input).read(input).corpus
        guard corpus.documents.count <= 1 else {
            throw FormatError(.malformed, file: speech, found: "labels of \(corpus.documents.count) media", expected: "labels of one")
        }
        let segments = corpus.documents.flatMap(\.layers).flatMap(\.labels).compactMap { Segment(start: $0.span.start, end: $0.span.end) }
        return SpeechStretches.joined(segments)
    }
}
