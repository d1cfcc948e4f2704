import Cues
import Formats
import Foundation
import Testing
import Timeline

@testable import slate

@Suite struct CueCommandTests {
    private static func document(_ text: String, _ format: String) throws -> Document {
        let input = LabelInput(Array(text.utf8), name: "words.\(format)")
        return try #require(try LabelFormat(named: format)?.read(input).corpus.documents.first)
    }

    @Test func `words of CTM become a cue, and marks join the word before them`() throws {
        let document = try Self.document("a 1 1.00 0.30 Hello\na 1 1.30 0.05 ,\na 1 1.40 0.40 world.\n", "ctm")
        let words = try WordLabels.words(of: document, layer: nil, file: "words.ctm")
        #expect(words.map(\.text) == ["Hello,", "world."])
        let cues = CueMaker.cues(words, rules: try #require(CueRules.named("netflix")))
        #expect(cues.map(\.texts) == [["Hello, world."]])
        let runs = cues[0].cue(withTimes: true).text.runs
        #expect(runs.map(\.text) == ["Hello, ", "world."])
        #expect(runs.map(\.appears) == [nil, .milliseconds(1400)])
    }

    @Test func `times inside WebVTT cues are words`() throws {
        let document = try Self.document("WEBVTT\n\n00:01.000 --> 00:03.000\nOne <00:02.000>two three\n", "vtt")
        let words = try WordLabels.words(of: document, layer: nil, file: "a.vtt")
        #expect(words.map(\.text) == ["One", "two", "three"])
        #expect(words[1].start == .milliseconds(2000) && words[2].end == .milliseconds(3000))
    }

    @Test func `labels without words are refused with what would help`() throws {
        let document = try Self.document("WEBVTT\n\n00:01.000 --> 00:03.000\nOne two\n", "vtt")
        #expect(throws: FormatError.self) { try WordLabels.words(of: document, layer: nil, file: "a.vtt") }
        #expect(throws: FormatError.self) { try WordLabels.words(of: document, layer: "x", file: "a.vtt") }
    }

    @Test func `a broken rule is remarked at its line and column`() throws {
        let text = "1\n00:00:01,000 --> 00:00:06,000\nshort\n" + String(repeating: "x", count: 50) + "\n\n2\n00:00:06,010 --> 00:00:06,100\nNo.\n"
        let input = LabelInput(Array(text.utf8), name: "a.srt")
        let reading = try #require(try LabelFormat(named: "srt")?.read(input))
        let log = RuleCheck(rules: try #require(CueRules.named("netflix"))).remarks(input, reading, encoding: nil)
        #expect(log.diagnostics.map(\.code) == ["rule-columns", "rule-gap", "rule-short", "rule-speed"])
        #expect(log.diagnostics.map(\.position) == [4, 2, 7, 7].enumerated().map { Optional(TextPosition(line: $1, column: $0 == 0 ? 43 : 1)) })
        #expect(log.diagnostics[0].found == "50 columns" && log.diagnostics[0].expected == "at most 42")
        #expect(log.diagnostics.allSatisfy { $0.suggestion != nil })
    }

    @Test func `a rule file extends a built-in and says what is wrong with it`() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("cue-rules-\(UInt64.random(in: 0...UInt64.max)).json").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        func rules(_ text: String) throws -> CueRules {
            try AtomicFile.write(Array(text.utf8), to: path, replaces: true)
            return try CueRuleFile.rules(path, language: nil)
        }
        let house = try rules(#"{"name": "house", "extends": "bbc", "language": "de", "columns-per-line": 40, "chaining": null, "frame-rate": "30000/1001"}"#)
        #expect(house.name == "house" && house.language == "de" && house.columnsPerLine == 40 && house.chaining == nil)
        #expect(house.timePerWord == .milliseconds(300) && house.frameRate == FrameRate(30000, over: 1001))
        for bad in [#"{"columns": 40}"#, #"{"columns-per-line": 0}"#, #"{"extends": "nobody"}"#, #"{"chaining": "long"}"#, "[]"] {
            #expect(throws: FormatError.self, "\(bad)") { try rules(bad) }
        }
    }
}
