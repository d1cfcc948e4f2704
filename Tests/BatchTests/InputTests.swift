import Foundation
import Testing

@testable import Batch

@Suite struct InputFinderTests {
    private func tree() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for name in [
            "b.mkv", "a/2.srt", "a/10.srt", "a/.hidden.srt", ".git/x.srt", "out/b.srt", "a/deep/c.MP4", "notes.txt",
            "a/._2.srt",
        ] {
            try folder.write(name, "")
        }
        return folder
    }

    @Test func `folders are searched to any depth in byte order, without hidden names and the output`() throws {
        let folder = try tree()
        let files = try InputFinder(excludedFolders: [folder.path + "/out"]).files(in: [folder.path])
        #expect(files.map(\.relativePath) == ["a/10.srt", "a/2.srt", "a/deep/c.MP4", "b.mkv", "notes.txt"])
        #expect(files.map(\.kind) == [.subtitles, .subtitles, .media, .media, nil])
    }

    @Test func `a link back to its own folder does not go round for ever`() throws {
        let folder = try tree()
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/a/loop", withDestinationPath: folder.path)
        #expect(try InputFinder().files(in: [folder.path]).count == 6)
    }

    @Test func `a file named twice is taken once`() throws {
        let folder = try tree()
        #expect(
            try InputFinder().files(in: [folder.path + "/b.mkv", folder.path + "/./a/../b.mkv", folder.path]).count == 6
        )
    }

    @Test func `a pattern gives the files below its fixed part`() throws {
        let folder = try tree()
        #expect(
            try InputFinder().files(in: [folder.path + "/**/*.srt"]).map(\.relativePath) == [
                "a/10.srt", "a/2.srt", "out/b.srt",
            ])
        #expect(try InputFinder().files(in: [folder.path + "/a/?.srt"]).map(\.relativePath) == ["2.srt"])
        #expect(throws: BatchError.nothingMatches(pattern: folder.path + "/*.vtt")) {
            try InputFinder().files(in: [folder.path + "/*.vtt"])
        }
    }

    @Test func `a path that does not exist is named`() {
        #expect(throws: BatchError.unreadable(path: "/no/such", reason: "No such file or directory")) {
            try InputFinder().files(in: ["/no/such"])
        }
    }

    @Test(arguments: [
        ("*.srt", "a.srt", true), ("*.srt", "a/b.srt", false), ("**/*.srt", "b.srt", true),
        ("**/*.srt", "x/y/b.srt", true),
        ("a/**", "a/b/c", true), ("[a-c]?.srt", "b1.srt", true), ("[!a-c]*.srt", "b1.srt", false), ("[]]x", "]x", true),
        ("*a*a*a*b", String(repeating: "a", count: 200), false), ("S[0-9][0-9]", "S01", true), ("[x", "[x", true),
    ])
    func `patterns match as in a shell`(pattern: String, path: String, expected: Bool) {
        #expect(GlobPattern(pattern).matches(path) == expected)
    }
}

@Suite struct BatchPlanTests {
    private func pair(_ media: String, _ subtitles: String) -> MediaPair {
        MediaPair(
            media: InputFile(path: "/in/" + media, relativePath: media),
            subtitles: InputFile(path: "/in/" + subtitles, relativePath: subtitles), language: nil, basis: .name)
    }

    @Test func `outputs mirror the folders and keep the subtitles' names`() throws {
        let pairs = [pair("a/x.mkv", "a/x.en.srt"), pair("x.mkv", "x.pt-BR.vtt")]
        #expect(
            try BatchPlan(pairs: pairs, outputFolder: "out").items.map(\.output) == [
                "out/a/x.en.srt", "out/x.pt-BR.vtt",
            ])
        #expect(
            try BatchPlan(pairs: pairs, outputFolder: "out", suffix: "ass").items.map(\.output) == [
                "out/a/x.en.ass", "out/x.pt-BR.ass",
            ])
    }

    @Test func `two subtitle files for one output are refused before the start`() {
        let error = #expect(throws: BatchError.self) {
            try BatchPlan(pairs: [pair("x.mkv", "x.srt"), pair("x.mkv", "x.vtt")], outputFolder: "out", suffix: "vtt")
        }
        #expect(error == .outputCollision(output: "out/x.vtt", first: "/in/x.srt", second: "/in/x.vtt"))
        #expect(
            error?.description.hasPrefix("out/x.vtt: both '/in/x.srt' and '/in/x.vtt' would be written here") == true)
    }

    @Test func `an output that is an input is refused, also through a link`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("subs/x.srt", "")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/link", withDestinationPath: folder.path + "/subs")
        let pair = MediaPair(
            media: InputFile(path: folder.path + "/x.mkv", relativePath: "x.mkv"),
            subtitles: InputFile(path: path, relativePath: "x.srt"), language: nil, basis: .name)
        #expect(throws: BatchError.outputIsInput(path: folder.path + "/link/x.srt")) {
            try BatchPlan(pairs: [pair], outputFolder: folder.path + "/link")
        }
    }

    @Test func `a manifest's rows keep their folders, their outputs and their languages`() throws {
        let manifest = try Manifest(
            bytes: Array(
                "media,subtitles,output,language\na.mkv,s/a.en.srt,,\nb.mkv,/x/b.srt,,de\nc.mkv,../c.srt,d/e.srt,\n"
                    .utf8),
            file: "list.csv")
        let items = try BatchPlan(manifest: manifest, outputFolder: "out").items
        #expect(items.map(\.output) == ["out/s/a.en.srt", "out/b.srt", "out/d/e.srt"])
        #expect(items.map(\.language) == ["en", "de", nil])
    }
}

@Suite struct StaleFileTests {
    @Test func `temporaries of this plan's outputs are removed and nothing else`() async throws {
        let batch = try MadeUpBatch(count: 2)
        let kept = ["out/.0.srt.part", "out/.other.srt.1abc.part", "out/0.srt.1abc.part", "out/.1.srt.toolongtag.part"]
        for name in kept + ["out/.0.srt.1abc.part", "out/.1.srt.zik0zi.part"] { try batch.folder.write(name, "x") }
        _ = try await batch.run()
        let left = batch.folder.list().filter { $0.hasSuffix(".part") }
        #expect(left == kept.sorted())
    }
}
