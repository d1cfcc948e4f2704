import Testing
import Timeline

@testable import Formats

/// What a file says comes back when it is read and written in its own format.
@Suite struct RoundTripTests {
    private func copy(_ text: String, _ format: LabelFormat) throws -> String {
        let corpus = try format.read(LabelInput(Array(text.utf8), name: "a.\(format.suffixes[0])")).corpus
        return String(decoding: try format.write(corpus)[0].bytes, as: UTF8.self)
    }

    private static func format(_ name: String) -> LabelFormat { LabelFormat(named: name)! }

    @Test(arguments: [
        // Header, style sheets, regions, notes, stray text, and what stands behind the last cue.
        "WEBVTT Title\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a width:40%\n\nNOTE one\n\n00:00:01.000 --> 00:00:02.000\na\n\nNOTE two\n\nStyle:\n##\n\n00:00:03.000 --> 00:00:04.000 region:a align:left\nb\n\nNOTE end\n",
        // Identifiers: stated ones, one like a reader's own, a repeated one.
        "WEBVTT\n\nfirst\n00:00:01.000 --> 00:00:02.000\na\n\nc7\n00:00:02.000 --> 00:00:03.000\nb\n\nfirst\n00:00:03.000 --> 00:00:04.000\nc\n\n00:00:04.000 --> 00:00:05.000\nd\n",
        // Short stamps, stamps of two styles, times that go back.
        "WEBVTT\n\n00:01.000 --> 00:02.000\na\n\n00:03.000 --> 00:00:04.000\nb\n\n00:00:09.000 --> 00:00:08.000\nc\n\n100:00:00.000 --> 100:00:01.000\nd\n",
        // Ruby, tags without an end, voices with and without one, references, times inside the text.
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<ruby>漢<rt>kan</rt></ruby>\n\n00:00:02.000 --> 00:00:03.000\n<v Ann>open\n\n00:00:03.000 --> 00:00:04.000\n<v Ann>closed</v>\n\n00:00:04.000 --> 00:00:05.000\n<i>a &nbsp;b &copy; <00:00:04.500><c> d</c>\n\n00:00:05.000 --> 00:00:06.000\na > b <b.loud>c</b> <lang en>d</lang>\n",
        // Data for programs, in a file that says so and by its look.
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n{\"a\": \"<b> & c\"}\n",
        "WEBVTT\nKind: metadata\n\n00:00:01.000 --> 00:00:02.000\na=1&b=<2>\n",
    ]) func `WebVTT`(_ text: String) throws { #expect(try copy(text, Self.format("vtt")) == text) }

    @Test(arguments: [
        "1\n00:00:01,000 --> 00:00:02,000 X1:1 X2:2 Y1:3 Y2:4\n{\\an8}a\n\n2\n00:00:03,000 --> 00:00:04,000\n<font color=\"red\">b</font>\n",
        // Blank lines inside a text, indices that start at 0, repeat and are missing.
        "0\n00:00:01,000 --> 00:00:02,000\na\n\nb\n\n1\n00:00:03,000 --> 00:00:04,000\nc\n\n1\n00:00:05,000 --> 00:00:06,000\nd\n\n00:00:07,000 --> 00:00:08,000\ne\n",
        // Other stamps.
        "1\n00:00:01.000 --> 00:00:02.000\na\n\n2\n00:00:03,0 --> 00:00:04,5\nb\n\n3\n-00:00:01,000 --> 00:00:06,000\nc\n\n4\n00:00:07,000 -> 00:00:08,000\nd\n\n5\n00:00:09,000 --> 00:00:09,000\ne\n",
        // What looks like markup and is text.
        "1\n00:00:01,000 --> 00:00:02,000\nI <3 you, a & b, x > y, {z}\n",
    ]) func `SubRip`(_ text: String) throws { #expect(try copy(text, Self.format("srt")) == text) }

    static let events = "[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"

    @Test(arguments: [
        "[Script Info]\n; made by hand\nTitle: x\n\n[V4+ Styles]\nFormat: Name, Fontname\nStyle: Top,Arial\n\n" + events
            + "Comment: 0,0:00:00.00,0:00:00.00,Top,,0,0,0,template,code\nDialogue: 3,0:00:01.00,0:00:02.00,Top,Ann,10,0,0,scroll,{\\pos(1,2)}a\\Nb\n; between\nDialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,\\hc {\\i1}d{\\i0} \nComment: 0,0:00:05.00,0:00:06.00,Default,,0,0,0,,end\n\n[Fonts]\nfontname: a.ttf\nABC\n\n[Unknown]\nx\n",
        // SubStation Alpha v4, and fields in another order.
        "[Script Info]\nScriptType: v4.00\n\n[V4 Styles]\nFormat: Name\nStyle: *Default\n\n[Events]\nFormat: Marked, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\nDialogue: Marked=1,0:00:01.00,0:00:02.00,*Default,Ann,0000,0000,0000,!Effect,a, b\n",
        "[Events]\nFormat: End, Mood, Start, Text\nDialogue: 0:00:02.00,glad,0:00:01.00,a\nDialogue: 0:00:03.5,,0:00:02.000,b\n",
    ]) func `SubStation Alpha`(_ text: String) throws { #expect(try copy(text, Self.format("ass")) == text) }

    @Test func `a text that was edited is written anew`() throws {
        let format = Self.format("vtt")
        var corpus = try format.read(LabelInput(Array("WEBVTT\n\n00:01.000 --> 00:02.000\n<i>a\n".utf8), name: "a.vtt")).corpus
        #expect(corpus.documents[0].layers[0].labels[0].attributes["webvtt.text"] == "<i>a")
        corpus.documents[0].layers[0].labels[0].content = .cue(Cue(CueText("b")))
        corpus.documents[0].layers[0].labels[0].span = .segment(Segment(start: .seconds(3), end: .seconds(4))!)
        #expect(String(decoding: try format.write(corpus)[0].bytes, as: UTF8.self) == "WEBVTT\n\n00:03.000 --> 00:04.000\nb\n")
    }

    @Test func `text of another format is escaped where SubRip would read markup`() throws {
        let text = "<b>x</b> &lt; {\\an8} 00:00:01,000 --> 00:00:02,000"
        let label = Label(id: "c1", span: .segment(Segment(start: .zero, end: .seconds(1))!), content: .cue(Cue(CueText(text))))
        let document = Document(media: Media(name: "a"), layers: [Layer(id: "l", kind: .cues, labels: [label])])
        for format in ["srt", "vtt", "ass"].map(Self.format) {
            let bytes = try format.write(Corpus([document]))[0].bytes
            #expect(try format.read(LabelInput(bytes, name: "a.\(format.suffixes[0])")).corpus.documents[0].layers[0].labels.map(\.content.plainText) == [text], "\(format)")
        }
    }

    static let sharedFiles = sharedData.map { data in
        ["vtt", "srt", "ass", "ssa"].flatMap { files(under: data + "/formats", suffix: "." + $0) }
    } ?? []

    /// Whatever is accepted comes back the same in the model, and then byte for byte.
    @Test(arguments: sharedFiles) func `every file of the shared data comes back as it was read`(_ path: String) throws {
        let format = try #require(LabelFormat(suffixOf: path))
        guard let first = try? format.read(LabelInput(path: path)).corpus, first.labelCount > 0 else { return }
        let bytes = try format.write(first)[0].bytes
        let name = String(path.split(separator: "/").last ?? "")
        let second = try format.read(LabelInput(bytes, name: name)).corpus
        #expect(first == second)
        #expect(try format.write(second)[0].bytes == bytes)
        #expect(first.documents[0].problems().isEmpty)
        #expect(LossReport(writing: first, as: format).entries.filter { ![.text, .instants].contains($0.feature) }.isEmpty)
    }

    @Test func `comments of SubStation Alpha are counted where they are left out`() throws {
        let text = Self.events + "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,a\nComment: 0,0:00:05.00,0:00:06.00,Default,,0,0,0,,b\n"
        let corpus = try Self.format("ass").read(LabelInput(Array(text.utf8), name: "a.ass")).corpus
        #expect(LossReport(writing: corpus, as: Self.format("vtt"))[.labels]?.count == 1)
        #expect(LossReport(writing: corpus, as: Self.format("ass")).isEmpty)
    }
}
