import Foundation
import Testing

@testable import slate

/// `slate agree` as a program.
@Suite struct AgreeCommandTests {
    private let folder: ExampleFolder

    init() throws { folder = try ExampleFolder() }

    private func file(_ name: String, _ text: String) throws -> String { try folder.file(name, text) }

    private func slate(_ arguments: String...) throws -> Repository.Ending { try Repository.run(arguments) }

    private func turns(_ rows: [(String, Double, Double, String)]) -> String {
        rows.map { "SPEAKER \($0.0) 1 \($0.1) \($0.2) <NA> <NA> \($0.3) <NA> <NA>\n" }.joined()
    }

    private static let rows = [("one", 0.5, 4.0, "ann"), ("one", 5.0, 3.0, "bob"), ("two", 1.0, 2.0, "ann"), ("three", 0.0, 6.0, "bob")]

    /// Cohen 1960, p. 45, as a table of 200 items.
    private var cohen: String {
        let counts = [(1, 1, 88), (1, 2, 14), (1, 3, 18), (2, 1, 10), (2, 2, 40), (2, 3, 10), (3, 1, 2), (3, 2, 6), (3, 3, 12)]
        return "x,y\n" + counts.map { String(repeating: "\($0.0),\($0.1)\n", count: $0.2) }.joined()
    }

    @Test func `Cohen's own example has kappa .4915, with an interval that repeats`() throws {
        let path = try file("cohen.csv", cohen)
        let first = try slate("agree", path, "--measure", "kappa", "--json", "--seed", "3")
        #expect(first.status == 0, "\(first.errors)")
        #expect(first.output.contains("\"measure\":\"kappa\",\"value\":0.49152542372881"))
        #expect(first.output.contains("\"annotators\":[\"x\",\"y\"],\"recordings\":null,\"labels\":400"))
        #expect(first.errors.contains("intervals are over items"))
        #expect(try slate("agree", path, "--measure", "kappa", "--json", "--seed", "3").output == first.output)
        #expect(try slate("agree", path, "--measure", "kappa", "--json", "--seed", "4").output != first.output)
    }

    @Test func `a table with gaps, numbers and recordings, in any separator`() throws {
        let table = "item;recording;x;y;z\n1;a;1;1;2\n2;a;2;2;2\n3;b;3;3;3\n4;b;NA;4;4\n5;c;1.0;1;\n"
        let ending = try slate("agree", try file("t.csv", table), "--measure", "alpha-ordinal", "--measure", "icc21", "--categories")
        #expect(ending.status == 1)
        #expect(ending.output.hasPrefix("3 annotators, 3 recordings, 13 labels\nalpha-ordinal "))
        #expect(ending.output.contains("icc21            undefined: an annotator did not rate every item"))
        #expect(ending.output.contains("1 / 2            2, 100.0 % of all disagreement"))
    }

    @Test func `equal labels agree throughout, whatever the format`() throws {
        let one = try file("a.rttm", turns(Self.rows))
        #expect(try slate("convert", one, folder.path + "/b.csv").status == 0)
        let ending = try slate("agree", one, folder.path + "/b.csv")
        #expect(ending.status == 0, "\(ending.errors)")
        for measure in ["percent", "kappa", "alpha", "f1", "boundary-f1", "alpha-u", "gamma", "gamma-cat"] {
            let line = ending.output.split(separator: "\n").first { $0.hasPrefix(measure + " ") }
            #expect(line?.contains("1.0000") == true, "\(measure): \(line ?? "missing")")
        }
        #expect(ending.output.hasPrefix("2 annotators, 3 recordings, 8 labels\n"))
    }

    @Test func `a shifted turn costs its time in kappa and its boundaries`() throws {
        let one = try file("a.rttm", turns([("talk", 0, 4, "ann"), ("talk", 6, 4, "bob")]))
        let two = try file("b.rttm", turns([("talk", 1, 4, "ann"), ("talk", 6, 4, "bob")]))
        let ending = try slate("agree", one, two, "--measure", "percent", "--measure", "boundary-f1", "--measure", "f1", "--overlap", "0.7", "--categories")
        #expect(ending.output.contains("percent          0.8000\nboundary-f1      0.5000\nf1               0.5000\n"), "\(ending.output)")
        #expect(ending.output.contains("- / ann          2 s, 100.0 % of all disagreement"))
        #expect(ending.errors.contains("one recording: no intervals"))
    }

    @Test func `a recording that one annotator lacks is left out and named`() throws {
        let one = try file("a.rttm", turns(Self.rows)), two = try file("b.rttm", turns(Array(Self.rows.dropLast())))
        let ending = try slate("agree", one, two)
        #expect(ending.status == 1)
        #expect(ending.errors.contains("'three' is not in every file"))
        #expect(ending.output.hasPrefix("2 annotators, 2 recordings"))
    }

    @Test func `subtitles agree by their words`() throws {
        let one = try file("a.srt", "1\n00:00:01,000 --> 00:00:02,000\nthe cat sat\n"), two = try file("b.srt", "1\n00:00:01,000 --> 00:00:02,000\nthe cat\n")
        let ending = try slate("agree", one, two, "--measure", "wer", "--json")
        #expect(ending.output.contains("\"measure\":\"wer\",\"value\":0.4,"), "\(ending.output)")
    }

    @Test func `what cannot be compared says why`() throws {
        let one = try file("a.rttm", turns(Self.rows))
        let cases: [([String], String)] = [
            (["agree", one, folder.path + "/none.rttm"], "No such file"), (["agree", one, one, "--measure", "icc21"], "icc21 needs a table"),
            (["agree", try file("t.csv", "x,y\n1,2\n"), "--measure", "gamma"], "gamma needs label files"),
            (["agree", try file("u.csv", "item,x\n1,2\n")], "found 1 columns of annotators"),
            (["agree", try file("v.csv", "x,y\n1,2,3\n")], "v.csv:2:1: error: found 3 fields; expected 2"),
            (["agree", try file("w.csv", "x,x\n1,2\n")], "two columns named 'x'"), (["agree", one, one, "--kind", "cues"], "no labels of one kind"),
        ]
        for (arguments, message) in cases {
            let ending = try Repository.run(arguments)
            #expect(ending.status == 2 && ending.output.isEmpty, "\(arguments)")
            #expect(ending.errors.contains(message), "\(ending.errors)")
        }
        for arguments in [["agree", one, one, "--overlap", "0"], ["agree", one, one, "--confidence", "1"], ["agree", one, one, "--kind", "tracks"]] {
            #expect(try Repository.run(arguments).status == 64)
        }
    }
}
