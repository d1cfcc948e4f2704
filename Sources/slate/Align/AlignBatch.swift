import ArgumentParser
import Batch
import Formats

/// Many subtitle files put on time, with a ledger.
struct AlignBatch {
    let arguments: [String]
    let settings: AlignSettings
    let output: AlignOutputOptions
    let batch: AlignBatchOptions

    func run() async throws {
        do {
            let (plan, pairing) = try await prepare()
            if batch.dryRun { return list(plan) }
            let summary = try await work(plan, pairing)
            if !summary.isAllWell || !pairing.conflicts.isEmpty || !pairing.unpairedSubtitles.isEmpty { throw ExitCode.someRefused }
        } catch let error where !(error is ExitCode) {
            Terminal.note("slate align: \(error)")
            throw ExitCode.couldNotRun
        }
    }

    private var folder: String { output.output ?? "" }

    // MARK: Inputs

    private func prepare() async throws -> (BatchPlan, PairingResult) {
        if arguments.count == 1, Manifest.isManifest(arguments[0]) {
            let manifest = try Manifest(contentsOf: arguments[0])
            return (try BatchPlan(manifest: manifest, outputFolder: folder, suffix: output.format?.rawValue), PairingResult())
        }
        let files = try InputFinder(excludedFolders: [folder]).files(in: arguments)
        let media = files.filter { $0.kind == .media }, subtitles = files.filter { $0.kind == .subtitles }
        var pairing = NamePairing(media: media).pair(subtitles)
        if batch.byContent { try await pairByContent(&pairing) }
        tell(pairing)
        let plan = try BatchPlan(pairs: pairing.pairs, outputFolder: folder, suffix: output.format?.rawValue)
        return (plan, pairing)
    }

    /// Media and subtitles that names left over, each heard against each.
    private func pairByContent(_ pairing: inout PairingResult) async throws {
        let (media, subtitles) = (pairing.unpairedMedia, pairing.unpairedSubtitles)
        let count = media.count * subtitles.count
        guard count > 0 else { return }
        guard count <= Self.mostComparisons else {
            throw ItemFailure(.input, "pairing by content would compare \(count) pairs; at most \(Self.mostComparisons), so name or sort the files")
        }
        let job = AlignJob(settings: settings, write: { _, _ in })
        let found = try await ContentPairing().pair(media: media, subtitles: subtitles, jobs: jobs) { medium, subtitle in
            let item = BatchItem(index: 0, media: medium.path, subtitles: subtitle.path, output: "", language: nil, basis: .content)
            return try? job.run(item).confidence
        }
        pairing.pairs += found.pairs
        (pairing.unpairedMedia, pairing.unpairedSubtitles) = (found.unpairedMedia, found.unpairedSubtitles)
    }

    private static let mostComparisons = 2500

    private func tell(_ pairing: PairingResult) {
        for conflict in pairing.conflicts {
            say(.conflict(conflict), "\(conflict.subtitles.path): fits several media: \(conflict.candidates.map(\.path).joined(separator: ", "))")
        }
        for file in pairing.unpairedSubtitles { say(.unpaired(file), "\(file.path): no media found for it") }
        for file in pairing.unpairedMedia where output.verbose || output.json { say(.unpaired(file), "\(file.path): no subtitles found for it") }
    }

    private func list(_ plan: BatchPlan) {
        for item in plan.items { Terminal.output("\(item.media)\t\(item.subtitles)\t\(item.output)\t\(item.basis.rawValue)\n") }
    }

    // MARK: Work

    private var jobs: Int { batch.jobs ?? Processors.count }

    private func work(_ plan: BatchPlan, _ pairing: PairingResult) async throws -> BatchSummary {
        let job = AlignJob(settings: settings)
        let runner = BatchRunner(
            options: .init(
                jobs: jobs, retriesFailed: batch.retryFailed, redoesAll: batch.redo, replacesOutputs: output.replace,
                fingerprint: settings.fingerprint, toolVersion: slateVersion),
            ledger: try Ledger(outputFolder: folder)
        ) { try job.run($0) }
        if output.json {
            Terminal.output(BatchEvent.begin(items: plan.items.count, jobs: jobs, outputFolder: folder, toolVersion: slateVersion).jsonLine + "\n")
        }
        let meter = ProgressMeter(total: plan.items.count, isEnabled: Terminal.showsProgress && !output.quiet)
        let summary = try await Interruption.cancelling(onSignal: { meter.say("stopping; the same command goes on from here") }) {
            try await runner.run(plan.items) { report in
                meter.add(report)
                if output.json { Terminal.output(BatchEvent.item(report).jsonLine + "\n") }
            }
        }
        meter.finish()
        if output.json { Terminal.output(BatchEvent.summary(summary).jsonLine + "\n") }
        if !output.quiet { Terminal.note(SummaryTable(summary).text) }
        try writeReport(summary, pairing)
        return summary
    }

    private func writeReport(_ summary: BatchSummary, _ pairing: PairingResult) throws {
        guard let path = batch.report else { return }
        let page = HTMLReport(title: "slate align → \(folder)", summary: summary, pairing: pairing).text
        try AtomicFile.write(Array(page.utf8), to: path, replaces: true)
    }

    private func say(_ event: BatchEvent, _ text: String) {
        if output.json { Terminal.output(event.jsonLine + "\n") } else if !output.quiet { Terminal.note("slate align: " + text) }
    }
}
