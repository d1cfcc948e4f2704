import Testing
import Timeline

@testable import Formats

@Suite struct AudacityTests {
    @Test func `labels are tags of the medium that the file is named after`() throws {
        let corpus = try format("audacity").read(LabelInput(Array("0.0\t0.35\tSIL\n0.35\t0.35\tcall\n\\\t1000\t2000\n".utf8), name: "x/100_marron1.audacity.txt")).corpus
        let document = try #require(corpus.documents.first)
        #expect(document.media.name == "100_marron1")
        #expect(document.layers[0].labels.map(\.content) == [.tag(Tag("SIL")), .tag(Tag("call"))])
        #expect(document.layers[0].labels[1].span == .instant(.milliseconds(350)))
        #expect(document.layers[0].labels[1].attributes == [Attribute("audacity.frequencies", "1000\t2000")])
    }

    @Test func `labels of two media are refused`() throws {
        let corpus = try format("uem").read(LabelInput(Array("a 1 0 1\nb 1 0 1\n".utf8), name: "t.uem")).corpus
        #expect(throws: FormatError.self) { try format("audacity").write(corpus) }
    }

    @Test func `what is no label is left out`() throws {
        let reading = try format("audacity").read(LabelInput(Array("\\\t1\t2\n0.5 1.0 x\n2\t1\tx\n1\t2\tx\n".utf8), name: "t"))
        #expect(reading.corpus.labelCount == 1)
        #expect(reading.diagnostics.map(\.code) == ["audacity-frequencies", "audacity-line", "audacity-order"])
    }
}
