import Testing
import Timeline

@testable import Formats

@Suite struct LabelStudioTests {
    static func task(_ results: String, data: String = #""audio":"a.wav""#) -> String {
        #"[{"id":5,"data":{\#(data)},"annotations":[{"id":1,"completed_by":{"id":2,"email":"x@y.z"},"created_at":"2022-10-31T21:19:19.131290Z","lead_time":7.662,"result":[\#(results)]}],"predictions":[]}]"#
    }

    @Test func `regions of a picture are per cents of its size`() throws {
        let read = try reading(
            Self.task(
                #"{"id":"r_1","type":"rectanglelabels","original_width":200,"original_height":100,"score":0.5,"value":{"x":10,"y":20,"width":5,"height":10,"rotation":0,"rectanglelabels":["Car"]}},{"id":"p_1","type":"polygonlabels","original_width":200,"original_height":100,"value":{"points":[[0,0],[50,0],[50,50]],"polygonlabels":["Plane"]}},{"id":"t_1","type":"rectanglelabels","original_width":100,"original_height":100,"value":{"x":50,"y":50,"width":20,"height":10,"rotation":90,"rectanglelabels":["Turned"]}}"#,
                data: #""image":"i.jpg""#), as: "labelstudio")
        #expect(read.codes.isEmpty)
        #expect(read.corpus.documents.map(\.media) == [Media(name: "i.jpg", video: VideoStream(width: 200, height: 100))])
        #expect(read.labels.map(\.id) == ["r_1", "p_1", "t_1"])
        #expect(read.labels[0].confidence == Confidence(0.5))
        #expect(read.corpus.documents[0].sources.map(\.agent) == [.annotator("x@y.z")])
        #expect(read.corpus.documents[0].sources[0].time?.description == "2022-10-31T21:19:19Z")
        let shapes = read.tracks.map { $0.keyframes[0].shape }
        #expect(shapes[0] == .box(Box(x: 20, y: 20, width: 10, height: 10)))
        #expect(shapes[1] == .polygon([Polygon([Point(x: 0, y: 0), Point(x: 100, y: 0), Point(x: 100, y: 50)])]))
        // Turned by a quarter about (50, 50), the box of 20 by 10 lies left below it.
        let bounds = try #require(shapes[2].bounds)
        #expect(zip(bounds.sides, [40, 50, 10, 20]).allSatisfy { abs($0 - $1) < 1e-9 })
    }

    @Test func `labels on sound, texts and choices`() throws {
        let read = try reading(
            Self.task(
                #"{"id":"a_1","type":"labels","from_name":"speaker","value":{"start":1.25,"end":2.5,"channel":0,"labels":["Ann"]}},{"id":"a_1","type":"textarea","value":{"start":1.25,"end":2.5,"text":["hello"]}},{"type":"choices","from_name":"mood","value":{"choices":["good","calm"]}},{"id":"x_1","type":"rating","from_name":"stars","value":{"rating":4}},{"from_id":"a_1","to_id":"x_1","type":"relation","direction":"right"}"#
            ), as: "labelstudio")
        #expect(read.codes.isEmpty)
        let span = Span.segment(try #require(Segment(start: .milliseconds(1250), end: .milliseconds(2500))))
        #expect(read.labels.map(\.content) == [
            .tag(Tag("Ann", vocabulary: "speaker")), .tag(Tag("good", vocabulary: "mood")), .tag(Tag("calm", vocabulary: "mood")), .tag(Tag("4", vocabulary: "stars")), .cue(Cue(CueText("hello"))),
        ])
        #expect(read.labels.map(\.span) == [span, .open(.zero), .open(.zero), .open(.zero), span])
        #expect(read.corpus.documents[0].relations == [Relation(kind: "relation", from: "a_1", to: "x_1")])
    }

    @Test func `a sequence is a track: what is not enabled ends a stretch`() throws {
        let text = Self.task(
            #"{"id":"v_1","type":"videorectangle","value":{"framesCount":50,"duration":2,"sequence":[{"frame":1,"enabled":true,"rotation":0,"x":10,"y":10,"width":10,"height":10,"time":0.04},{"frame":5,"enabled":false,"rotation":0,"x":20,"y":10,"width":10,"height":10,"time":0.2},{"frame":9,"enabled":true,"rotation":0,"x":30,"y":10,"width":10,"height":10,"time":0.36}],"labels":["Car"]}}"#,
            data: #""video":"v.mp4""#)
        let read = try reading(text, as: "labelstudio", ReadingOptions(pictureSize: PictureSize(width: 100, height: 100)))
        #expect(read.codes.isEmpty)
        #expect(read.corpus.documents[0].media.video == VideoStream(timing: FrameRate(25).map(FrameTiming.constant), frameCount: 50))
        let track = read.tracks[0]
        #expect(track.interpolation == .linear)
        #expect(track.keyframes.map(\.time) == [0, 4, 5, 8].map { .milliseconds($0 * 40) })
        #expect(track.keyframes.map(\.state) == [.visible, .visible, .outside, .visible])
        #expect(track.position(at: .milliseconds(80))?.shape == .box(Box(x: 15, y: 10, width: 10, height: 10)))
        #expect(track.position(at: .milliseconds(240)) == nil)
    }

    /// By the encoder of label-studio-converter: `encode_rle` of the RGBA bytes of a picture of 4 by 2 with pixels 1, 2 and 5 white.
    @Test func `masks of the brush come back`() throws {
        let mask = try #require(Mask(width: 4, height: 2, runs: [2, 2, 1, 1, 2]))
        let packed = LabelStudioBrush.packed(mask).map { JSONValue.integer(Int64($0)) }
        #expect(LabelStudioBrush.mask(.array(packed), PictureSize(width: 4, height: 2)) == mask)
        #expect(LabelStudioBrush.mask(.array(Array(packed.dropLast(3))), PictureSize(width: 4, height: 2)) == nil)
        #expect(LabelStudioBrush.mask(.array(packed), PictureSize(width: 5, height: 2)) == nil)
    }

    @Test(.enabled(if: sharedData != nil, "the shared test data is not here"), arguments: files(under: (sharedData ?? "") + "/formats/labelstudio", suffix: ".json"))
    func `every export reads, and comes back member for member`(_ path: String) throws {
        let input = try LabelInput(path: path)
        #expect(try LabelFormat.detect(input).name == "labelstudio")
        let read = try #require(LabelFormat(named: "labelstudio")).read(input)
        #expect(read.log.count(.error) == 0)
        #expect(read.corpus.labelCount > 0)
        guard case .file(let bytes) = input.content else { return }
        var log = DiagnosticLog(file: path)
        let before = try JSONReader.read(bytes, log: &log)
        let after = try JSONReader.read(Array(try #require(try read.written()[""]).utf8), log: &log)
        #expect(before == after)
    }

    @Test func `broken files are refused`() {
        #expect(throws: FormatError.self) { try reading("[{]", as: "labelstudio") }
        #expect(throws: FormatError.self) { try reading("7", as: "labelstudio") }
    }

    @Test func `a value that is no task is an error`() throws {
        #expect(try reading(#"[7,{"data":{},"annotations":[]}]"#, as: "labelstudio").codes == ["labelstudio-task"])
    }
}
