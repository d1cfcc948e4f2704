import Testing
import Timeline

@testable import Formats

@Suite struct UEMTests {
    @Test func `scored regions are tags of their file and channel`() throws {
        let corpus = try format("uem").read(LabelInput(Array("filename1 NA 0.000 2.000\nfilename2 1 1.0 3.5\n".utf8), name: "t.uem")).corpus
        #expect(corpus.documents.map(\.media.name) == ["filename1", "filename2"])
        #expect(corpus.documents.map { $0.layers.map(\.id) } == [["scored.NA"], ["scored"]])
        let label = try #require(corpus.documents[1].layers[0].labels.first)
        #expect(label.content == .tag(Tag("scored")) && label.span.start == .seconds(1) && label.span.end == .milliseconds(3500))
    }

    @Test func `only tags named scored are written, and the others are counted`() throws {
        let rttm = Array("SPEAKER a 1 0.0 1.0 <NA> <NA> s <NA> <NA>\nNON-SPEECH a 1 1.0 1.0 <NA> scored <NA> <NA> <NA>\nNOSCORE a 1 2.0 1.0 <NA> <NA> <NA> <NA> <NA>\n".utf8)
        let outcome = try LabelConversion(to: format("uem")).run(LabelInput(rttm, name: "a.rttm"))
        #expect(text(outcome.files[0].bytes) == "a 1 1.000 2.000\n")
        #expect(outcome.loss[.labels]?.count == 2)
    }
}
