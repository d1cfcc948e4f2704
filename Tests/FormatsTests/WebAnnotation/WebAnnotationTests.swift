import Testing
import Timeline

@testable import Formats

@Suite struct WebAnnotationTests {
    private func read(_ text: String, _ options: ReadingOptions = ReadingOptions()) throws -> LabelReading {
        let input = LabelInput(Array(text.utf8), name: "notes.jsonld")
        #expect(try LabelFormat.detect(input).name == "webannotation")
        return try #require(LabelFormat(named: "webannotation")).read(input, options)
    }

    private func write(_ corpus: Corpus) throws -> String { text(try #require(LabelFormat(named: "webannotation")).write(corpus)[0].bytes) }

    private static let page = """
        {
          "@context": "http://www.w3.org/ns/anno.jsonld",
          "type": "AnnotationPage",
          "id": "http://example.org/page1",
          "items": [
            {"id": "http://example.org/1", "type": "Annotation", "motivation": "describing", "body": {"type": "TextualBody", "value": "a \\"b\\"", "language": "en"}, \
        "target": {"source": "http://example.org/film.mp4", "selector": {"type": "FragmentSelector", "conformsTo": "http://www.w3.org/TR/media-frags/", "value": "t=1.5,3"}}},
            {"id": "http://example.org/2", "type": "Annotation", "motivation": "tagging", "body": {"type": "TextualBody", "value": "car"}, \
        "target": {"source": "http://example.org/film.mp4", "selector": {"type": "FragmentSelector", "conformsTo": "http://www.w3.org/TR/media-frags/", "value": "t=4&xywh=10,20,32,16.5"}}, \
        "creator": {"id": "http://example.org/ann", "type": "Person"}}
          ]
        }

        """

    @Test func `a page is read, and written as it was`() throws {
        let reading = try read(Self.page)
        #expect(reading.diagnostics.isEmpty)
        let document = try #require(reading.corpus.documents.first)
        #expect(document.media == Media(name: "http://example.org/film.mp4"))
        let segment = Segment(start: .milliseconds(1500), end: .seconds(3)).map(Span.segment)
        #expect(document.layers[0].language == "en")
        #expect(document.layers[0].labels.first == Label(id: "http://example.org/1", span: segment ?? .instant(.zero), content: .cue(Cue(CueText("a \"b\"")))))
        let box = Keyframe(time: .seconds(4), shape: .box(Box(x: 10, y: 20, width: 32, height: 16.5)))
        let second = try #require(document.layers[1].labels.first)
        #expect(second.id == "http://example.org/2" && second.span == .open(.seconds(4)) && second.content == .track(Track("car", keyframes: [box])))
        #expect(second.attributes["webannotation.creator"] == "{\"id\": \"http://example.org/ann\", \"type\": \"Person\"}")
        #expect(try write(reading.corpus) == Self.page)
    }

    @Test(arguments: [
        (#"{"@context": "http://www.w3.org/ns/anno.jsonld", "id": "i", "type": "Annotation", "bodyValue": "so", "target": "f.mp4#t=1,2"}"#, "cues", "so"),
        (#"{"@context": "http://www.w3.org/ns/anno.jsonld", "id": "i", "type": "Annotation", "body": "http://a.b/c", "target": "f.mp4#t=1,2"}"#, "tags", "http://a.b/c"),
        (#"{"@context": "http://www.w3.org/ns/anno.jsonld", "id": "i", "type": "Annotation", "motivation": "bookmarking", "target": "f.mp4#t=1,2"}"#, "tags", "bookmarking"),
        (
            #"{"@context": "http://www.w3.org/ns/anno.jsonld", "id": "i", "type": "Annotation", "body": [{"id": "http://a.b/c"}, {"type": "TextualBody", "value": "x", "purpose": "tagging"}], "target": {"source": {"id": "f.mp4", "type": "Video"}, "selector": {"type": "FragmentSelector", "value": "t=1", "refinedBy": {"type": "FragmentSelector", "value": "t=1,2"}}}}"#,
            "tags", "x"
        ),
        (#"{"@context": "http://www.w3.org/ns/anno.jsonld", "id": "i", "type": "Annotation", "bodyValue": "so", "target": [{"id": "f.mp4#t=1,2"}, "g.mp4"]}"#, "cues", "so"),
    ]) func `one annotation comes back as it was`(_ json: String, kind: String, said: String) throws {
        let corpus = try read(json).corpus
        let layer = try #require(corpus.documents.first?.layers.first)
        #expect(corpus.documents[0].media.name == "f.mp4")
        #expect(layer.kind.rawValue == kind)
        #expect(layer.labels[0].content.plainText == said)
        #expect(layer.labels[0].span == Segment(start: .seconds(1), end: .seconds(2)).map(Span.segment))
        // The same members; those that hold others stand on lines of their own.
        var log = DiagnosticLog(file: "t")
        let (before, after) = (try JSONReader.read(Array(json.utf8), log: &log), try JSONReader.read(Array(try write(corpus).utf8), log: &log))
        #expect(Set(before.object ?? []) == Set(after.object ?? []))
    }

    @Test func `a changed text or time takes the place of what was read`() throws {
        var corpus = try read(#"[{"type": "Annotation", "body": {"type": "TextualBody", "value": "a", "format": "text/html"}, "target": "f.mp4#t=1,2"}]"#).corpus
        corpus.documents[0].layers[0].labels[0].content = .cue(Cue(CueText("b")))
        corpus.documents[0].layers[0].labels[0].span = .instant(.seconds(5))
        let again = try read(try write(corpus)).corpus
        #expect(again.documents[0].layers[0].labels[0].content.plainText == "b")
        #expect(again.documents[0].layers[0].labels[0].span == .instant(.seconds(5)))
    }

    @Test func `boxes in hundredths need the size of the picture`() throws {
        let json = #"{"@context": "http://www.w3.org/ns/anno.jsonld", "id": "i", "type": "Annotation", "bodyValue": "car", "target": "f.mp4#xywh=percent:25,50,50,25"}"#
        let sized = try read(json, ReadingOptions(pictureSize: PictureSize(width: 640, height: 360)))
        guard case .track(let track) = sized.corpus.documents[0].layers[0].labels[0].content else { return #expect(Bool(false), "no track") }
        #expect(track.keyframes[0].shape == .box(Box(x: 160, y: 180, width: 320, height: 90)))
        #expect(sized.diagnostics.map(\.code) == ["webannotation-whole"])
        #expect(try read(json).diagnostics.map(\.code) == ["webannotation-whole", "webannotation-percent"])
        #expect(try write(sized.corpus).contains("f.mp4#xywh=percent:25,50,50,25"))
    }

    @Test func `a track is a list of targets, the time of the whole first`() throws {
        let keyframes = [1, 2].map { Keyframe(time: .seconds($0), shape: .box(Box(x: Double($0), y: 2, width: 3, height: 4))) }
        let span = Segment(start: .seconds(1), end: .seconds(2)).map(Span.segment) ?? .instant(.zero)
        let label = Label(id: "t", span: span, content: .track(Track("car", keyframes: keyframes)))
        let corpus = Corpus([Document(media: Media(name: "f"), layers: [Layer(id: "tracks", kind: .tracks, labels: [label])])])
        let written = try write(corpus)
        #expect(written.contains("\"t=1,2\"") && written.contains("\"t=1&xywh=1,2,3,4\"") && written.contains("\"t=2&xywh=2,2,3,4\""))
        #expect(try read(written).corpus == corpus)
    }

    @Test func `collections keep their heads`() throws {
        let json = """
            {
              "@context": "http://www.w3.org/ns/anno.jsonld",
              "type": "AnnotationCollection",
              "id": "http://example.org/c",
              "label": {"en": "Notes"},
              "total": 1,
              "first": {
                "type": "AnnotationPage",
                "id": "http://example.org/p",
                "startIndex": 0,
                "items": [
                  {"id": "x", "type": "Annotation", "motivation": "describing", "body": {"type": "TextualBody", "value": "a"}, "target": {"source": "f.mp4", \
            "selector": {"type": "FragmentSelector", "conformsTo": "http://www.w3.org/TR/media-frags/", "value": "t=0,1"}}}
                ]
              }
            }

            """
        let written = try write(try read(json).corpus)
        var log = DiagnosticLog(file: "t")
        #expect(try JSONReader.read(Array(written.utf8), log: &log) == JSONReader.read(Array(json.utf8), log: &log))
    }

    @Test(arguments: [
        (#"{"type": "Annotation", "bodyValue": "x"}"#, "webannotation-target"), (#"[7, {"type": "Annotation", "target": "f#t=1"}]"#, "webannotation-target"),
        (#"[{"type": "Annotation", "id": "i", "target": "f#t=1"}, {"type": "Annotation", "id": "i", "target": "f#t=1"}]"#, "webannotation-id"),
        (#"[{"type": "Annotations", "target": "f#t=1"}]"#, "webannotation-type"), (#"[{"type": "Annotation", "target": ["f#t=1", "g#t=2"]}]"#, "webannotation-targets"),
    ]) func `what is wrong is named`(_ json: String, code: String) throws {
        let format = try #require(LabelFormat(named: "webannotation"))
        do {
            #expect(try format.read(LabelInput(Array(json.utf8), name: "t")).diagnostics.contains { $0.code == code })
        } catch { #expect("\(error)".contains("no annotation that can be read")) }
    }

    @Test(.enabled(if: sharedData != nil, "the shared test data is not here"), arguments: ["anno4", "anno11"]) func `examples of the model are read`(_ name: String) throws {
        let bytes = try BoundedFile.read((sharedData ?? "") + "/formats/webannotation/\(name).json", limit: 1 << 16)
        let reading = try read(text(bytes))
        #expect(reading.corpus.labelCount == 1)
        #expect(reading.corpus.documents[0].media.name == (name == "anno4" ? "http://example.com/resource1" : "http://example.org/target1"))
        #expect(reading.corpus.documents[0].layers[0].labels[0].content.plainText == (name == "anno4" ? "http://example.org/description1" : "Comment text"))
        var log = DiagnosticLog(file: "t")
        let (before, after) = (try JSONReader.read(bytes, log: &log), try JSONReader.read(Array(try write(reading.corpus).utf8), log: &log))
        #expect(Set(before.object ?? []) == Set(after.object ?? []))
    }
}
