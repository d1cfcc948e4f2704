import ArgumentParser
import Batch
import Formats

/// One subtitle file put on time.
struct AlignSingle {
    let media, subtitles: String
    let settings: AlignSettings
    let output: AlignOutputOptions

    func run() throws {
        let item = BatchItem(
            index: 0, media: media, subtitles: subtitles, output: target, language: SubtitleLanguage.stated(in: subtitles),
            basis: .given)
        let begin = ContinuousClock.now
        let result: ItemReport.Result
        do {
            try refuseOverwriting()
            result = .done(try AlignJob(settings: settings, write: write).run(item))
        } catch {
            result = .failed(ItemFailure(describing: error))
        }
        let report = ItemReport(item: item, result: result, seconds: (ContinuousClock.now - begin) / .seconds(1))
        tell(report)
        if report.failure != nil { throw ExitCode.couldNotRun }
        if report.outcome?.wroteOutput == false { throw ExitCode.someRefused }
    }

    private var target: String { output.inPlace ? subtitles : output.output ?? "-" }

    private func refuseOverwriting() throws {
        guard !output.inPlace, target != "-" else { return }
        if PathIdentity.same(target, subtitles) || PathIdentity.same(target, media) {
            throw ItemFailure(.input, "\(target): is an input; use --in-place to write over the subtitles")
        }
        if !output.replace, PathIdentity.exists(target) {
            throw ItemFailure(.input, "\(target): exists; use --replace to write over it")
        }
    }

    private var write: AlignJob.Writer {
        guard target == "-" else { return AlignJob.fileWriter }
        return { bytes, _ in Terminal.output(bytes: bytes) }
    }

    private func tell(_ report: ItemReport) {
        if output.json { Terminal.output(BatchEvent.item(report).jsonLine + "\n") }
        if let failure = report.failure { Terminal.note("slate align: \(failure)") }
        guard let outcome = report.outcome, !output.quiet else { return }
        let text = AlignmentStatement(outcome)
        Terminal.note("\(subtitles): \(text.sentence)")
        if output.verbose { text.details.forEach { Terminal.note("  " + $0) } }
    }
}
