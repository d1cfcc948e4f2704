import Testing
import Timeline

@testable import Formats

@Suite struct WebDatasetTests {
    private func archive(_ files: [(String, String)]) -> [UInt8] {
        var tar = TarWriter()
        for (path, content) in files { tar.add(path, Array(content.utf8)) }
        tar.finish()
        return tar.bytes
    }

    private func read(_ bytes: [UInt8]) throws -> LabelReading {
        let input = LabelInput(bytes, name: "s.tar")
        #expect(try LabelFormat.detect(input).name == "webdataset")
        return try #require(LabelFormat(named: "webdataset")).read(input)
    }

    private func write(_ corpus: Corpus) throws -> [UInt8] { try #require(LabelFormat(named: "webdataset")).write(corpus)[0].bytes }

    private let files = [
        ("a/1.json", "{\"text\": \"hi\", \"start\": 0.5, \"end\": 1.5, \"lang\": \"en\"}"), ("a/1.txt", "hi"), ("a/1.cls", "7"),
        ("a/2.json", "[{\"sentence\": \"x\", \"speaker\": \"Ann\", \"duration\": 2.0}, {}]"), ("b.txt", "only text"),
    ]

    @Test func `a sample is a document`() throws {
        let reading = try read(archive(files))
        #expect(reading.diagnostics.isEmpty, "\(reading.diagnostics)")
        #expect(reading.corpus.documents.map(\.media.name) == ["a/1", "a/2", "b"])
        let first = reading.corpus.documents[0].layers
        #expect(first.map(\.id) == ["samples", "cls"] && first[0].labels[0].content == .cue(Cue(CueText("hi"))) && first[1].labels[0].content == .tag(Tag("7")))
        #expect(first[0].labels[0].span == .segment(try #require(Segment(start: .milliseconds(500), end: .milliseconds(1500)))))
        let second = reading.corpus.documents[1].layers[0].labels
        #expect(second.map(\.content) == [.turn(SpeakerTurn(speaker: "Ann", text: "x")), .turn(SpeakerTurn(speaker: ""))])
        #expect(reading.corpus.documents[2].layers[0].labels[0].content.plainText == "only text")
    }

    @Test func `a shard comes back byte for byte`() throws { #expect(try write(try read(archive(files)).corpus) == archive(files)) }

    @Test func `labels of other formats are read, media passed over`() throws {
        let reading = try read(archive([("k.wav", "RIFF"), ("k.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nhello\n"), ("k.rttm", "SPEAKER k 1 1.0 2.0 <NA> <NA> Ann <NA> <NA>\n")]))
        let document = try #require(reading.corpus.documents.first)
        #expect(reading.diagnostics.map(\.code) == ["webdataset-beside"])
        #expect(document.layers.map(\.kind) == [.cues, .turns] && document.problems().isEmpty)
        let again = try read(try write(reading.corpus)).corpus
        #expect(again == reading.corpus)
    }

    @Test func `names and files that break a rule are named`() throws {
        let reading = try read(archive([("a.json", "{}"), ("a.json", "{}"), ("b.txt", "x"), ("a.cls", "1"), ("c.json", "{\"text\": }"), ("noending", ""), (".hidden", "")]))
        #expect(Set(reading.diagnostics.map(\.code)) == ["webdataset-repeated", "webdataset-order", "webdataset-entry", "webdataset-name"])
        #expect(reading.diagnostics.contains { $0.description == "s.tar/c.json:1:10: error: found '}'; expected a value; the file is left out [webdataset-entry]" }, "\(reading.diagnostics)")
        #expect(reading.corpus.documents.map(\.labelCount) == [2, 1, 0])
    }

    @Test func `what is said of the whole is kept where WebDataset does not look`() throws {
        let corpus = Corpus([Document(media: Media(name: "x.y"))], attributes: [Attribute("rttm.comment", ";; a")])
        #expect(try read(try write(corpus)).corpus == corpus)
    }
}

/// Shards of the shared data: one that webdataset wrote, and hostile ones.
@Suite(.enabled(if: sharedData != nil, "the shared test data is not here")) struct WebDatasetDataTests {
    private let folder = (sharedData ?? "") + "/formats"

    private func read(_ path: String) throws -> LabelReading { try #require(LabelFormat(named: "webdataset")).read(try LabelInput(path: "\(folder)/\(path)")) }

    @Test func `a shard holds what webdataset reads of it`() throws {
        var log = DiagnosticLog(file: "t")
        let expected = try JSONReader.read(try BoundedFile.read(folder + "/columnar/shard-000000.expected.json", limit: 1 << 20), log: &log).array ?? []
        let documents = try read("columnar/shard-000000.tar").corpus.documents
        #expect(documents.map(\.media.name) == expected.map { $0["__key__"]?.string } && documents.count == 5)
        for (document, wanted) in zip(documents, expected) {
            let record = try JSONReader.read(Array((wanted["json"]?.string ?? "").utf8), log: &log)
            let label = document.layers[0].labels[0]
            #expect(label.content.plainText == record["text"]?.string && document.attributes["webdataset:text"] == "txt")
            #expect(label.span.start.approximateSeconds == record["start"]?.double && label.span.end.approximateSeconds == record["end"]?.double)
            #expect(document.layers[1].labels[0].content.plainText == wanted["cls"]?.string)
        }
    }

    @Test func `hostile archives get their stated reactions`() throws {
        let error = #expect(throws: FormatError.self) { try read("hostile/tar/slip.tar") }
        #expect(error?.diagnostic.found.contains("../../evil.json") == true)
        let repeated = try read("hostile/tar/dup.tar")
        #expect(repeated.corpus.documents.count == 1 && repeated.corpus.labelCount == 1 && repeated.diagnostics.map(\.code) == ["webdataset-repeated"])
        let cut = try read("hostile/tar/cut.tar")
        #expect(cut.corpus.documents.isEmpty && cut.diagnostics.map(\.code) == ["tar-cut"])
    }
}
