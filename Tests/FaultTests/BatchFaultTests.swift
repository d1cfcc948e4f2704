import Foundation
import Testing
import Timeline

@Suite(.enabled(if: SlateProgram.path != nil, "\(SlateProgram.isMissing)"))
struct BatchFaultTests {
    /// A run is killed again and again, and goes on from where it was; once it is through, another begins.
    @Test func `a batch killed at fifty random points leaves whole outputs and ends with the same bytes`() throws {
        let seed: UInt64 = 6
        var random = SplitMix64(seed: seed)
        let batch = try BatchFixture(count: 100)
        var round = 0
        var kills = 0
        while kills < 50 {
            let output = "out-\(round)"
            let program = try batch.start(into: output)
            // Up to a twentieth of the whole run: starting, planning, the first items and those far in are all met.
            usleep(UInt32.random(in: 0...UInt32(batch.duration / .microseconds(20)), using: &random))
            program.send(SIGKILL)
            kills += try program.wait().signal == SIGKILL ? 1 : 0
            #expect(try batch.wrongOutputs(in: output) == [], "kill \(kills) of seed \(seed)")
            if batch.present(in: output).count == batch.names.count {
                try expectWhole(batch, output)
                round += 1
            }
        }
        try expectWhole(batch, "out-\(round)")
    }

    @Test func `an interrupted batch stops by itself and goes on later`() throws {
        let batch = try BatchFixture(count: 12)
        let program = try batch.start(into: "out")
        while batch.present(in: "out").isEmpty { usleep(2000) }
        program.send(SIGINT)
        let ended = try program.wait()
        #expect(ended.status == 1 || ended.status == 0, "\(ended)")
        #expect(try batch.wrongOutputs(in: "out") == [])
        #expect(batch.strangers(in: "out") == [])
        try expectWhole(batch, "out")
    }

    @Test(.enabled(if: DiskOfItsOwn.isPossible, "a small disk of its own needs the right to mount one"))
    func `a full disk stops a batch, which goes on once there is room`() throws {
        let batch = try BatchFixture(count: 12)
        let command = batch.arguments(into: "disk").map { "'\($0)'" }.joined(separator: " ")
        // Room for the ledger's first entries, but not for all of it and the outputs.
        let ended = try SlateProgram.shell(
            """
            mkdir "$1/disk" "$1/kept" && mount -t tmpfs -o size=600k none "$1/disk" && mkdir "$1/disk/.slate" || exit 90
            head -c 100000000 /dev/zero > "$1/disk/.slate/filler" 2>/dev/null
            truncate -s -\(Self.room) "$1/disk/.slate/filler"
            "$SLATE" \(command); echo "full: $?"
            ls -A "$1/disk" > "$1/kept/names"; cp "$1"/disk/*.srt "$1/kept" 2>/dev/null
            rm "$1/disk/.slate/filler"
            "$SLATE" \(command) --retry-failed; echo "again: $?"
            mkdir "$1/after" && cp -a "$1"/disk/. "$1/after"
            """, batch.folder.path)
        #expect(ended.output.contains("full: 2") || ended.output.contains("full: 1"), "\(ended)")
        #expect(ended.output.contains("again: 0"), "\(ended)")
        #expect(try batch.wrongOutputs(in: "kept") == [])
        #expect(batch.present(in: "kept").count < batch.names.count, "the disk was not full: \(ended)")
        #expect(try batch.wrongOutputs(in: "after") == [])
        #expect(batch.present(in: "after") == batch.names.sorted())
        #expect(batch.strangers(in: "after") == [])
    }

    private static let room = 204_800

    /// Runs the batch to its end, and looks at all it left.
    private func expectWhole(_ batch: BatchFixture, _ output: String) throws {
        let ended = try SlateProgram.run(batch.arguments(into: output))
        #expect(ended.status == 0, "\(ended)")
        #expect(try batch.wrongOutputs(in: output) == [])
        #expect(batch.present(in: output) == batch.names.sorted())
        #expect(batch.strangers(in: output) == [])
    }
}
