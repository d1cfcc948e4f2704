import Testing
import Timeline

@testable import Formats

@Suite struct RTTMTests {
    private func read(_ text: String, mode: ReadingMode = .lenient) throws -> LabelReading {
        try format("rttm").read(LabelInput(Array(text.utf8), name: "talk.rttm"), ReadingOptions(mode: mode))
    }

    private func written(_ rttm: String) throws -> String {
        text(try format("rttm").write(try read(rttm).corpus)[0].bytes)
    }

    @Test func `a turn has its file, its channel, its times, its speaker and its confidence`() throws {
        let corpus = try read("SPEAKER rec 2 12.340 0.5 <NA> <NA> Ann 0.75 <NA>\n").corpus
        let document = try #require(corpus.documents.first)
        #expect(document.media.name == "rec")
        #expect(document.layers.map(\.id) == ["speaker.2"])
        #expect(document.layers[0].kind == .turns)
        let label = try #require(document.layers[0].labels.first)
        #expect(label.span == Segment(start: .milliseconds(12340), end: .milliseconds(12840)).map(Span.segment))
        #expect(label.content == .turn(SpeakerTurn(speaker: "Ann")))
        #expect(label.confidence == Confidence(0.75))
    }

    @Test func `every type becomes a label of its kind`() throws {
        let text = """
            SPKR-INFO a 1 <NA> <NA> <NA> adult_male s1 <NA>
            LEXEME a 1 1.000 0.500 hello lex s1 <NA>
            IP a 1 1.000 <NA> <NA> edit s1 <NA>
            SU a 1 1.000 0.500 <NA> statement s1 0.9
            A/P a 1 1.000 0.500 <NA> <NA> s1 <NA>

            """
        let corpus = try read(text).corpus
        #expect(corpus.documents[0].layers.map(\.id) == ["spkr-info", "lexeme", "ip", "su", "a/p"])
        #expect(corpus.documents[0].layers.map(\.kind) == [.tags, .words, .tags, .tags, .tags])
        #expect(corpus.documents[0].layers[0].labels[0].content == .tag(Tag("adult_male")))
        #expect(corpus.documents[0].layers[2].labels[0].span == .instant(.seconds(1)))
    }

    @Test(arguments: [
        ";; head\nSPEAKER a 1 1.000 0.500 <NA> <NA> s1 <NA> <NA>\n;; between\nSPEAKER b 1 2.000 0.500 <NA> <NA> s1 <NA> <NA>\nSPEAKER a 1 3.000 0.500 <NA> <NA> s1 <NA> <NA>\n;; end\n",
        "LEXEME a 1 1.00 0.50 hi lex s1 0.9500\nIP a 1 1.50 <NA> <NA> edit s1 0.1234\nSPKR-INFO a 1 <NA> <NA> <NA> child s1 <NA>\nLEXEME a 1 2.00 0.00 hi frag s1 1.0000\n",
        "SPEAKER a 1 2.8349814495 0.1000000001 <NA> <NA> s1 <NA> 0.5\nSPEAKER a 2 1.5* 2.5** <NA> <NA> s1 <NA> <NA>\n",
        "SPEAKER a 1 1.0 <NA> <NA> <NA> s1 7.5 <NA>\nSPEAKER a 1 2.0 0.0 <NA> <NA> s1 0.00001 <NA>\n",
    ]) func `lines come back as they were`(_ lines: String) throws {
        #expect(try written(lines) == lines)
    }

    @Test func `digits that a tick cannot hold are not written over a changed time`() throws {
        var corpus = try read("SPEAKER a 1 2.8349814495 1.0 <NA> <NA> s1 <NA> <NA>\n").corpus
        corpus.documents[0] = corpus.documents[0].mapped(try #require(TimeMap(shift: .seconds(1))))
        #expect(text(try format("rttm").write(corpus)[0].bytes).hasPrefix("SPEAKER a 1 3.83498144"))
    }

    @Test func `strict reading leaves out what lenient reading repairs`() throws {
        let text = "SPEAKER a 1 0,5 1.0 <NA> <NA> s1 <NA> <NA>\nSPEAKER a 1 -1.0 1.0 <NA> <NA> s1 <NA> <NA>\nSPEAKER a 1 2.0 1.0 <NA> <NA> s1\nSPEAKER a 1 3.0 1.0 <NA> <NA> s1 <NA>\n"
        #expect(try read(text).corpus.labelCount == 4)
        let strict = try read(text, mode: .strict)
        #expect(strict.corpus.labelCount == 1)
        #expect(strict.diagnostics.map(\.code) == ["rttm-comma", "rttm-negative", "rttm-fields"])
        #expect(strict.diagnostics.allSatisfy { $0.severity == .error })
    }

    @Test func `a file without a line that can be read is refused`() throws {
        let error = #expect(throws: FormatError.self) { try read("SPEAKER a 1\nhello\n") }
        #expect(error?.reason == .noLabels && error?.diagnostic.position?.line == 1)
    }

    @Test(arguments: files(under: (sharedData ?? "") + "/formats/rttm", suffix: ".rttm"))
    func `every NIST and pyannote file reads whole and comes back the same`(_ path: String) throws {
        let input = try LabelInput(path: path)
        let reading = try format("rttm").read(input)
        guard case .file(let bytes) = input.content else { return }
        let lines = LineScanner(bytes).count { !bytes.trimmed($0.range).isEmpty && !bytes.has(";;", at: bytes.trimmed($0.range).lowerBound) }
        #expect(reading.corpus.labelCount + reading.log.count(.error) == lines)
        // One file has negative durations on purpose.
        if !path.contains("nist-validator"), !path.hasSuffix("md_test13.sys.rttm") { #expect(reading.log.count(.error) == 0, "\(reading.diagnostics)") }
        let bytesAgain = try format("rttm").write(reading.corpus)[0].bytes
        let again = try format("rttm").read(LabelInput(bytesAgain, name: input.name))
        #expect(again.corpus == reading.corpus || reading.log.count(.warning) > 0)
        #expect(try format("rttm").write(again.corpus)[0].bytes == bytesAgain)
    }
}
