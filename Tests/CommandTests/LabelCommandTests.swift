import Foundation
import Testing

@testable import slate

/// `slate convert` and `slate check` as programs.
@Suite struct LabelCommandTests {
    private let folder: ExampleFolder

    init() throws { folder = try ExampleFolder() }

    private func file(_ name: String, _ text: String) throws -> String { try folder.file(name, text) }

    private func slate(_ arguments: String...) throws -> Repository.Ending { try Repository.run(arguments) }
    private func text(_ name: String) throws -> String { try String(contentsOfFile: "\(folder.path)/\(name)", encoding: .utf8) }

    private static let turns = "SPEAKER talk 1 0.500 1.250 <NA> <NA> ann 0.75 <NA>\nSPEAKER talk 1 2.000 1.000 <NA> <NA> bob <NA> <NA>\n"
    private static let cues = "1\n00:00:01,000 --> 00:00:02,000\nHello\n\n2\n00:00:03,000 --> 00:00:04,500\nWorld\n"

    @Test func `a conversion counts what is lost`() throws {
        let ending = try slate("convert", try file("talk.rttm", Self.turns), folder.path + "/talk.srt", "--json")
        #expect(ending.status == 0)
        #expect(ending.errors.contains("what SubRip cannot hold"))
        #expect(ending.output.contains("\"feature\":\"speaker\",\"count\":2"))
        #expect(ending.output.contains("\"feature\":\"confidence\",\"count\":1"))
        #expect(try text("talk.srt").contains("00:00:00,500 --> 00:00:01,750"))
    }

    @Test func `strict writes nothing when something would be lost`() throws {
        let ending = try slate("convert", try file("talk.rttm", Self.turns), folder.path + "/talk.srt", "--strict")
        #expect(ending.status == 1)
        #expect(folder.names == ["talk.rttm"])
    }

    @Test func `several inputs go to a folder, and a bad one does not stop the others`() throws {
        let paths = [try file("a.srt", Self.cues), try file("b.bin", "\u{1}\u{2}"), try file("c.srt", Self.cues)]
        let ending = try Repository.run(["convert"] + paths + [folder.path + "/out", "--to", "vtt"])
        #expect(ending.status == 1)
        #expect(ending.errors.contains("b.bin"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/out").sorted() == ["a.vtt", "c.vtt"])
    }

    @Test func `labels of several media become a file each in a folder`() throws {
        let both = Self.turns + "SPEAKER ../x/y 1 0 1 <NA> <NA> eve <NA> <NA>\n"
        let ending = try slate("convert", try file("all.rttm", both), folder.path + "/out/", "--to", "vtt")
        #expect(ending.status == 0, "\(ending.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/out").sorted() == ["_.._x_y.vtt", "talk.vtt"])
    }

    /// The input is larger than the pieces in which it is read.
    @Test func `formats of lines are converted piece by piece, to the same bytes`() throws {
        let lines = (0..<20_000).map { "SPEAKER talk 1 \($0).500 0.250 <NA> <NA> ann <NA> <NA>\n" }.joined()
        let path = try file("talk.rttm", lines)
        #expect(try slate("convert", path, folder.path + "/talk.stm").status == 0)
        #expect(try text("talk.stm") == (try slate("convert", path, "-", "--to", "stm").output))
        #expect(try slate("convert", path, folder.path + "/strict.uem", "--strict").status == 1)
        #expect(!folder.names.contains("strict.uem"))
        let latin = folder.path + "/latin.rttm"
        try Data(lines.utf8 + [UInt8]("SPEAKER talk 1 30000 1 <NA> <NA> J".utf8) + [0xFC] + [UInt8]("rg <NA> <NA>\n".utf8)).write(to: URL(fileURLWithPath: latin))
        #expect(try slate("convert", latin, folder.path + "/latin.stm").status == 0)
        #expect(try text("latin.stm").contains("Jürg"))
    }

    /// 1 s and 4.5 s by 25 over 24000/1001: 1.0427083… and 4.6921875; less half a second.
    @Test func `times are scaled, shifted and cut`() throws {
        let ending = try slate("convert", try file("a.srt", Self.cues), "-", "--to", "vtt", "--scale", "25/23.976", "--shift", "-0.5")
        #expect(ending.output.contains("00:00:00.543 --> 00:00:01.585"))
        #expect(ending.output.contains("00:00:02.628 --> 00:00:04.192"))
        let part = try slate("convert", folder.path + "/a.srt", "-", "--to", "vtt", "--cut", "1.5-3.5")
        #expect(part.output.contains("00:00:00.000 --> 00:00:00.500"))
        #expect(part.output.contains("00:00:01.500 --> 00:00:02.000"))
    }

    /// An hour of 30000/1001 in drop-frame code is 107892 frames: 3599.9964 s.
    @Test func `drop-frame time code of the start is taken off`() throws {
        let late = "WEBVTT\n\n01:00:00.996 --> 01:00:01.996\nHello\n"
        let ending = try slate("convert", try file("a.vtt", late), "-", "--to", "srt", "--origin", "01:00:00;00", "--rate", "30000/1001")
        #expect(ending.output.contains("00:00:01,000 --> 00:00:02,000"), "\(ending.errors)")
    }

    @Test func `files are joined behind one another`() throws {
        let ending = try slate("convert", try file("a.srt", Self.cues), "-", "--to", "srt", "--join", folder.path + "/a.srt@10")
        #expect(ending.output.contains("00:00:11,000 --> 00:00:12,000"))
        #expect(ending.output.components(separatedBy: "Hello").count == 3)
    }

    @Test func `the input is never written over, and an output only when asked`() throws {
        let path = try file("a.srt", Self.cues)
        #expect(try slate("convert", path, path, "--replace").status == 2)
        let other = try file("b.vtt", "mine")
        #expect(try slate("convert", path, other).status == 2)
        #expect(try text("b.vtt") == "mine")
        #expect(try slate("convert", path, other, "--replace").status == 0)
        #expect(try text("a.srt") == Self.cues)
    }

    @Test func `check shows the line with a caret and ends in 1`() throws {
        let path = try file("a.srt", "1\n00:00:xx,000 --> 00:00:02,000\nHello\n\n2\n00:00:03,000 --> 00:00:04,500\nWorld\n")
        let ending = try slate("check", path)
        #expect(ending.status == 1)
        #expect(ending.output.contains("\(path):2:1: error: "))
        #expect(ending.output.contains("    2 | 00:00:xx,000 --> 00:00:02,000\n      | ^"))
        #expect(try slate("check", try file("good.srt", Self.cues)).status == 0)
    }

    @Test func `check writes SARIF and JSON lines`() throws {
        let path = try file("a.srt", "1\n00:00:xx,000 --> 00:00:02,000\nHello\n")
        let sarif = try JSONSerialization.jsonObject(with: Data(try slate("check", "--sarif", path).output.utf8)) as? [String: Any]
        #expect(sarif?["version"] as? String == "2.1.0")
        let lines = try slate("check", "--json", path).output.split(separator: "\n")
        for line in lines { #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) } }
        #expect(lines.last?.contains("\"passed\":false") == true)
    }

    @Test(arguments: [["one.srt"], ["a.srt", "b.srt", "-", "--to", "vtt"], ["a.srt", "b.srt", "out"], ["a.srt", "-", "--json"], ["a.srt", "b.unknown"]])
    func `what cannot be meant is bad usage`(arguments: [String]) throws {
        #expect(try Repository.run(["convert"] + arguments).status == 64)
    }
}
