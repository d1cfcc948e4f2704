import Foundation
import Formats
import Testing

@testable import Batch

@Suite struct LedgerTests {
    private func key(_ item: BatchItem) throws -> ItemKey {
        ItemKey(
            media: try InputFingerprint(path: item.media, coverage: .sampled),
            subtitles: try InputFingerprint(path: item.subtitles, coverage: .whole), options: "o", toolVersion: "1")
    }

    /// The instants at which a run can be killed, as the ledger and the folder are then found.
    enum Instant: CaseIterable {
        case beforeStart, afterStart, afterOutput, afterFinish
    }

    @Test(arguments: Instant.allCases) func `a run killed around an item redoes that item at most`(instant: Instant)
        async throws
    {
        let batch = try MadeUpBatch(count: 3)
        do {
            let ledger = try Ledger(outputFolder: batch.outputFolder)
            try ledger.enlist(batch.items)
            let item = batch.items[1]
            if instant != .beforeStart { try ledger.start(item, key: try key(item)) }
            if instant == .afterOutput || instant == .afterFinish { _ = try await copy(item) }
            if instant == .afterFinish { try ledger.finish(item, outcome: outcome(1), seconds: 1) }
        }
        let second = try await batch.run()
        #expect(second.started == (instant == .afterFinish ? [0, 2] : [0, 1, 2]))
        #expect(try (0..<3).map { try batch.folder.read("out/\($0).srt") } == ["CUES 0", "CUES 1", "CUES 2"])
    }

    @Test func `a copy of the files taken in the middle of a run is a valid ledger`() async throws {
        let batch = try MadeUpBatch(count: 6)
        let copies = try TemporaryFolder()
        _ = try await batch.run(jobs: 1) { item in
            // What a kill at this instant would leave: items below done, this one running, the others pending.
            try FileManager.default.createDirectory(
                atPath: copies.path + "/\(item.index)", withIntermediateDirectories: true)
            try FileManager.default.copyItem(
                atPath: batch.outputFolder + "/.slate", toPath: copies.path + "/\(item.index)/.slate")
            return try await copy(item)
        }
        for number in 0..<6 {
            let states = try Ledger(outputFolder: copies.path + "/\(number)").entries().map(\.state)
            let expected =
                [ItemState](repeating: .done, count: number) + [.running]
                + [ItemState](repeating: .pending, count: 5 - number)
            #expect(states == expected)
        }
    }

    @Test func `attempts are counted`() async throws {
        let batch = try MadeUpBatch(count: 1)
        for options in ["a", "b", "c"] { _ = try await batch.run(options: options) }
        #expect(try Ledger(outputFolder: batch.outputFolder).entry(of: batch.items[0])?.attempts == 3)
    }

    @Test func `a moved output folder is still known`() async throws {
        let batch = try MadeUpBatch(count: 2)
        _ = try await batch.run()
        let moved = batch.folder.path + "/moved"
        try FileManager.default.moveItem(atPath: batch.outputFolder, toPath: moved)
        let items = batch.items.map {
            BatchItem(
                index: $0.index, media: $0.media, subtitles: $0.subtitles, output: moved + "/\($0.index).srt",
                language: nil,
                basis: .name)
        }
        let summary = try await batch.runner(try Ledger(outputFolder: moved), job: copy).run(items)
        #expect(summary.resumedCount == 2)
    }

    @Test func `two runs cannot share a ledger`() throws {
        let folder = try TemporaryFolder()
        let first = try Ledger(outputFolder: folder.path)
        #expect(throws: BatchError.ledgerInUse(path: folder.path + "/.slate/lock", holder: "process \(getpid())")) {
            try Ledger(outputFolder: folder.path)
        }
        withExtendedLifetime(first) {}
    }

    @Test func `a file that is no database is refused and kept`() throws {
        let folder = try TemporaryFolder()
        let text = String(repeating: "this is not a database ", count: 50)
        try folder.write(".slate/ledger.sqlite", text)
        let error = #expect(throws: BatchError.self) { try Ledger(outputFolder: folder.path) }
        #expect(error?.description.hasPrefix("\(folder.path)/.slate/ledger.sqlite: is not a ledger: ") == true)
        #expect(try folder.read(".slate/ledger.sqlite") == text)
    }

    @Test func `a database of another program is refused and kept`() throws {
        let folder = try TemporaryFolder()
        try folder.write(".slate/lock", "")
        let path = folder.path + "/.slate/ledger.sqlite"
        try Database(path: path).execute("CREATE TABLE item (a)")
        #expect(throws: BatchError.ledgerUnusable(path: path, reason: "is a database of another program, not a ledger"))
        {
            try Ledger(outputFolder: folder.path)
        }
        #expect(try Database(path: path).texts("SELECT name FROM pragma_table_info('item')") == ["a"])
    }

    @Test func `a ledger of a newer version is refused`() throws {
        let folder = try TemporaryFolder()
        let path = try { try Ledger(outputFolder: folder.path).path }()
        try Database(path: path).execute("PRAGMA user_version = 2")
        #expect(
            throws: BatchError.ledgerUnusable(
                path: path, reason: "was written by a newer version of Slate; use that one")
        ) {
            try Ledger(outputFolder: folder.path)
        }
    }

    @Test func `a damaged ledger says how to start over`() async throws {
        let batch = try MadeUpBatch(count: 200)
        _ = try await batch.run(job: { outcome($0.index) })
        let url = URL(fileURLWithPath: batch.outputFolder + "/.slate/ledger.sqlite")
        var data = try Data(contentsOf: url)
        for index in 4096..<data.count where index % 4096 < 100 { data[index] = 0xFF }
        try data.write(to: url)
        let error = #expect(throws: BatchError.self) { try Ledger(outputFolder: batch.outputFolder) }
        #expect(
            error?.description.contains("move the .slate folder away to start over") == true,
            "\(String(describing: error))")
    }

    @Test func `an outcome of another shape counts as not done`() async throws {
        let batch = try MadeUpBatch(count: 2)
        _ = try await batch.run()
        try Database(path: batch.outputFolder + "/.slate/ledger.sqlite")
            .execute("UPDATE item SET outcome = '{\"verdict\":\"odd\"}' WHERE output = '1.srt'")
        #expect(try await batch.run().started == [1])
    }
}

@Suite struct LedgerTextTests {
    private let outcome = ItemOutcome(
        verdict: .inSync, confidence: 0.1, pieces: [.init(cueCount: 5, startTicks: 1, endTicks: 2, rateBillionths: 3, offsetTicks: -4)],
        correlation: -0.25, decoyShare: 1e-20, support: 2, cueCount: 6, decodedTicks: .max, mediaTicks: 8, wroteOutput: true,
        notes: ["a \"b\"/é\n"])
    /// As Foundation's JSONEncoder wrote it, its keys sorted.
    private let text =
        #"{"confidence":0.1,"correlation":-0.25,"cueCount":6,"decodedTicks":9223372036854775807,"decoyShare":1e-20,"#
        + #""mediaTicks":8,"notes":["a \"b\"/é\n"],"pieces":[{"cueCount":5,"endTicks":2,"offsetTicks":-4,"rateBillionths":3,"#
        + #""startTicks":1}],"support":2,"verdict":"in-sync","wroteOutput":true}"#

    @Test func `an outcome is kept as the first ledgers kept it`() {
        #expect(ItemOutcome(ledgerText: text) == outcome)
        #expect(outcome.ledgerText == text.replacing(#""support":2,"#, with: #""support":2.0,"#)
            .replacing(#""mediaTicks""#, with: #""edgeAgreement":0.0,"mediaTicks""#))
    }

    @Test func `an outcome, a key and a failure come back as they went in`() {
        let print = InputFingerprint(size: 1, modified: -2, hash: "3")
        let key = ItemKey(media: print, subtitles: InputFingerprint(size: 4, modified: 5, hash: ""), options: "o", toolVersion: "1")
        let failure = ItemFailure(.diskFull, "a.srt: \u{1}")
        #expect(ItemOutcome(ledgerText: outcome.ledgerText) == outcome)
        #expect(ItemKey(ledgerText: key.ledgerText) == key)
        #expect(ItemFailure(ledgerText: failure.ledgerText) == failure)
    }

    @Test(arguments: [
        ("in-sync", "odd"), ("true", "1"), ("\"cueCount\":6", "\"cues\":6"), ("\"startTicks\":1", "\"startTicks\":1.5"),
        ("\"notes\":[", "\"notes\":[7,"), ("0.1", "null"), ("}", ""),
    ])
    func `an outcome of another shape is not read`(found: String, other: String) {
        #expect(text.contains(found))
        #expect(ItemOutcome(ledgerText: text.replacing(found, with: other)) == nil)
    }
}

@Suite struct FingerprintTests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `the hash agrees with the examples of FIPS 180`(text: String, expected: String) {
        #expect(SHA256.hex(text.utf8) == expected)
    }

    @Test func `the hash does not depend on how the bytes are cut`() {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        for size in [1, 63, 64, 65, 999] {
            var hash = SHA256()
            for start in stride(from: 0, to: 1000, by: size) {
                hash.update(Array(bytes[start..<min(1000, start + size)]))
            }
            #expect(hash.finish() == SHA256.hex(bytes), "pieces of \(size)")
        }
    }

    @Test(arguments: [0, 100_000, 199_999]) func `a change in a sampled block of media is seen`(position: Int) throws {
        let folder = try TemporaryFolder()
        var bytes = [UInt8](repeating: 1, count: 200_000)
        let path = folder.path + "/a.wav"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let before = try InputFingerprint(path: path, coverage: .sampled)
        bytes[position] = 2
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        #expect(try InputFingerprint(path: path, coverage: .sampled).hash != before.hash)
    }

    @Test func `options are one set whatever their order, and values do not run into names`() {
        #expect(OptionsFingerprint.make(["a": "1", "b": "2"]) == OptionsFingerprint.make(["b": "2", "a": "1"]))
        #expect(OptionsFingerprint.make(["a": "1", "b": "2"]) != OptionsFingerprint.make(["a": "1\n1:b=1:2"]))
    }

    @Test func `a folder in place of a file is refused`() throws {
        let folder = try TemporaryFolder()
        #expect(throws: ItemFailure(.input, "\(folder.path): is not a regular file")) {
            try InputFingerprint(path: folder.path, coverage: .whole)
        }
    }
}
