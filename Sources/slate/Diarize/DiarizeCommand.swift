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
              slate diarize show.wav --enroll Ada=ada.wav --enroll Ben=ben.wav
              slate diarize call.wav --channels -o call.TextGrid
              slate diarize film.mkv --words film.srt -o film.vtt

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
        if json, writing.target.output == "-" { throw ValidationError("--json prints to standard output; name a file for the labels with -o.") }
        if files.count > 1, speech.speech != nil || writing.words != nil { throw ValidationError("--speech and --words speak of one media file.") }
        if speakers.channels, speech.speech != nil { throw ValidationError("--channels and --speech exclude each other.") }
        _ = try writing.format
    }

    func run() throws {
        let labelling = MediaLabelling(command: "slate diarize", files: files, target: writing.target, format: try writing.format, json: json)
        try labelling.run(document)
    }

    private func document(_ file: String) throws -> Document {
        var job = DiarizeJob()
        job.isExclusive = writing.exclusive
        job.assignment = speakers.assignment
        job.settings.segmenter = SpeechSegmenter(speech.profile)
        job.settings.speech = try speech.segments()
        job.byChannel = speakers.channels
        job.enrolments = speakers.enroll.map { (name: $0.name, path: $0.path) }
        job.layout = try writing.layout
        job.words = try writing.transcript()
        let outcome = try job.run(media: file)
        if !quiet {
            for damage in outcome.damage { Terminal.note("slate diarize: \(file): \(damage)") }
            if outcome.speakerCount == 0 { Terminal.note("slate diarize: \(file): no speech was found") }
        }
        if json { Terminal.output(DiarizeReport.lines(outcome.document, file: file)) }
        return outcome.document
    }
}
