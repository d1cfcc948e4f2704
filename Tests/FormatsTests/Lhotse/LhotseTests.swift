import Testing
import Timeline

@testable import Formats

@Suite struct LhotseTests {
    private func read(_ text: String, name: String = "m.lhotse.jsonl") throws -> LabelReading {
        try #require(LabelFormat(named: "lhotse")).read(LabelInput(Array(text.utf8), name: name))
    }

    private func write(_ corpus: Corpus) throws -> String { text(try #require(LabelFormat(named: "lhotse")).write(corpus)[0].bytes) }

    private func segment(_ start: Int64, _ end: Int64) throws -> Span { .segment(try #require(Segment(start: .milliseconds(start), end: .milliseconds(end)))) }

    private let supervision = """
        {"id": "s1", "recording_id": "rec", "start": 0.5, "duration": 1.5, "channel": [0, 1], "text": "hi there", "language": "English", "speaker": "Ann", \
        "gender": "F", "custom": {"dataset": {"a": [1, 2.50]}, "x": null, "confidence": 0.75}, "alignment": {"word": [["hi", 0.5, 0.25, 0.5], ["there", 1.0, 1.0, null]]}}

        """

    @Test func `a supervision is a turn, its alignment words`() throws {
        let reading = try read(supervision)
        let document = try #require(reading.corpus.documents.first)
        #expect(reading.diagnostics.isEmpty && document.media.name == "rec")
        #expect(document.layers.map(\.id) == ["supervisions", "word"])
        let turn = document.layers[0].labels[0]
        #expect(turn.id == "s1" && turn.confidence == Confidence(0.75))
        #expect(turn.content == .turn(SpeakerTurn(speaker: "Ann", text: "hi there")))
        #expect(turn.span == (try segment(500, 2000)))
        #expect(turn.attributes["lhotse.custom"] == "{\"dataset\": {\"a\": [1, 2.50]}, \"x\": null}" && turn.attributes["lhotse.channel"] == "[0, 1]")
        let words = document.layers[1].labels
        #expect(words.map(\.content.plainText) == ["hi", "there"] && words.map(\.confidence?.value) == [0.5, nil])
        #expect(words[1].span == (try segment(1000, 2000)) && words[1].content.speaker == "Ann")
    }

    @Test func `what was read is written again`() throws { #expect(try write(try read(supervision).corpus) == supervision) }

    @Test func `noise of floating point leaves no trace`() throws {
        let noisy = "{\"id\": \"a\", \"recording_id\": \"r\", \"start\": 93.94, \"duration\": 1.740000000000009, \"channel\": 0}\n"
        #expect(try write(try read(noisy).corpus) == noisy.replacing("1.740000000000009", with: "1.74"))
    }

    @Test func `words without a turn come back without one`() throws {
        let word = Label(id: "x", span: try segment(100, 200), content: .word(Word("w", speaker: "Bo")), confidence: Confidence(0.5))
        let phone = Label(id: "p1", span: .instant(.milliseconds(150)), content: .phone(Phone("a")))
        let corpus = Corpus([Document(media: Media(name: "r"), layers: [Layer(id: "words", kind: .words, labels: [word]), Layer(id: "ipa", kind: .phones, labels: [phone])])])
        let again = try read(try write(corpus)).corpus
        #expect(again.documents[0].layers.map(\.id) == ["words", "ipa"])
        #expect(again.documents[0].layers[0].labels == [word] && again.documents[0].layers[1].labels.map(\.content) == [phone.content])
    }

    @Test func `words join the turn of their speaker that reaches over them`() throws {
        let turn = Label(id: "t", span: try segment(0, 1000), content: .turn(SpeakerTurn(speaker: "Ann")))
        let word = Label(id: "w1", span: try segment(100, 200), content: .word(Word("w", speaker: "Ann")))
        let corpus = Corpus([Document(media: Media(name: "r"), layers: [Layer(id: "turns", kind: .turns, labels: [turn]), Layer(id: "words", kind: .words, labels: [word])])])
        #expect(
            try write(corpus)
                == "{\"id\": \"t\", \"recording_id\": \"r\", \"start\": 0.0, \"duration\": 1.0, \"channel\": 0, \"speaker\": \"Ann\", \"custom\": {\"slate\": {\"layer\": \"turns\"}}, \"alignment\": {\"words\": [[\"w\", 0.1, 0.1, null]]}}\n")
    }

    private let mono = """
        {"id": "c1", "start": 10.0, "duration": 5.0, "channel": 0, "supervisions": [{"id": "s", "recording_id": "rec", "start": 1.0, "duration": 2.0, "channel": 0, \
        "alignment": {"word": [["a", 11.0, 0.5, null]]}}], "recording": {"id": "rec", "sources": [], "sampling_rate": 16000, "num_samples": 1600000, "duration": 100.0}, "type": "MonoCut"}

        """

    @Test func `supervisions of a cut stand where they are in the recording`() throws {
        let reading = try read(mono)
        let document = try #require(reading.corpus.documents.first)
        #expect(document.media.name == "rec" && document.layers.map(\.id) == ["cuts", "supervisions", "word"])
        #expect(document.layers[0].labels[0].span == (try segment(10_000, 15_000)))
        #expect(document.layers[1].labels[0].span == (try segment(11_000, 13_000)))
        #expect(document.layers[2].labels[0].span == (try segment(11_000, 11_500)))
        #expect(try write(reading.corpus) == mono)
    }

    @Test(arguments: [
        ("{\"id\": \"a\", \"recording_id\": \"r\", \"start\": \"1.5\", \"duration\": 1}", "m.lhotse.jsonl:1:1: warning: found a number in quotes; expected a number; it is read as one [lhotse-number]"),
        ("{\"id\": \"a\", \"recording_id\": \"r\", \"start\": 1}", "m.lhotse.jsonl:1:1: warning: found no duration; expected seconds above zero; the end is open [lhotse-duration]"),
        ("{\"id\": \"a\", \"recording_id\": \"r\", \"start\": 1, \"duration\": -1}", "m.lhotse.jsonl:1:1: warning: found a duration below zero; expected seconds above zero; the label stands at its start [lhotse-duration]"),
        ("{\"id\": \"a\", \"start\": 1, \"duration\": 1}", "m.lhotse.jsonl:1:1: warning: found a supervision without recording_id; expected the id of a recording; it counts to 'm' [lhotse-recording]"),
        ("{\"id\": \"a\", \"recording_id\": \"r\", \"start\": 1, \"duration\": 1, \"mood\": 3}", "m.lhotse.jsonl:1:1: warning: found the member \"mood\"; expected members of a supervision; others stand in custom; it is carried [lhotse-key]"),
        ("{\"id\": \"a\", \"recording_id\": \"r\", \"start\": 1, \"duration\": 1}\n{\"id\": \"a\", \"recording_id\": \"r\", \"start\": 1, \"duration\": 1}", "m.lhotse.jsonl:2:1: warning: found the id 'a' again; expected each id once; it gets a number [lhotse-repeated]"),
        ("{\"id\": \"a\", \"recording_id\": \"r\", \"duration\": 1}", "m.lhotse.jsonl:1:1: error: found a supervision without a start; expected seconds; it is left out [lhotse-line]"),
        ("{\"id\": \"a\", \"recording_id\": \"r\", \"start\": 0, \"duration\": 1}\n{\"id\": \"b\", \"start\": []}", "m.lhotse.jsonl:2:22: error: found an array; expected seconds such as 12.34; the line is left out [json-line]"),
    ]) func `what breaks a rule is named`(text: String, remark: String) throws {
        var log = DiagnosticLog(file: "m.lhotse.jsonl")
        if let reading = try? read(text) {
            #expect(reading.diagnostics.map(\.description) == [remark])
        } else {
            _ = try? Lhotse.read(LabelInput(Array(text.utf8), name: "m.lhotse.jsonl"), ReadingOptions(), log: &log)
            #expect(throws: FormatError.self) { try read(text) }
        }
    }
}

/// Manifests that Lhotse wrote.
@Suite(.enabled(if: sharedData != nil, "the shared test data is not here")) struct LhotseDataTests {
    private static let folder = (sharedData ?? "") + "/formats"

    /// The JSON of each record, without members that are null and with numbers as they count.
    private func records(_ bytes: [UInt8]) throws -> [JSONValue] {
        var log = DiagnosticLog(file: "t")
        let content = Gzip.isCompressed(bytes) ? try Gzip.inflated(bytes, limit: 1 << 26, log: &log) : bytes
        if content.first(where: { $0 > Byte.space }) == .ascii("[") { return try JSONReader.read(content, log: &log).array ?? [] }
        var found: [JSONValue] = []
        JSONLines(content, file: "t").forEach(log: &log) { (json) throws(FormatError) in
            try json.next()
            return try json.value()
        } use: { value, _, _ in
            found.append(value)
        }
        return found
    }

    private func normal(_ value: JSONValue) -> JSONValue {
        switch value {
        case .number(let digits): .integer(Int64(((Double(digits) ?? 0) * 1e6).rounded()))
        case .array(let values): .array(values.map(normal))
        case .object(let members):
            .object(members.filter { $0.value != .null && !($0.name == "channel" && $0.value == .number("0")) }.map { JSONMember($0.name, normal($0.value)) }.sorted { $0.name < $1.name })
        default: value
        }
    }

    @Test(arguments: [
        ("lhotse/ami/ES2011a_sups.jsonl.gz", 0), ("lhotse/libri/cuts.json", 2), ("lhotse/mix_cut_test/overlayed_cut_manifest.json", 3), ("lhotse/supervision.json", 4),
        ("kaldi/mini_librispeech/lhotse/recordings.jsonl.gz", 0), ("kaldi/mini_librispeech/lhotse/supervisions.jsonl.gz", 0),
    ]) func `a manifest comes back as it was`(file: String, labels: Int) throws {
        let bytes = try BoundedFile.read(Self.folder + "/" + file, limit: 1 << 24)
        let input = LabelInput(bytes, name: file)
        let format = try LabelFormat.detect(input)
        #expect(format.name == "lhotse")
        let reading = try format.read(input)
        #expect(reading.diagnostics.isEmpty, "\(reading.diagnostics)")
        if labels > 0 { #expect(reading.corpus.labelCount == labels) }
        let written = try records(try format.write(reading.corpus)[0].bytes)
        let wanted = try records(bytes)
        #expect(written.count == wanted.count && !wanted.isEmpty)
        for (a, b) in zip(written, wanted) { #expect(normal(a) == normal(b)) }
    }

    @Test func `hostile manifests get their stated reactions`() throws {
        let format = try #require(LabelFormat(named: "lhotse"))
        let reading = try format.read(try LabelInput(path: Self.folder + "/hostile/jsonl/bad.jsonl"))
        #expect(reading.corpus.labelCount == 3)
        #expect(reading.diagnostics.compactMap(\.position?.line) == [1, 2, 3, 4, 5, 6], "\(reading.diagnostics)")
        let bomb = try LabelInput(path: Self.folder + "/hostile/jsonl/bomb.jsonl.gz")
        #expect(throws: FormatError.self) { try format.read(bomb) }
    }
}
