import Formats
import Foundation
import Media
import Testing

@testable import Batch

private struct Unreadable: Error, CustomStringConvertible {
    let description = "0.srt:3: not a time"
}

@Suite struct BatchRunnerTests {
    @Test func `every item is done once and a second run does none`() async throws {
        let batch = try MadeUpBatch(count: 7)
        let first = try await batch.run()
        #expect(first.started == Array(0..<7))
        let second = try await batch.run()
        #expect(second.started.isEmpty && second.summary.resumedCount == 7)
        #expect(second.summary.reports.map(\.outcome) == first.summary.reports.map(\.outcome))
    }

    @Test(arguments: [1, 2, 8, 40]) func `results do not depend on the number of workers`(jobs: Int) async throws {
        let batch = try MadeUpBatch(count: 20)
        let summary = try await batch.run(jobs: jobs) { item in
            // Later items end sooner, so that completion runs against the input order.
            try await Task.sleep(for: .milliseconds(20 - item.index))
            return try await copy(item)
        }.summary
        #expect(summary.reports.map(\.item) == batch.items)
        #expect(summary.reports.map(\.outcome) == (0..<20).map { outcome($0) })
    }

    @Test func `no more items are in flight than asked for`() async throws {
        let batch = try MadeUpBatch(count: 12)
        let gauge = Gauge()
        _ = try await batch.run(jobs: 3) { item in
            await gauge.enter()
            try await Task.sleep(for: .milliseconds(5))
            await gauge.leave()
            return outcome(item.index)
        }
        #expect(await gauge.most <= 3)
        #expect(await gauge.most > 1)
    }

    @Test func `a bad file fails alone and is left alone until asked for`() async throws {
        let batch = try MadeUpBatch(count: 4)
        let bad: BatchRunner.Job = { item in
            if item.index == 2 { throw Unreadable() }
            return try await copy(item)
        }
        let first = try await batch.run(job: bad).summary
        #expect(first.reports.map(\.failure?.message) == [nil, nil, "0.srt:3: not a time", nil])
        #expect(first.stop == nil && !first.isAllWell)
        let second = try await batch.run()
        #expect(second.started.isEmpty)
        #expect(second.summary.reports[2].failure?.message == "0.srt:3: not a time")
        #expect(try await batch.run(retriesFailed: true).started == [2])
    }

    @Test func `transient trouble is tried again without asking`() async throws {
        let batch = try MadeUpBatch(count: 2)
        _ = try await batch.run { item in throw ItemFailure.system(EIO, doing: "reading", path: item.media) }
        #expect(try await batch.run().started == [0, 1])
    }

    @Test func `a missing input fails and is done once it is there`() async throws {
        let batch = try MadeUpBatch(count: 2)
        _ = try await batch.run()
        let media = batch.items[1].media
        try FileManager.default.moveItem(atPath: media, toPath: media + ".away")
        let failure = try await batch.run().summary.reports[1].failure
        #expect(failure?.message == "\(media): reading failed: No such file or directory")
        try FileManager.default.moveItem(atPath: media + ".away", toPath: media)
        #expect(try await batch.run().started == [1])
    }

    @Test func `changed subtitles, media, options and versions are noticed`() async throws {
        let batch = try MadeUpBatch(count: 3)
        _ = try await batch.run()
        try batch.folder.write("in/1.srt", "other cues")
        #expect(try await batch.run().started == [1])
        try batch.folder.write("in/2.wav", "other sound")
        #expect(try await batch.run().started == [2])
        #expect(try await batch.run(options: "p").started == [0, 1, 2])
        #expect(try await batch.run(options: "p", version: "2").started == [0, 1, 2])
    }

    @Test func `an output that was deleted is made again`() async throws {
        let batch = try MadeUpBatch(count: 3)
        _ = try await batch.run()
        try FileManager.default.removeItem(atPath: batch.items[1].output)
        #expect(try await batch.run().started == [1])
        #expect(try batch.folder.read("out/1.srt") == "CUES 1")
    }

    @Test func `an input that changes under the job is not recorded as done`() async throws {
        let batch = try MadeUpBatch(count: 1)
        let summary = try await batch.run { item in
            try batch.folder.write("in/0.wav", "grown sound")
            return try await copy(item)
        }.summary
        #expect(summary.reports[0].failure?.kind == .transient)
        #expect(try await batch.run().started == [0])
    }

    @Test func `a file that the batch did not make is not replaced`() async throws {
        let batch = try MadeUpBatch(count: 2)
        try batch.folder.write("out/1.srt", "mine")
        let first = try await batch.run()
        #expect(first.started == [0])
        let message = "\(batch.items[1].output): exists and was not made by this batch; move it away or allow replacing"
        #expect(first.summary.reports[1].failure?.message == message)
        #expect(try batch.folder.read("out/1.srt") == "mine")
        try FileManager.default.removeItem(atPath: batch.items[1].output)
        #expect(try await batch.run().started == [1])
        #expect(try await batch.run(options: "p").started == [0, 1])
    }

    @Test(
        arguments: [
            (ItemFailure.system(ENOSPC, doing: "writing", path: "a"), ItemFailure.Kind.diskFull),
            (
                FormatError(.system, file: "a", found: "a file that cannot be written: No space left on device"),
                .diskFull
            ),
            (FormatError(.system, file: "a", found: "a file that cannot be opened: No such file or directory"), .input),
            (FormatError(.malformed, file: "a", found: "Input/output error"), .input),
            (MediaError(path: "a", reason: .system("Input/output error")), .transient),
            (MediaError(path: "a", reason: .noSound), .input),
            (ItemFailure.system(EDQUOT, doing: "writing", path: "a"), .diskFull),
        ] as [(any Error, ItemFailure.Kind)])
    func `trouble of the disk is told from bad input`(error: any Error, kind: ItemFailure.Kind) {
        #expect(ItemFailure(describing: error).kind == kind)
    }

    @Test func `a full disk stops the run, and the next one does the rest`() async throws {
        let batch = try MadeUpBatch(count: 30)
        let summary = try await batch.run(jobs: 1) { item in
            if item.index == 4 { throw ItemFailure.system(ENOSPC, doing: "writing", path: item.output) }
            return try await copy(item)
        }.summary
        let text = "\(batch.items[4].output): writing failed: No space left on device"
        #expect(summary.stop == .diskFull(text))
        #expect(
            summary.stopText?.hasSuffix("run the same command again to go on where it stopped once there is space")
                == true)
        #expect(summary.count("open") == 25)
        #expect(try await batch.run().started == Array(4..<30))
    }

    @Test func `a cancelled run keeps what is done and leaves the rest open`() async throws {
        let batch = try MadeUpBatch(count: 10)
        let ledger = try Ledger(outputFolder: batch.outputFolder)
        let (reached, signal) = AsyncStream.makeStream(of: Void.self)
        let runner = batch.runner(ledger, jobs: 1) { item in
            if item.index == 3 {
                signal.finish()
                try await Task.sleep(for: .seconds(3600))
            }
            return try await copy(item)
        }
        let run = Task { try await runner.run(batch.items) }
        for await _ in reached {}
        run.cancel()
        let summary = try await run.value
        #expect(summary.stop == .interrupted)
        #expect(summary.stopText == "interrupted: 7 left to do; run the same command again to go on where it stopped")
        #expect(
            try ledger.entries().map(\.state) == [.done, .done, .done] + [ItemState](repeating: .pending, count: 7))
    }
}

/// How many are inside at once.
private actor Gauge {
    private var inside = 0
    private(set) var most = 0

    func enter() {
        inside += 1
        most = max(most, inside)
    }

    func leave() { inside -= 1 }
}
