import Testing
import Timeline

@testable import Formats

@Suite struct STMTests {
    private func read(_ lines: String) throws -> Document {
        try #require(try format("stm").read(LabelInput(Array(lines.utf8), name: "t.stm")).corpus.documents.first)
    }

    @Test func `a stretch has its speaker, its labels and its transcript`() throws {
        let document = try read("2345 A 2345-a 0.1 2.03 <o,f0,male> uh { a / b }  huh\n")
        let label = try #require(document.layers[0].labels.first)
        #expect(document.media.name == "2345" && document.layers[0].id == "turns.A")
        #expect(label.content == .turn(SpeakerTurn(speaker: "2345-a", text: "uh { a / b }  huh")))
        #expect(label.span == Segment(start: .milliseconds(100), end: .milliseconds(2030)).map(Span.segment))
        #expect(label.attributes == [Attribute("stm.labels", "o,f0,male")])
    }

    @Test func `a stretch that scoring ignores is a tag`() throws {
        let document = try read("a 1 inter_segment_gap 0.0 1.0 <o> ignore_time_segment_in_scoring\na 1 s 1.0 2.0 hi\n")
        #expect(document.layers.map(\.id) == ["unscored", "turns"])
        #expect(document.layers[0].labels[0].content == .tag(Tag("unscored")))
        #expect(document.layers[0].labels[0].attributes["stm.speaker"] == "inter_segment_gap")
    }

    @Test func `a cue becomes a stretch of one line`() throws {
        let outcome = try LabelConversion(to: format("stm")).run(LabelInput(Array("1\n00:00:01,000 --> 00:00:02,500\n<x> two\nlines\n".utf8), name: "a.srt"))
        #expect(text(outcome.files[0].bytes) == "a 1 <NA> 1.000 2.500 <> <x> two lines\n")
        #expect(outcome.loss[.text]?.count == 1 && outcome.loss[.kind]?.count == 1)
    }
}
