import Testing
import Timeline

@testable import Formats

@Suite struct JSONTests {
    private func read(_ text: String) throws -> JSONValue {
        var log = DiagnosticLog(file: "t")
        return try JSONReader.read(Array(text.utf8), log: &log)
    }

    @Test(arguments: [
        ("null", .null), (" [1, -0.5e+3, true]", .array([.number("1"), .number("-0.5e+3"), .bool(true)])),
        ("{\"b\": {}, \"a\": \"\\u00e9\\n\\ud83d\\ude00\"}", .object([JSONMember("b", .object([])), JSONMember("a", .string("é\n😀"))])),
    ] as [(String, JSONValue)]) func `values keep their digits and order`(text: String, value: JSONValue) throws {
        #expect(try read(text) == value)
        #expect(try read(String(decoding: JSONWriter.write(value), as: UTF8.self)) == value)
    }

    @Test(arguments: ["", "[1,]", "{\"a\":1,}", "01", "1.", "\"a", "\"\\x\"", "[1 2]", "{a:1}", "tru", "1 2", "\"\u{1}\"", "+1", "NaN"])
    func `what JSON does not allow is refused`(text: String) { #expect(throws: FormatError.self) { try read(text) } }

    @Test func `an error names its line and column`() {
        let error = #expect(throws: FormatError.self) { try read("{\n  \"é\": tru\n}") }
        #expect(error?.description == "t:2:8: error: found 'tru }'; expected true, false or null [file-malformed]")
    }

    @Test func `depth is bounded`() throws {
        #expect(throws: FormatError.self) { try read(String(repeating: "[", count: 100_000)) }
        _ = try read(String(repeating: "[", count: 256) + String(repeating: "]", count: 256))
    }

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

    @Test func `a document with every kind of content is read back without loss`() throws {
        var log = DiagnosticLog(file: "t")
        let bytes = NativeJSON.write(Self.full)
        #expect(try NativeJSON.read(bytes, name: "t", log: &log) == Self.full)
        #expect(log.diagnostics.isEmpty)
    }

    @Test(arguments: [
        ("\"start\": 7", "\"start\": 7.5", "found the number 7.5 at layers[0].labels[0].start; expected a whole number"),
        ("\"start\": 7", "\"start\": 70", "found an end that is not after the start at layers[0].labels[0].end; expected a later end, or \"at\" for an instant"),
        ("\"version\": 1", "\"version\": 2", "found version 2 at version; expected version 1, which this program reads"),
        ("\"tags\"", "\"cues\"", "found label 'a' is of another kind than its layer 't'; expected a document that keeps its rules"),
        ("\"name\": \"x\"", "\"names\": \"x\"", "found nothing at layers[0].labels[0].tag.name; expected a value"),
    ]) func `a document that is wrong says where`(good: String, bad: String, message: String) {
        let text = """
            {"format": "slate", "version": 1, "ticksPerSecond": 705600000, "media": {"name": "m"}, "layers": [{"id": "t", "kind": "tags",
            "labels": [{"id": "a", "start": 7, "end": 8, "tag": {"name": "x"}}]}]}
            """
        var log = DiagnosticLog(file: "t")
        #expect(throws: Never.self) { try NativeJSON.read(Array(text.utf8), name: "t", log: &log) }
        let error = #expect(throws: FormatError.self) { try NativeJSON.read(Array(text.replacing(good, with: bad).utf8), name: "t", log: &log) }
        #expect(error?.diagnostic.message == message)
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
