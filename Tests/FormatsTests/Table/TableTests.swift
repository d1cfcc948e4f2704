import Testing
import Timeline

@testable import Formats

@Suite struct TableTests {
    private func read(_ text: String, as name: String = "csv") throws -> LabelReading {
        try #require(LabelFormat(named: name)).read(LabelInput(Array(text.utf8), name: "t.\(name)"))
    }

    private func write(_ corpus: Corpus, as name: String = "csv") throws -> String { text(try #require(LabelFormat(named: name)).write(corpus)[0].bytes) }

    private func labels(_ text: String, as name: String = "csv") throws -> [Label] {
        let reading = try read(text, as: name)
        #expect(reading.diagnostics.isEmpty, "\(reading.diagnostics)")
        return reading.corpus.documents.flatMap { $0.layers.flatMap { Array($0.labels) } }
    }

    @Test func `a row is a label`() throws {
        let table = """
            media,layer,kind,begin,end,text,id,speaker,confidence,review,vocabulary,mood
            a.wav,turns,turns,0.500,1.750,"one, ""two""
            three",x-1,Ann,0.25,accepted,,glad
            a.wav,turns,turns,2.0000625,,,,Bo,,,,
            a.wav,turns,turns,3.000,3.000,"",,Bo,,,,
            b.wav,tags,tags,1.000,2.000,dog,,,,,events,""

            """
        let reading = try read(table)
        #expect(reading.diagnostics.isEmpty, "\(reading.diagnostics)")
        #expect(reading.corpus.documents.map(\.media.name) == ["a.wav", "b.wav"])
        let labels = Array(reading.corpus.documents[0].layers[0].labels)
        #expect(labels[0].content == .turn(SpeakerTurn(speaker: "Ann", text: "one, \"two\"\nthree")) && labels[0].id == "x-1" && labels[0].confidence == Confidence(0.25))
        #expect(labels[0].review == .accepted && labels[0].attributes == [Attribute("csv.mood", "glad")])
        #expect(labels[1].span == .open(Timestamp(ticks: 2 * ticksPerSecond + 44_100)) && labels[1].content == .turn(SpeakerTurn(speaker: "Bo")))
        #expect(labels[2].span == .instant(.seconds(3)) && labels[2].content == .turn(SpeakerTurn(speaker: "Bo", text: "")))
        #expect(reading.corpus.documents[1].layers[0].labels[0].content == .tag(Tag("dog", vocabulary: "events")))
        #expect(try write(reading.corpus) == table)
    }

    @Test func `tables of other programs are read by their headers`() throws {
        let event = try #require(try labels("filename\tonset\toffset\tevent_label\nx.wav\t0.5\t1.25\tSpeech\n", as: "tsv").first)
        #expect(event.content == .tag(Tag("Speech")) && event.span.end == .milliseconds(1250))
        let word = try #require(try labels("File;Start (ms);Duration ms;Transcription\nx;1500;250;hi\n".replacing(";", with: ",")).first)
        #expect(word.content == .cue(Cue(CueText("hi"))) && word.span.start == .milliseconds(1500) && word.span.end == .milliseconds(1750))
        let clock = try #require(try labels("start,end,text\r\n00:01:02.5,1:02:03,a\r\n").first)
        #expect(clock.span.start == .milliseconds(62_500) && clock.span.end == .seconds(3723))
    }

    @Test func `semicolons are seen and written again`() throws {
        let table = "media;layer;kind;begin;end;text\nx;cues;cues;1.500;2.000;a,b\n"
        let reading = try read(table)
        #expect(reading.diagnostics.map(\.code) == ["csv-separator"])
        #expect(try write(reading.corpus) == table)
        let commas = try read("begin;end;text\n1,5;2,0;a\n").corpus.documents[0].layers[0].labels[0]
        #expect(commas.span.start == .milliseconds(1500))
    }

    @Test(arguments: [
        ("1,2", "t.csv:2:1: warning: found 2 fields; expected 3, as the header has; the missing ones are empty [csv-fields]"),
        ("1,2,a,b", "t.csv:2:1: error: found 4 fields; expected 3, as the header has; the last ones are left out [csv-fields]"),
        ("x,2,a", "t.csv:2:1: error: found 'x' as begin; expected seconds such as 12.34, or a time such as 00:00:12.34; the row is left out [csv-time]"),
        ("2,1,a", "t.csv:2:1: warning: found an end before the start; expected a later end; the label stands at its start [csv-end]"),
        ("1,2,a\"b", "t.csv:2:1: warning: found a quote inside a field; expected quotes around the field, doubled inside; it is kept [csv-quote]"),
        ("1,2,\"a\n3,4,\"b", "t.csv:2:1: warning: found a quote inside a field; expected quotes around the field, doubled inside; it is kept [csv-quote]"),
        ("1,2,\"a", "t.csv:2:1: error: found a quote that never closes; expected a second quote; quotes are read as characters from here on [csv-quote]"),
        ("\n1,2,a", "t.csv:2:1: note: found a blank line; it is passed over [csv-blank]"),
    ]) func `what breaks a rule is named`(rows: String, remark: String) throws { #expect(try read("begin,end,text\n" + rows + "\n").diagnostics.map(\.description) == [remark]) }

    @Test func `kinds, scores and ids are checked`() throws {
        let reading = try read("begin,end,kind,confidence,id,review\n1,2,tracks,,,\n1,2,word,2,a-b,maybe\n1,2,word,,a-b,\n")
        #expect(reading.diagnostics.map(\.code) == ["csv-kind", "csv-confidence", "csv-review", "csv-repeated"])
        #expect(reading.corpus.labelCount == 2)
    }

    @Test func `a table without times is refused`() throws {
        let error = #expect(throws: FormatError.self) { try read("media,text\na,b\n") }
        #expect(error?.reason == .unknownFormat)
    }

    @Test(.timeLimit(.minutes(1))) func `many quotes that never close take linear time`() throws {
        let reading = try read("begin,end,text\n" + String(repeating: "1,2,\"a\"x\"\n", count: 50_000) + "1,2,\"")
        #expect(reading.corpus.labelCount > 0)
    }
}
