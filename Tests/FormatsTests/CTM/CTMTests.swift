import Testing
import Timeline

@testable import Formats

@Suite struct CTMTests {
    private func read(_ lines: String) throws -> LabelReading {
        try format("ctm").read(LabelInput(Array(lines.utf8), name: "t.ctm"))
    }

    @Test func `a word has its begin, its duration, its confidence and its speaker`() throws {
        let corpus = try read("7654 B 11.34 0.2 YES 0.75 lex Ann\n").corpus
        #expect(corpus.documents[0].media.name == "7654" && corpus.documents[0].layers[0].id == "words.B")
        let label = try #require(corpus.documents[0].layers[0].labels.first)
        #expect(label.span == Segment(start: .milliseconds(11340), end: .milliseconds(11540)).map(Span.segment))
        #expect(label.content == .word(Word("YES", speaker: "Ann")) && label.confidence == Confidence(0.75) && label.attributes.isEmpty)
    }

    /// The range of confidences is open: NIST's own description has an example of -12.38.
    @Test func `a confidence outside 0 to 1 is an attribute`() throws {
        let label = try #require(try read("a 1 1.0 0.2 x -12.38\n").corpus.documents[0].layers[0].labels.first)
        #expect(label.confidence == nil && label.attributes == [Attribute("ctm.confidence", "-12.38")])
    }

    @Test func `words of later alternatives say so`() throws {
        let reading = try read("a 1 * * <ALT_BEGIN>\na 1 1.0 0.1 a\na 1 * * <ALT>\na 1 1.0 0.1 b\na 1 * * <ALT_END>\na 1 2.0 0.1 c\n")
        #expect(reading.diagnostics.isEmpty)
        #expect(reading.corpus.documents[0].layers[0].labels.map { $0.attributes["ctm.alternative"] } == [nil, "1", nil])
    }

    @Test func `alternatives out of order and words out of order are remarked on`() throws {
        #expect(try read("a 1 * * <ALT>\na 1 1.0 0.1 a\n").diagnostics.map(\.code) == ["ctm-alternatives", "ctm-alternatives"])
        #expect(try read("a 1 2.0 0.1 a\na 1 1.0 0.1 b\n").diagnostics.map(\.code) == ["ctm-order"])
    }

    @Test func `a line that cannot be read is left out`() throws {
        let reading = try read("a 1 1.0 0.1\na 1 x 0.1 w\na 1 1.0 -0.1 w\na 1 1.0 0.1 w 0.5 lex s t\na 1 1.0 0.1 w\n")
        #expect(reading.corpus.labelCount == 1)
        #expect(reading.diagnostics.map(\.code) == ["ctm-fields", "ctm-time", "ctm-duration", "ctm-fields"])
    }
}
