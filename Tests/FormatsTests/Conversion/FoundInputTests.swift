import Testing
import Timeline

@testable import Formats

/// Inputs that fuzzing found: what they say survives being written and read again, as the loss report is empty.
@Suite struct FoundInputTests {
    struct Input: Sendable, CustomTestStringConvertible {
        let format, what: String
        /// Paths and contents; one without a path is a file alone.
        let files: [(path: String, text: String)]
        var testDescription: String { "\(format): \(what)" }

        init(_ format: String, _ what: String, _ text: String) { self.init(format, what, [("", text)]) }
        init(_ format: String, _ what: String, _ files: [(path: String, text: String)]) { (self.format, self.what, self.files) = (format, what, files) }

        func read(_ format: LabelFormat) throws -> Corpus {
            try read(files.map { OutputFile(path: $0.path, Array($0.text.utf8)) }, isFolder: files[0].path != "", format)
        }

        func read(_ files: [OutputFile], isFolder: Bool, _ format: LabelFormat) throws -> Corpus {
            let timing = FrameRate(25).map(FrameTiming.constant)
            let input = isFolder ? LabelInput(MemoryFolder(files), name: "rec") : LabelInput(files[0].bytes, name: "rec.\(format.suffixes[0])")
            return try format.read(input, ReadingOptions(frameTiming: timing)).corpus
        }
    }

    private static let kitti = "Truck 0 0 -10 0 1 2 3 -1 -1 -1 -1000 -1000 -1000 -10\n"

    private static let inputs = [
        Input("stm", "control characters", "f 1 f 0 1 <> a \u{13}c d\n"),
        Input(
            "kaldi", "a speaker of one utterance with its name, stated by spk2utt alone",
            [("segments", "rec-c1 rec 1.00 1.80\n"), ("spk2utt", "rec-c1 rec-c1\n"), ("wav.scp", "rec a.wav\n")]),
        Input("mot", "lines of nine and of eleven fields", "1,1,10,20,32,16,0.5,3,1\n2,1,10,20,32,16,0.5,3,15,7,11\n"),
        Input("mot", "classes of one identity, the later frame first", "2,1,10,20,32,16,1,3,1\n1,1,10,20,32,16,1,1,1\n"),
        Input("mot", "classes of one identity in one frame", "1,1,10,20,32,16,1,3,1\n1,1,10,20,32,16,1,1,1\n"),
        Input("mot", "a frame 0 only in a line that is left out", "0,1\n26,1,10,20,32,16\n"),
        Input("mot", "an empty field at the end", "1,1,10,20,32,16,,\n"),
        Input("kitti", "one name in two folders", [("a/label_2/1.txt", kitti), ("b/label_2/1.txt", kitti)]),
        Input("kitti", "names that differ in letter case", [("label_2/A.txt", kitti), ("label_2/a.txt", kitti)]),
        Input(
            "coco", "categories of one track in one frame",
            """
            {"videos":[{"id":1,"name":"a","width":640,"height":360}],"images":[{"id":1,"file_name":"a/1.jpg","video_id":1,"frame_id":25}],
            "categories":[{"id":1,"name":"car"},{"id":2,"name":"bus"}],"annotations":[
            {"id":1,"image_id":1,"category_id":1,"area":512,"bbox":[10,20,32,16],"iscrowd":0,"track_id":1},
            {"id":2,"image_id":1,"category_id":2,"area":512,"bbox":[10,20,32,16],"iscrowd":0,"track_id":1}]}
            """),
        Input(
            "srt", "an index and damaged times inside a text that has no index",
            "11\n00:00 --> x\n\n00:00:01,000 --> 00:00:02,000\n<font>a</font>\n2\n00:;00:30000 -->b\n"),
        Input("tsv", "two columns of confidence, the first without a number", "begin\tend\ttext\tconfidence\tconfidence\n1\t2\tone\tx\t0.5\n"),
        Input("srt", "a form feed in a time", "1\n00:00:02,000 --> 00:007\u{C}:02,800\none\n"),
        Input("srt", "an arrow inside a tag behind a line of digits", "1\n00:00:01,000 --> 00:00:02,000\n2\n<i. --> 00:00:04,0\na>one\n"),
        Input("srt", "a colon behind the times", "1\n00:00:00,500 --> 00:00:01    :07,000\none\n"),
        Input("audacity", "NUL bytes at even places", "0\t0\t\0\t\0"),
        Input("tsv", "a time of seventeen digits", "begin\ttext\n41418280.084389712\tone\n"),
        Input(
            "textgrid", "a point without a mark",
            "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n0\n1\n<exists>\n1\n\"TextTier\"\n\"tones\"\n0\n1\n2\n0.25\n\"\"\n0.5\n\"H\"\n"),
        Input(
            "textgrid", "a NUL in the name of a tier",
            "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n0\n1\n<exists>\n1\n\"IntervalTier\"\n\"x\0phones\"\n0\n1\n1\n0\n1\n\"a\"\n"),
        Input(
            "ass", "two orders of fields",
            """
            [Events]
            Format: Start, End, Text
            Dialogue: 0:00:01.00,0:00:02.00,one
            Format: Layer, Start, End, Style, Name, Text
            Dialogue: 0,0:00:02.00,0:00:03.00,Default,Ann,two, three

            """),
        Input(
            "ass", "an order of fields that cannot be used behind one that can",
            "[Events]\nFormat: Start, End, Text\nFormat: Start, Text\nDialogue: 0:00:01.00,0:00:02.00,one, two\n"),
        Input("ttml", "a paragraph that set shows", ttml("<p dur=\"10s\" tts:display=\"none\"><set tts:display=\"auto\" begin=\"5s\"/>one</p>")),
        Input(
            "ttml", "a span that is less underlined than its paragraph",
            ttml("<p begin=\"1s\" end=\"3s\" tts:textDecoration=\"underline\">one <span tts:textDecoration=\"noUnderline\">two</span><span begin=\"1s\"> three</span></p>")),
        Input(
            "emotionml", "a medium of an emotion without times",
            """
            <emotionml version="1.0" xmlns="http://www.w3.org/2009/10/emotionml" category-set="http://www.w3.org/TR/emotion-voc/xml#big6">
            <emotion time-ref-uri="talk"><category name="anger"/></emotion></emotionml>
            """),
    ]

    private static func ttml(_ paragraph: String) -> String {
        "<tt xmlns=\"http://www.w3.org/ns/ttml\" xmlns:tts=\"http://www.w3.org/ns/ttml#styling\" xml:lang=\"en\"><body><div>\(paragraph)</div></body></tt>"
    }

    @Test(arguments: inputs) func `what it says comes back`(_ input: Input) throws {
        let format = try #require(LabelFormat(named: input.format))
        let first = try input.read(format)
        try #require(first.labelCount > 0)
        #expect(LossReport(writing: first, as: format).isEmpty)
        let files = try format.write(first, WritingOptions(frameTiming: FrameRate(25).map(FrameTiming.constant)))
        let second = try input.read(files, isFolder: format.isFolder, format)
        #expect(statements(first) == statements(second))
    }

    private func statements(_ corpus: Corpus) -> [String] {
        corpus.documents.flatMap { document in
            document.layers.flatMap { layer in layer.labels.map { "\(document.media.name) \($0.id.isCounter ? "" : $0.id.name) \($0.span) \($0.content) \($0.confidence?.value ?? -1)" } }
        }.sorted()
    }
}
