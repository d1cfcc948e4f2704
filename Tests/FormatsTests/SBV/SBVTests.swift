import Testing
import Timeline

@testable import Formats

@Suite struct SBVTests {
    private func read(_ lines: String, mode: ReadingMode = .lenient) throws -> LabelReading {
        try format("sbv").read(LabelInput(Array(lines.utf8), name: "film.sbv"), ReadingOptions(mode: mode))
    }

    @Test func `a cue has its times and its lines`() throws {
        let document = try #require(try read("0:00:01.000,0:01:02.500\none[br]two\nthree\n").corpus.documents.first)
        let label = try #require(document.layers[0].labels.first)
        #expect(document.media.name == "film")
        #expect(label.span == Segment(start: .seconds(1), end: .milliseconds(62500)).map(Span.segment))
        #expect(label.content.plainText == "one\ntwo\nthree")
    }

    @Test func `slips are repaired, and refused in strict mode`() throws {
        let slips = "00:01.000,00:02.000\na\n0:00:05.000,0:00:04.000\nb\n"
        #expect(try read(slips).diagnostics.map(\.code) == ["sbv-stamp", "sbv-blank", "sbv-order"])
        #expect(throws: FormatError.self) { try read(slips, mode: .strict) }
    }

    @Test(.enabled(if: sharedData != nil)) func `a text without times is left out with an error`() throws {
        let folder = (sharedData ?? "") + "/formats/sbv"
        let reading = try format("sbv").read(LabelInput(path: folder + "/missing_timeframe.sbv"))
        #expect(reading.corpus.documents[0].layers[0].labels.map(\.content.plainText) == [1, 3, 4, 5].map { "Caption text #\($0)" })
        #expect(reading.diagnostics.map(\.code) == ["sbv-stray", "sbv-order"])
        #expect(throws: FormatError.self) { try format("sbv").read(LabelInput(path: folder + "/invalid_format.sbv")) }
    }

    @Test func `a line that reads as times does not become a cue`() throws {
        let corpus = Corpus([Document(media: Media(name: "m"), layers: [Layer(id: "c", kind: .cues, labels: [Label(id: "c1", span: .instant(.zero), content: .cue(Cue(CueText("a\n0:00:01.000,0:00:02.000\n\nb"))))])])])
        #expect(try read(text(format("sbv").write(corpus)[0].bytes)).corpus.labelCount == 1)
    }
}
