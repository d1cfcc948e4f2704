import ArgumentParser
import Batch
import Formats
import Timeline

/// `slate words`: times of the words of a transcript.
struct WordsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "words", abstract: "Find the times of a transcript's words and phones in its recording.",
        discussion: """
            espeak-ng, if it is installed, says how the words sound; models of these sounds are then estimated on the recording itself, so \
            that no trained model is needed. The transcript is plain text (.txt), or any label file with cues or words, whose times are \
            not looked at. With --emissions, what a CTC model says of each frame gives the times instead. Written are the lines as cues, their \
            words and the phones, as far as the format holds them; by default as JSON on standard output.

              slate words talk.mp4 talk.txt -o talk.TextGrid
              slate words talk.mp4 talk.txt -o talk.srt
              slate words rede.wav rede.txt --language de -o rede.ctm
              slate words talk.mp4 talk.txt -o talk.vtt --word-times
              slate words talk.mp4 talk.txt --emissions talk.npy --tokens vocab.json -o talk.ctm

            Exit codes: 0 done, 2 could not run, 64 bad usage.
            """)

    @Argument(help: "The media file.", completion: .file()) var media: String
    @Argument(help: "What is said in it: plain text, or a label file.", completion: .file()) var transcript: String
    @OptionGroup var target: LabelTarget
    @Option(help: ArgumentHelp("Language of the speech, as a BCP 47 tag. Default: what the transcript states, else en.", valueName: "tag")) var language: String?
    @Option(name: .customLong("from"), help: ArgumentHelp("Format of the transcript. Default: plain text for .txt, else found out.", valueName: "format"))
    var from: LabelFormat?
    @Flag(help: "Put the time of each word into the text of its cue, for WebVTT.") var wordTimes = false
    @OptionGroup(title: "Emissions") var emissions: EmissionOptions
    @Flag(help: "Print nothing but errors.") var quiet = false

    func validate() throws { _ = try format }

    private var format: LabelFormat { get throws { try target.format(orElse: "json") } }

    func run() throws {
        do {
            let text = try Transcript(path: transcript, format: from)
            let outcome = try found(text, language: language ?? text.language ?? "en")
            if !quiet { remarks(outcome).forEach(Terminal.note) }
            let document = WordLayers.chosen(outcome.document, for: try format, wordTimes: wordTimes)
            try target.write(Corpus([document]), as: try format, inputs: [media, transcript] + [emissions.emissions, emissions.tokens].compactMap { $0 })
        } catch {
            Terminal.note("slate words: \(error)")
            throw ExitCode.couldNotRun
        }
    }

    private func found(_ text: Transcript, language: String) throws -> WordsJob.Outcome {
        guard let neural = try emissions.job(language: language) else { return try WordsJob(language: language).run(media: media, text) }
        return try neural.job.run(media: media, text, emissions: neural.emissions)
    }

    private func remarks(_ outcome: WordsJob.Outcome) -> [String] {
        let remarks = outcome.damage.map { "slate words: \(media): \($0)" } + outcome.remarks.map { "slate words: \(media): \($0)" }
        guard outcome.unplaced > 0 else { return remarks }
        return remarks + ["slate words: \(transcript): \(outcome.unplaced) words have no time: nothing of them is spoken, or the sound ends before them"]
    }
}
