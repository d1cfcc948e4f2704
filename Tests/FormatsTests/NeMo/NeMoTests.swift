import Testing
import Timeline

@testable import Formats

@Suite struct NeMoTests {
    private func read(_ text: String) throws -> LabelReading { try #require(LabelFormat(named: "nemo")).read(LabelInput(Array(text.utf8), name: "train.json")) }
    private func write(_ corpus: Corpus) throws -> String { text(try #require(LabelFormat(named: "nemo")).write(corpus)[0].bytes) }

    @Test func `a line is a turn on its sound file`() throws {
        let reading = try read("{\"audio_filepath\": \"a b.wav\", \"offset\": 0.1, \"duration\": 2.0000625, \"text\": \"hi\", \"speaker\": \"Ann\", \"lang\": \"en\"}\n")
        let document = try #require(reading.corpus.documents.first)
        let label = document.layers[0].labels[0]
        #expect(document.media.name == "a b.wav" && document.layers[0].id == "segments" && reading.diagnostics.isEmpty)
        #expect(label.span.start == .milliseconds(100) && label.span.end.ticks == 1_481_804_100)
        #expect(label.content == .turn(SpeakerTurn(speaker: "Ann", text: "hi")) && label.attributes == [Attribute("nemo.lang", "\"en\"")])
    }

    @Test func `a class alone is a tag, null is an open end`() throws {
        let reading = try read("{\"audio_filepath\": \"a\", \"duration\": 1, \"label\": \"speech\"}\n{\"audio_filepath\": \"a\", \"duration\": null, \"label\": \"infer\", \"text\": \"-\"}\n")
        let layers = try #require(reading.corpus.documents.first).layers
        #expect(layers.map(\.id) == ["labels", "segments"] && layers[0].labels[0].content == .tag(Tag("speech")))
        #expect(layers[1].labels[0].span == .open(.zero) && layers[1].labels[0].attributes["nemo.label"] == "infer")
    }

    @Test(arguments: [
        "{\"audio_filepath\": \"a\", \"offset\": 0.0, \"duration\": 1.5, \"text\": \"\", \"num_speakers\": null, \"words\": [{\"w\": 1.50}]}\n",
        "{\"audio_filename\": \"a\", \"duration\": null, \"text\": \"-\", \"label\": \"infer\", \"rttm_filepath\": \"a.rttm\"}\n",
        "{\"audio_filepath\": \"a\", \"offset\": 1.25, \"duration\": 0.5, \"label\": \"dog\", \"vocabulary\": \"v\", \"id\": \"x-1\", \"confidence\": 0.5, \"layer\": \"events\"}\n",
        // Members whose names Slate's own attributes have.
        "{\"audio_filepath\": \"a\", \"offset\": 0.0, \"duration\": 1.5, \"text\": \"t\", \"path\": \"rec\", \"label\": 3, \".path\": 1}\n",
    ]) func `what was read is written again`(line: String) throws { #expect(try write(try read(line).corpus) == line) }

    @Test(arguments: [
        ("{\"duration\": 1}", "train.json:1:1: error: found a line without audio_filepath; expected the path of a sound file; the line is left out [nemo-line]"),
        ("{\"audio_filepath\": \"a\", \"duration\": -1}", "train.json:1:1: error: found a duration below zero; expected seconds, or null for all of the file; the line is left out [nemo-line]"),
        ("{\"audio_filepath\": \"a\", \"duration\": \"2\"}", "train.json:1:1: warning: found a number in quotes; expected a number; it is read as one [nemo-number]"),
        ("{\"audio_filepath\": \"a\", \"duration\": 0}", "train.json:1:1: warning: found a duration of zero; expected seconds above zero; the label stands at its start [nemo-duration]"),
        ("{\"audio_filepath\": \"a\", \"text\": 5}", "train.json:1:1: warning: found a number in place of a text; expected a string; its digits are the text [nemo-text]"),
        ("{\"audio_filepath\": \"a\", \"offset\": -1}", "train.json:1:1: warning: found an offset below zero; expected zero or more; it is kept [nemo-offset]"),
        ("{\"audio_filepath\": \"a\", \"id\": \"x\"}\n{\"audio_filepath\": \"a\", \"id\": \"x\"}", "train.json:2:1: warning: found the id 'x' again; expected each id once; it is left out [nemo-repeated]"),
        ("{\"audio_filepath\": \"a\", \"offset\": true}", "train.json:1:35: error: found a truth value; expected seconds such as 12.34; the line is left out [json-line]"),
    ]) func `what breaks a rule is named`(text: String, remark: String) throws {
        // A good line before it, so that something is read; its number is taken off again.
        let found = try read("{\"audio_filepath\": \"z\"}\n" + text).diagnostics.map(\.description)
        let shifted = remark.replacing("json:2", with: "json:3").replacing("json:1", with: "json:2")
        #expect(found == [shifted])
    }

    @Test(.enabled(if: sharedData != nil, "the shared test data is not here")) func `the hostile manifest gets its stated reaction`() throws {
        let input = try LabelInput(path: (sharedData ?? "") + "/formats/hostile/nemo/bad.json")
        #expect(try LabelFormat.detect(input).name == "nemo")
        let reading = try #require(LabelFormat(named: "nemo")).read(input)
        #expect(reading.corpus.labelCount == 2)
        #expect(reading.diagnostics.compactMap(\.position?.line) == [2, 3, 4], "\(reading.diagnostics)")
    }
}
