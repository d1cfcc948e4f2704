import ArgumentParser
import Batch
import Formats
import Quality
import Timeline

/// `slate score turns`: who speaks when, against a reference.
struct ScoreTurnsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "turns", abstract: "Score speaker turns: DER, JER and what they are made of.",
        discussion: """
            Reference and hypothesis are label files of any format with turns, one recording or many in a file, or folders of such files. \
            Times are exact; scorers differ in what they count, and --convention says whose ways are followed.

              slate score turns ref.rttm hyp.rttm
              slate score turns ref/ hyp/ --uem all.uem --collar 0.25
              slate score turns ref.rttm hyp.rttm --convention md-eval --skip-overlap
              slate score turns ref.rttm hyp.rttm --speakers
              slate score turns ref.rttm hyp.rttm --json

            Exit codes: 0 done, 1 some file of a folder was refused, 2 a file could not be read, 64 bad usage.
            """)

    @Argument(help: "The turns that are right: a label file, or a folder of them.", completion: .file()) var reference: String
    @Argument(help: "The turns to be scored: a label file, or a folder of them.", completion: .file()) var hypothesis: String
    @Option(help: ArgumentHelp("Score only the stretches of this UEM.", valueName: "file"), completion: .file()) var uem: String?
    @Option(help: ArgumentHelp("Seconds on either side of each boundary of the reference that are not scored.", valueName: "seconds"))
    var collar = TypedLength(TimeDelta(ticks: 0))
    @Flag(help: "Leave out time in which the reference has two turns at once.") var skipOverlap = false
    @Option(help: ArgumentHelp("Whose conventions: pyannote, md-eval, dscore or spyder.", valueName: "name")) var convention = TurnConvention.pyannote
    @Option(help: ArgumentHelp("Format of the label files. Default: found out from content and name.", valueName: "format")) var from: LabelFormat?
    @Flag(help: "Say each speaker's share too.") var speakers = false
    @Flag(help: "Print JSON Lines: a line for each recording, then a summary.") var json = false

    func run() throws {
        let job = TurnScoringJob(scoring: TurnScoring(convention: convention, collar: collar.length, skipsOverlap: skipOverlap), format: from)
        let outcome: TurnScoringJob.Outcome
        do {
            outcome = try job.run(reference: reference, hypothesis: hypothesis, uem: uem)
        } catch {
            if json { Terminal.output(JSONValue.refusal(of: reference, "\(error)")) }
            Terminal.note("slate score turns: \(error)")
            throw ExitCode.couldNotRun
        }
        note(outcome)
        Terminal.output(json ? ScoreTurnsReport.lines(outcome, speakers: speakers) : ScoreTurnsReport.table(outcome, speakers: speakers))
        if !outcome.refused.isEmpty { throw ExitCode.someRefused }
    }

    private func note(_ outcome: TurnScoringJob.Outcome) {
        func say(_ names: [String], _ what: String) {
            guard !names.isEmpty else { return }
            let some = names.prefix(5).joined(separator: ", ") + (names.count > 5 ? " and \(names.count - 5) more" : "")
            Terminal.note("slate score turns: \(what): \(some)")
        }
        for (file, reason) in outcome.refused {
            if json { Terminal.output(JSONValue.refusal(of: file, reason)) }
            Terminal.note("slate score turns: \(reason)")
        }
        if let names = outcome.differentNames {
            Terminal.note("slate score turns: the reference is of '\(names.reference)', the hypothesis of '\(names.hypothesis)'; they are scored as one recording")
        }
        if outcome.total.times.total == 0 { Terminal.note("slate score turns: the reference has no speech where it is scored") }
        say(outcome.withoutHypothesis, "no hypothesis, so all of it is missed")
        say(outcome.withoutReference, "no reference, so it is not scored")
        say(outcome.withoutRegion, "not in the UEM, so the extent of its turns is scored")
    }
}

extension TurnConvention: ExpressibleByArgument {}
