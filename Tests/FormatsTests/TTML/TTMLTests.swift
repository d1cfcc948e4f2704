import Testing
import Timeline

@testable import Formats

@Suite struct TTMLTests {
    private static func file(_ body: String, head: String = "", root: String = "") -> LabelInput {
        LabelInput(Array("""
            <?xml version="1.0"?>
            <tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xmlns:tts="http://www.w3.org/ns/ttml#styling" \
            xmlns:ttm="http://www.w3.org/ns/ttml#metadata" xml:lang="en" \(root)><head>\(head)</head><body><div>\(body)</div></body></tt>
            """.utf8), name: "a.ttml")
    }

    private static let format = LabelFormat(named: "ttml")

    private func cues(_ input: LabelInput) throws -> [(Span, String)] {
        let corpus = try #require(Self.format).read(input).corpus
        return corpus.documents[0].layers[0].labels.map { ($0.span, $0.content.plainText) }
    }

    private func segment(_ start: Int64, _ end: Int64) -> Span { .segment(Segment(start: .zero + .milliseconds(start), end: .zero + .milliseconds(end))!) }

    /// Time expressions of TTML2 section 12.3.1, with the lengths that its text gives.
    @Test(arguments: [
        ("00:00:01.5", "", 1500), ("1500ms", "", 1500), ("0.025m", "", 1500), ("1.5s", "", 1500), ("0.5h", "", 1_800_000),
        ("00:00:01:15", "", 1500), ("00:00:01:10", "ttp:frameRate=\"20\"", 1500), ("36f", "ttp:frameRate=\"24\"", 1500),
        ("15t", "ttp:tickRate=\"10\"", 1500), ("75t", "ttp:frameRate=\"25\" ttp:subFrameRate=\"2\"", 1500),
        ("00:00:01:07.1", "ttp:frameRate=\"15\" ttp:subFrameRate=\"2\"", 1500), ("100:00:00", "", 360_000_000),
        ("1001f", "ttp:frameRate=\"30\" ttp:frameRateMultiplier=\"1000 1001\"", 33_400 + 0),
    ]) func `a time expression has its length`(_ text: String, _ root: String, _ milliseconds: Int64) throws {
        let found = try cues(Self.file("<p begin=\"0s\" end=\"\(text)\">a</p>", root: root))
        let expected = text == "1001f" ? Timestamp(value: 1001 * 1001, timeBase: 1, over: 30_000) : .zero + .milliseconds(milliseconds)
        #expect(found.first?.0.end == expected)
    }

    @Test func `drop-frame numbers leave out two a minute but each tenth`() throws {
        let root = "ttp:timeBase=\"smpte\" ttp:frameRate=\"30\" ttp:frameRateMultiplier=\"1000 1001\" ttp:dropMode=\"dropNTSC\""
        let found = try cues(Self.file("<p begin=\"00:00:59:29\" end=\"00:10:00:00\">a</p>", root: root))
        #expect(found[0].0.start == Timestamp(value: 1799 * 1001, timeBase: 1, over: 30_000))
        // Ten minutes of 30000/1001 are 17982 frames.
        #expect(found[0].0.end == Timestamp(value: 17982 * 1001, timeBase: 1, over: 30_000))
    }

    @Test func `timed spans split a paragraph where its text changes`() throws {
        let found = try cues(Self.file("<p begin=\"1s\" end=\"4s\"><span>one</span> <span begin=\"1s\" end=\"2s\">two</span></p>"))
        #expect(found.map(\.1) == ["one", "one two", "one"])
        #expect(found.map(\.0) == [segment(1000, 2000), segment(2000, 3000), segment(3000, 4000)])
    }

    @Test func `a sequence plays its paragraphs one after the other`() throws {
        let input = Self.file("<p dur=\"2s\">a</p><p begin=\"1s\" dur=\"1s\">b</p>".replacing(in: "timeContainer"))
        #expect(try cues(input).map(\.0) == [segment(0, 2000), segment(3000, 4000)])
    }

    @Test func `agents give their names to speakers`() throws {
        let head = "<metadata><ttm:agent xml:id=\"x\" type=\"person\"><ttm:name type=\"full\">Dr Who</ttm:name></ttm:agent></metadata>"
        let corpus = try #require(Self.format).read(Self.file("<p begin=\"1s\" end=\"2s\" ttm:agent=\"x\">hi</p>", head: head)).corpus
        #expect(corpus.documents[0].layers[0].labels[0].content.speaker == "Dr Who")
        let written = String(decoding: try #require(Self.format).write(corpus)[0].bytes, as: UTF8.self)
        #expect(written.contains("ttm:agent=\"x\""))
        #expect(written.split(separator: "<ttm:agent ").count == 2, "the agent of the head is not defined twice")
    }

    @Test(arguments: [
        "<span tts:color=\"red\">one</span> two", "a<span tts:ruby=\"container\"><span tts:ruby=\"base\">b</span><span tts:ruby=\"text\">c</span></span>",
        "<metadata><ttm:title>t</ttm:title></metadata>one", "one<x xmlns=\"urn:other\" y=\"1\">z</x> &amp; two",
    ]) func `what a paragraph says beside its text comes back`(_ content: String) throws {
        let format = try #require(Self.format)
        let corpus = try format.read(Self.file("<p begin=\"1s\" end=\"2s\">\(content)</p>")).corpus
        let written = String(decoding: try format.write(corpus)[0].bytes, as: UTF8.self)
        #expect(written.contains(">\(content)</p>"))
    }

    @Test func `a text that was changed takes the place of what the file had`() throws {
        let format = try #require(Self.format)
        var corpus = try format.read(Self.file("<p begin=\"1s\" end=\"2s\"><span tts:color=\"red\">one</span></p><p begin=\"3s\"><span tts:color=\"red\">two</span></p>")).corpus
        corpus.documents[0].layers[0].labels[0].content = .cue(Cue(CueText("new")))
        let written = String(decoding: try format.write(corpus)[0].bytes, as: UTF8.self)
        #expect(written.contains(">new</p>"))
        #expect(written.contains("<span tts:color=\"red\">two</span>"))
    }

    @Test func `head, namespaces and styles of divisions come back`() throws {
        let format = try #require(Self.format)
        let head = "<styling><style xml:id=\"s1\" tts:color=\"red\"/></styling><layout><region xml:id=\"r1\" tts:origin=\"10% 80%\"/></layout>"
        let input = Self.file("<p begin=\"1s\" end=\"2s\" region=\"r1\" style=\"s1\">a</p>", head: head)
        let corpus = try format.read(input).corpus
        let written = String(decoding: try format.write(corpus)[0].bytes, as: UTF8.self)
        for part in ["<style xml:id=\"s1\" tts:color=\"red\"/>", "<region xml:id=\"r1\" tts:origin=\"10% 80%\"/>", "region=\"r1\"", "style=\"s1\""] {
            #expect(written.contains(part))
        }
        #expect(try format.read(LabelInput(Array(written.utf8), name: "a.ttml")).corpus == corpus)
    }

    @Test func `many paragraphs take linear time`() throws {
        let body = String(repeating: "<p begin=\"1s\" end=\"2s\"><span>a</span> <span begin=\"0.5s\">b</span></p>", count: 30_000)
        #expect(try cues(Self.file(body)).count == 60_000)
    }
}

extension String {
    /// The paragraphs in a division that plays them in turn.
    fileprivate func replacing(in container: String) -> String { "<div \(container)=\"seq\">\(self)</div>" }
}
