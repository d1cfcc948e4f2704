import Testing
import Timeline

@testable import Formats

@Suite struct NativeJSONTests {
    static let full: Document = {
        let segment = Segment(start: Timestamp(ticks: -7), end: Timestamp(ticks: 1_234_567_891)) ?? Segment(start: .zero, end: .seconds(1))
        let span = segment.map(Span.segment) ?? .instant(.zero)
        let cue = Cue(CueText(runs: [TextRun("a\n\"b\""), TextRun("c", style: [.bold, .struckOut], voice: "Ann", language: "de", classes: ["x", "y"], appears: .milliseconds(5))]), speaker: "Bo")
        let contents: [Content] = [
            .cue(cue), .word(Word("w", speaker: "A")), .phone(Phone("ʃ", alphabet: "ipa")), .turn(SpeakerTurn(speaker: "A", text: "hm")),
            .emotion(Emotion(categories: [ScoredName("joy", score: 0.1), ScoredName("calm")], valence: -0.30000000000000004, arousal: 1e-9)),
            .tag(Tag("noise", vocabulary: "v1")), .entity(Entity("Rome", kind: "place", words: ["words-1"])),
        ]
        let layers = contents.map { content in
            Layer(
                id: content.kind.rawValue, kind: content.kind, language: "en", parent: content.kind == .phones ? "words" : nil,
                labels: [
                    Label(
                        id: LabelID("\(content.kind.rawValue)-1"), span: content.kind == .tags ? .instant(.milliseconds(-1)) : span, content: content,
                        confidence: Confidence(0.1 + 0.2), source: "m", review: .corrected, attributes: [Attribute("k", "v"), Attribute("k", "w")])
                ], attributes: [Attribute("l", "")])
        }
        return Document(
            media: Media(name: "f \u{1}.mp4", duration: .milliseconds(90_001), contentHash: ContentHash(algorithm: "sha256", digest: "00ff")), layers: layers,
            relations: [Relation(kind: "answers", from: "turns-1", to: "words-1")],
            sources: [
                Source(id: "m", agent: .model(name: "n", version: "1", parameters: [Attribute("p", "0.5")]), guideline: "g2", time: WallClock("2026-11-24T01:30:00Z")),
                Source(id: "a", agent: .annotator("Ann")), Source(id: "f", agent: .file("x.srt")),
            ], attributes: [Attribute("webvtt.header", "WEBVTT")])
    }()

    private func read(_ text: String, _ mode: ReadingMode = .lenient) throws -> (corpus: Corpus, log: DiagnosticLog) {
        var log = DiagnosticLog(file: "t")
        return (try NativeJSON.read(Array(text.utf8), mode: mode, log: &log), log)
    }

    @Test func `a document with every kind of content is read back without loss`() throws {
        let reading = try read(text(NativeJSON.write(Self.full)), .strict)
        #expect(reading.corpus == Corpus([Self.full]))
        #expect(reading.log.diagnostics.isEmpty)
    }

    @Test(arguments: ["json", "jsonl"]) func `every part of the model is read back as it was`(_ name: String) throws {
        let format = try #require(LabelFormat(named: name))
        for seed in UInt64(1)...300 {
            var random = RichCorpus(seed: seed)
            let corpus = random.corpus()
            #expect(LossReport(writing: corpus, as: format).isEmpty, "seed \(seed)")
            let bytes = try format.write(corpus)[0].bytes
            let input = LabelInput(bytes, name: "t.\(name)")
            let reading = try format.read(input, ReadingOptions(mode: .strict))
            #expect(reading.corpus == corpus, "seed \(seed)")
            #expect(reading.diagnostics.isEmpty, "seed \(seed)")
            #expect(try format.write(reading.corpus)[0].bytes == bytes, "seed \(seed)")
            #expect(try LabelFormat.detect(LabelInput(bytes, name: "t")) == format, "seed \(seed)")
        }
    }

    private static let small = """
        {"format": "slate", "version": 1, "ticksPerSecond": 705600000, "media": {"name": "m"}, "layers": [{"id": "t", "kind": "tags",
        "labels": [{"id": "a", "start": 7, "end": 8, "tag": {"name": "x"}}, {"id": "b", "at": 1, "tag": {"name": "y"}}]}]}
        """

    @Test(arguments: [
        ("\"start\": 7", "\"start\": 7.5", "t:2:33: error: found the number 7.5; expected a whole number of ticks"),
        ("\"start\": 7", "\"start\": 70", "t:2:12: error: found an end that is not after the start; expected \"start\" and a later \"end\", \"at\" or \"from\""),
        ("\"start\": 7, ", "", "t:2:12: error: found a label whose times do not go together; expected \"start\" and a later \"end\", \"at\" or \"from\""),
        ("\"start\": 7", "\"start\": 7, \"at\": 7", "t:2:12: error: found a label whose times do not go together; expected \"start\" and a later \"end\", \"at\" or \"from\""),
        ("\"tag\": {\"name\": \"x\"}", "\"word\": {\"text\": \"x\"}", "t:2:12: error: found content of another kind than the layer's; expected labels of kind tags"),
        ("\"tag\": {\"name\": \"x\"}", "\"tag\": [{}]", "t:2:53: error: found an array; expected an object"),
        ("\"name\": \"x\"", "", "t:2:54: error: found an object without \"name\"; expected a value"),
        ("\"id\": \"a\"", "\"confidence\": 1.5", "t:2:27: error: found the number 1.5; expected a number from 0 to 1"),
    ]) func `a label that is wrong says where, and only it is left out`(good: String, bad: String, message: String) throws {
        let wrong = Self.small.replacing(good, with: bad)
        let reading = try read(wrong)
        #expect(reading.log.diagnostics.map(\.description) == [message + "; the label is left out [json-label]"])
        #expect(reading.corpus.documents[0].layers[0].labels.map(\.id) == ["b"])
        let error = #expect(throws: FormatError.self) { try read(wrong, .strict) }
        #expect(error?.description == message + " [file-malformed]")
    }

    @Test(arguments: [
        ("\"version\": 1", "\"version\": 2", "t:1:32: error: found the number 2; expected version 1, which this program reads [file-malformed]"),
        ("\"version\": 1, ", "", "t:1:1: error: found an object without \"version\"; expected a value [file-malformed]"),
        ("705600000", "1000", "t:1:53: error: found the number 1000; expected 705600000 ticks per second [file-malformed]"),
        ("\"slate\"", "\"coco\"", "t: error: found JSON of another kind; expected an object with \"format\": \"slate\" [file-unknownFormat]"),
        ("\"kind\": \"tags\"", "\"kind\": \"tag\"", "t:1:119: error: found the string \"tag\"; expected one of cues, words, phones, turns, emotions, tags, entities, tracks [file-malformed]"),
        ("\"layers\"", "\"documents\": [], \"layers\"", "t:1:1: error: found a document beside \"documents\"; expected one of both [file-malformed]"),
        ("]}]}", "]}]", "t:2:114: error: found the end of the file; expected ',' or '}' [file-malformed]"),
    ]) func `a file that is wrong outside its labels is refused`(good: String, bad: String, message: String) {
        let error = #expect(throws: FormatError.self) { try read(Self.small.replacing(good, with: bad)) }
        #expect(error?.description == message)
    }

    @Test(arguments: [
        ("\"id\": \"b\"", "\"id\": \"a\"", "json-repeated-id"), ("\"id\": \"b\"", "\"id\": \"b\", \"source\": \"s\"", "json-unknown-source"),
        ("\"kind\"", "\"parent\": \"t\", \"kind\"", "json-parent"), ("\"kind\"", "\"parent\": \"u\", \"kind\"", "json-parent"),
        ("\"layers\"", "\"relations\": [{\"kind\": \"k\", \"from\": \"a\", \"to\": \"z\"}], \"layers\"", "json-unknown-label"),
        ("\"layers\"", "\"sources\": [{\"id\": \"s\", \"file\": \"f\"}, {\"id\": \"s\", \"file\": \"g\"}], \"layers\"", "json-repeated-source"),
        ("}]}]}", "}]}, {\"id\": \"t\", \"kind\": \"cues\", \"labels\": []}]}", "json-repeated-layer"),
        ("\"kind\": \"tags\",\n", "\n", "json-kind"),
    ]) func `a broken rule of documents is mended with a remark, and refused in strict mode`(good: String, bad: String, code: String) throws {
        var broken = Self.small.replacing(good, with: bad)
        // A kind that comes after the labels.
        if code == "json-kind" { broken = broken.replacing("}]}]}", with: "}], \"kind\": \"cues\"}]}") }
        let reading = try read(broken)
        #expect(reading.log.diagnostics.map(\.code) == [code])
        #expect(reading.corpus.labelCount == (code == "json-kind" ? 0 : 2))
        #expect(reading.corpus.documents[0].problems().allSatisfy { if case .unknownLabel = $0 { true } else { false } })
        #expect(throws: FormatError.self) { try read(broken, .strict) }
    }

    @Test func `layers that are their own ancestors lose one parent`() throws {
        let layers = [("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")].map { "{\"id\": \"\($0.0)\", \"parent\": \"\($0.1)\", \"kind\": \"tags\", \"labels\": []}" }
        let reading = try read(Self.small.replacing("[{\"id\": \"t\"", with: "[\(layers.joined(separator: ", ")), {\"id\": \"t\""))
        #expect(reading.log.diagnostics.map(\.code) == ["json-parent"])
        #expect(reading.corpus.documents[0].problems().isEmpty)
        #expect(reading.corpus.documents[0].layers.map(\.parent) == ["b", "c", nil, "a", nil])
    }

    @Test func `unknown members of a label are kept as attributes, others are named`() throws {
        let newer = Self.small.replacing("\"start\"", with: "\"mood\": {\"a\": [1.50, null]}, \"start\"").replacing("\"name\": \"m\"", with: "\"name\": \"m\", \"fps\": 3")
        let reading = try read(newer)
        #expect(reading.corpus.documents[0].layers[0].labels[0].attributes == [Attribute("json.mood", "{\"a\": [1.50, null]}")])
        #expect(reading.log.diagnostics.count == 1 && reading.log.diagnostics[0].count == 2)
        #expect(reading.log.diagnostics[0].description == "t:1:87: warning: found the member \"fps\"; expected a member that version 1 names; it is left out; 2 times [json-unknown-key]")
    }

    @Test func `of repeated members the last counts`() throws {
        let reading = try read(Self.small.replacing("\"start\": 7", with: "\"start\": 3, \"start\": 7"))
        #expect(reading.corpus == (try read(Self.small)).corpus)
        #expect(reading.log.diagnostics.map(\.code) == ["json-repeated-name"])
    }

    @Test func `one label stands on one line`() throws {
        let text = String(decoding: NativeJSON.write(try subtitles("1\n00:00:01,000 --> 00:00:02,000\na\n").document()), as: UTF8.self)
        #expect(text == """
            {
              "format": "slate",
              "version": 1,
              "ticksPerSecond": 705600000,
              "media": {
                "name": "test"
              },
              "sources": [
                {
                  "id": "file",
                  "file": "test"
                }
              ],
              "layers": [
                {
                  "id": "subtitles",
                  "kind": "cues",
                  "labels": [
                    {"id": "c1", "start": 705600000, "end": 1411200000, "time": "00:00:01.000 --> 00:00:02.000", "cue": {"runs": ["a"]}, "source": "file"}
                  ]
                }
              ]
            }

            """)
    }
}
