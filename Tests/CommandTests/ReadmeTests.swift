import Batch
import Formats
import Foundation
import Testing

@Suite struct ReadmeTests {
    @Test func `the outputs shown are those of the program, up to their figures`() throws {
        let lines = try Repository.text("README.md").components(separatedBy: "\n").filter { $0.hasPrefix("    ") }
        let starts = lines.indices.filter { lines[$0].hasPrefix("    $ slate ") }
        #expect(starts.count == 2)
        for start in starts {
            let shown = lines[(start + 1)...].prefix { $0.hasPrefix("    Examples/") || $0.hasPrefix("      ") }
            let ending = try run(lines[start])
            let said = (ending.output + ending.errors).split(separator: "\n").map { "    " + $0 }
            #expect(said.map(withoutFigures) == shown.map(withoutFigures))
            #expect(ending.status == (said.joined().contains("refused") ? 1 : 0))
        }
    }

    @Test func `the first command stands within the first forty lines, and so do both make commands`() throws {
        let head = try Repository.text("README.md").components(separatedBy: "\n").prefix(40).joined(separator: "\n")
        for line in ["$ slate align", "    make demo", "    make test", "does not do yet"] { #expect(head.contains(line), "\(line)") }
    }

    @Test func `the library example is the one compiled here`() throws {
        let readme = try Repository.text("README.md")
        let block = try #require(readme.firstMatch(of: /```swift\n((?:.|\n)*?)```/)).1
        let compiled = try String(contentsOfFile: #filePath, encoding: .utf8)
        let function = try #require(block.firstRange(of: "/// Writes")).lowerBound
        #expect(compiled.contains(block[function...]))
        for line in block[..<function].split(separator: "\n") { #expect(compiled.contains("\(line)\n")) }
    }

    @Test func `the library example puts subtitles on time and refuses foreign ones`() throws {
        let folder = try ExampleFolder()
        let talk = Examples.path("talk.mkv")
        #expect(try putOnTime(Examples.path("talk-late.srt"), to: talk, writing: folder.path + "/talk.srt"))
        #expect(try !putOnTime(Examples.path("other.srt"), to: talk, writing: folder.path + "/other.srt"))
        #expect(folder.names == ["talk.srt"])
    }

    /// Runs a command line of the README, with its output in a folder of its own.
    private func run(_ line: String) throws -> Repository.Ending {
        let folder = try ExampleFolder()
        var words = Array(CommandLines.split(line).drop { $0 != "slate" }.dropFirst())
        if let option = words.firstIndex(of: "-o") { words[option + 1] = folder.path + "/" + words[option + 1] }
        return try Repository.run(words)
    }

    /// A change of figures is no change of words: digits become one letter.
    private func withoutFigures(_ line: String) -> String { line.replacing(/[0-9]+/, with: "n") }
}

/// Writes the subtitles on the time of the media, unless they do not belong to it.
func putOnTime(_ subtitles: String, to media: String, writing output: String) throws -> Bool {
    let file = try SubtitleFile(path: subtitles)
    let reference = SubtitleAlignment.Reference.sound(path: media, track: nil, language: nil)
    let outcome = try SubtitleAlignment(reference: reference, subtitles: file).run()
    guard outcome.result.verdict != .foreign else { return false }
    try AtomicFile.write(file.retimed(outcome.segments, inner: outcome.inner()), to: output)
    return true
}
