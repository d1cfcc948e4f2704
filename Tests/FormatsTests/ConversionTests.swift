import Testing
import Timeline

@testable import Formats

@Suite struct ConversionTests {
    static let rich = "WEBVTT Title\n\nSTYLE\n::cue { color: red }\n\nfirst\n00:00:01.000 --> 00:00:03.000 align:start\n<v Ann><b>a</b> &amp; <i>b</i></v>\n\n00:00:04.000 --> 00:00:05.000\n<c.loud>c</c> <00:00:04.500>d\n"

    private func converted(_ text: String, to format: SubtitleFormat) throws -> String {
        String(decoding: try SubtitleWriter.write(try subtitles(text).document(), as: format, name: "out"), as: UTF8.self)
    }

    @Test func `WebVTT written as WebVTT keeps header, style, ids and settings`() throws {
        #expect(try converted(Self.rich, to: .webVTT) == Self.rich)
    }

    @Test func `WebVTT to SubRip keeps looks and drops the rest`() throws {
        #expect(try converted(Self.rich, to: .subRip) == "1\n00:00:01,000 --> 00:00:03,000\n<b>a</b> & <i>b</i>\n\n2\n00:00:04,000 --> 00:00:05,000\nc d\n")
    }

    @Test func `WebVTT to SubStation Alpha keeps looks and speaker`() throws {
        let output = try converted(Self.rich, to: .subStation)
        #expect(output.hasSuffix("Dialogue: 0,0:00:01.00,0:00:03.00,Default,Ann,0,0,0,,{\\b1}a{\\b0} & {\\i1}b\nDialogue: 0,0:00:04.00,0:00:05.00,Default,,0,0,0,,c d\n"))
    }

    @Test func `SubStation Alpha keeps its styles and override blocks`() throws {
        let text = "[Script Info]\nTitle: x\n\n[V4+ Styles]\nFormat: Name, Fontname\nStyle: Top,Arial\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\nDialogue: 0,0:00:01.50,0:00:03.00,Top,Ann,0,0,0,,{\\pos(1,2)}a\\Nb\n"
        #expect(try converted(text, to: .subStation) == text)
        #expect(try converted(text, to: .subRip) == "1\n00:00:01,500 --> 00:00:03,000\na\nb\n")
        #expect(try converted(text, to: .webVTT) == "WEBVTT\n\n00:00:01.500 --> 00:00:03.000\n<v Ann>a\nb</v>\n")
    }

    @Test func `an arrow in a text does not become a cue`() throws {
        var document = try subtitles("1\n00:00:01,000 --> 00:00:02,000\nx\n").document()
        document.layers[0].labels[0].content = .cue(Cue(CueText("00:00:05,000 --> 00:00:06,000\n\nb")))
        for format in SubtitleFormat.allCases {
            let file = try SubtitleFile(SubtitleWriter.write(document, as: format, name: "out"), name: "out")
            #expect(file.cues.count == 1, "\(format)")
        }
    }

    @Test func `neighbours that touch still touch after rounding`() throws {
        let edge = Timestamp(ticks: 705_600 * 1000 + 352_800)
        let labels = [Segment(start: .zero, end: edge), Segment(start: edge, end: .seconds(9))].compactMap { $0 }.enumerated().map {
            Label(id: LabelID("\($0)"), span: .segment($1), content: .cue(Cue(CueText("x"))))
        }
        let document = Document(media: Media(name: "m"), layers: [Layer(id: "a", kind: .cues, labels: LabelList(labels))])
        for format in SubtitleFormat.allCases {
            let file = try SubtitleFile(SubtitleWriter.write(document, as: format, name: "out"), name: "out")
            #expect(file.cues[0].end == file.cues[1].start, "\(format)")
        }
    }

    @Test(arguments: [1, 2, 3, 4]) func `what is written is read back`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<100 {
            let document = randomCues(&generator)
            for format in SubtitleFormat.allCases {
                let file = try SubtitleFile(SubtitleWriter.write(document, as: format, name: "out"), name: "out", as: format)
                let expected = document.layers[0].labels
                #expect(file.cues.map(\.segment) == expected.compactMap { if case .segment(let segment) = $0.span { segment } else { nil } }, "seed \(seed)")
                #expect(file.cues.map(\.text) == expected.compactMap { if case .cue(let cue) = $0.content { cue.text.plain } else { nil } }, "seed \(seed), \(format)")
            }
        }
    }

    /// Cues on a 10 ms grid, in order, with looks and awkward characters.
    private func randomCues(_ generator: inout SplitMix64) -> Document {
        let words = ["a", "<", ">", "&", "é", "{x}", "&amp;", "1 < 2", "\\N", "--", "日本"]
        var (labels, time) = ([Label](), Timestamp.zero)
        for index in 0..<Int.random(in: 1...8, using: &generator) {
            let start = time + .milliseconds(10 * Int64.random(in: 0...500_000, using: &generator))
            time = start + .milliseconds(10 * Int64.random(in: 1...1000, using: &generator))
            let runs = (0..<3).map { place in
                TextRun("w\(place)" + (words.randomElement(using: &generator) ?? ""), style: [[], .bold, .italic][place])
            }.filter { !$0.text.contains("&amp;") && !$0.text.contains("\\N") }
            guard !runs.isEmpty, let segment = Segment(start: start, end: time) else { continue }
            labels.append(Label(id: LabelID("c\(index)"), span: .segment(segment), content: .cue(Cue(CueText(runs: runs)))))
        }
        if labels.isEmpty, let segment = Segment(start: time, end: time + .seconds(1)) {
            labels = [Label(id: "c", span: .segment(segment), content: .cue(Cue(CueText("x"))))]
        }
        return Document(media: Media(name: "m"), layers: [Layer(id: "subtitles", kind: .cues, labels: LabelList(labels))])
    }
}
