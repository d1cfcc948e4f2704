import Alignment
import Foundation
import Synchronization

@testable import Batch

/// A folder of small made-up inputs and a job that copies subtitles, to run batches on.
struct MadeUpBatch {
    let folder: TemporaryFolder
    let items: [BatchItem]

    init(count: Int) throws {
        folder = try TemporaryFolder()
        items = try (0..<count).map { [folder] index in
            BatchItem(
                index: index, media: try folder.write("in/\(index).wav", "sound \(index)"),
                subtitles: try folder.write("in/\(index).srt", "cues \(index)"),
                output: folder.path + "/out/\(index).srt",
                language: nil, basis: .name)
        }
    }

    var outputFolder: String { folder.path + "/out" }

    func runner(
        _ ledger: Ledger, jobs: Int = 2, retriesFailed: Bool = false, redoesAll: Bool = false, options: String = "o",
        version: String = "1", job: @escaping BatchRunner.Job
    ) -> BatchRunner {
        BatchRunner(
            options: .init(
                jobs: jobs, retriesFailed: retriesFailed, redoesAll: redoesAll, fingerprint: options,
                toolVersion: version),
            ledger: ledger, job: job)
    }

    /// Opens the ledger, runs all items with a job that is counted, and closes the ledger.
    func run(
        jobs: Int = 2, retriesFailed: Bool = false, options: String = "o", version: String = "1",
        job: @escaping BatchRunner.Job = copy
    ) async throws -> (summary: BatchSummary, started: [Int]) {
        let log = StartLog()
        let runner = runner(
            try Ledger(outputFolder: outputFolder), jobs: jobs, retriesFailed: retriesFailed, options: options,
            version: version
        ) { item in
            log.add(item.index)
            return try await job(item)
        }
        let summary = try await runner.run(items)
        return (summary, log.sorted)
    }
}

/// Writes the subtitles to the output in upper case. The verdict and the figures follow from the item's number.
@Sendable func copy(_ item: BatchItem) async throws -> ItemOutcome {
    let text = try String(contentsOfFile: item.subtitles, encoding: .utf8)
    try Data(text.uppercased().utf8).write(to: URL(fileURLWithPath: item.output), options: .atomic)
    return outcome(item.index)
}

func outcome(_ number: Int) -> ItemOutcome {
    let second: Int64 = 705_600_000
    return ItemOutcome(
        verdict: SyncVerdict.allCases[number % 4], confidence: Double(number % 10) / 10,
        pieces: [
            .init(
                cueCount: 5, startTicks: second, endTicks: 600 * second, rateBillionths: 1_000_500_000,
                offsetTicks: Int64(number) * second / 10)
        ],
        cueCount: 5, decodedTicks: 60 * second, mediaTicks: 600 * second, wroteOutput: true)
}

/// Which items a job was called for.
final class StartLog: Sendable {
    private let indices = Mutex<[Int]>([])
    func add(_ index: Int) { indices.withLock { $0.append(index) } }
    var sorted: [Int] { indices.withLock { $0.sorted() } }
}
