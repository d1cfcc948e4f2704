import Alignment
import Batch
import Formats
import Foundation
import Testing
import Timeline

/// The files of Examples/.
enum Examples {
    static func path(_ name: String) -> String { Repository.path("Examples/" + name) }

    static func align(_ name: String) throws -> SubtitleAlignment.Outcome {
        let reference = SubtitleAlignment.Reference.sound(path: path("talk.mkv"), track: nil, language: nil)
        return try SubtitleAlignment(reference: reference, subtitles: SubtitleFile(path: path(name))).run()
    }
}

/// A folder for outputs that goes when the value goes.
final class ExampleFolder {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("slate-example-\(UUID().uuidString)").path

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file and returns its path.
    func file(_ name: String, _ text: String) throws -> String {
        let path = "\(path)/\(name)"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }
}

@Suite struct ExamplesTests {
    @Test(arguments: ["talk-late.srt", "talk-25fps.srt", "talk-break.srt"])
    func `each faulty file comes out with its starts within 0.1 s of the truth`(name: String) throws {
        let truth = try SubtitleFile(path: Examples.path("talk.srt")).cues.map(\.segment.start)
        let outcome = try Examples.align(name)
        #expect(outcome.result.verdict == .aligned)
        let starts = try outcome.segments.map { try #require($0).start }
        #expect(starts.count == truth.count)
        for (start, right) in zip(starts, truth) {
            #expect((start - right).ticks.magnitude < TimeDelta.milliseconds(100).ticks.magnitude, "\(name) at \(right.clock)")
        }
    }

    @Test func `a break of twelve seconds makes two pieces that lie twelve seconds apart`() throws {
        let pieces = try Examples.align("talk-break.srt").result.map.pieces
        try #require(pieces.count == 2)
        #expect((pieces[0].offset - pieces[1].offset).approximateSeconds > 11.9)
        #expect((pieces[0].offset - pieces[1].offset).approximateSeconds < 12.1)
    }

    @Test func `correct subtitles come back byte for byte`() throws {
        let folder = try ExampleFolder()
        let output = folder.path + "/talk.srt"
        let ending = try Repository.run(["align", "Examples/talk.mkv", "Examples/talk.srt", "-o", output])
        #expect(ending.status == 0)
        #expect(try Data(contentsOf: URL(fileURLWithPath: output)) == Data(contentsOf: URL(fileURLWithPath: Examples.path("talk.srt"))))
    }

    @Test func `subtitles of another talk are refused: exit code 1 and no file`() throws {
        let folder = try ExampleFolder()
        let ending = try Repository.run(["align", "Examples/talk.mkv", "Examples/other.srt", "-o", folder.path + "/other.srt"])
        #expect(ending.status == 1)
        #expect(ending.output.isEmpty)
        #expect(folder.names.isEmpty)
    }

    @Test func `a medium that is not there is exit code 2, bad usage is 64`() throws {
        #expect(try Repository.run(["align", "nothing.mkv", "Examples/talk.srt"]).status == 2)
        #expect(try Repository.run(["align", "--nothing"]).status == 64)
    }
}
