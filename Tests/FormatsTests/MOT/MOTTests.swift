import Testing
import Timeline

@testable import Formats

@Suite struct MOTTests {
    static let truth = "1,2,10,20.5,30,40,1,1,1\n2,2,11,20.5,30,40,0,1,0.25\n1,3,5,6,7,8,1,3,0\n"

    @Test func `lines of one identity are one track, frames count from 1`() throws {
        let read = try reading(Self.truth, as: "mot", reading25)
        #expect(read.labels.map(\.id) == ["t2", "t3"])
        let track = read.tracks[0]
        #expect(track.category == "pedestrian")
        #expect(track.keyframes.map(\.time) == [.zero, .milliseconds(40)])
        #expect(track.keyframes.map(\.shape) == [.box(Box(x: 10, y: 20.5, width: 30, height: 40)), .box(Box(x: 11, y: 20.5, width: 30, height: 40))])
        #expect(track.keyframes[1].attributes == [Attribute("mot.consider", "0"), Attribute("mot.visibility", "0.25")])
        #expect(read.labels[0].span == .segment(try #require(Segment(start: .zero, end: .milliseconds(40)))))
        #expect(read.tracks[1].category == "car")
        #expect(read.tracks[1].keyframes[0].state == .occluded)
        #expect(read.diagnostics.isEmpty)
    }

    @Test func `what was read is written back`() throws {
        let files = try reading(Self.truth, as: "mot", reading25).written()
        #expect(files["gt/gt.txt"] == Self.truth)
        #expect(files["seqinfo.ini"] == "[Sequence]\nname=test\nframeRate=25\n; seqLength is the last frame with a box\nseqLength=2\n")
    }

    @Test(arguments: [
        "1,-1,794.2,47.5,71.2,174.8,67.5,-1,-1,-1\n", "1,-1,794.2,47.5,71.2,174.8,0.5\n", "1,7,1,2,3,4\n", "1,7,1,2,3,4,-1,-1,-1,-1\n",
        "1,7,1,2,3,4,1,2.5,3.5,0\n", "3,7,1,2,3,4,0.25,2\n", "1,1,1,2,3,4,1,1,1\n1,2,1,2,3,4,1,1,1\n2,1,1,2,3,4,1,1,1\n", "0,1,1,2,3,4,1,1,1\n",
        "1,1,1,2,3,4,1.0,1,1\n", "1,1,1,2,3,4,1,14,1\n",
    ]) func `every number of columns comes back`(_ text: String) throws {
        #expect(try reading(text, as: "mot", reading25).written()["gt/gt.txt"] == text)
    }

    @Test func `scores from 0 to 1 are confidence, others stay as they are`() throws {
        let read = try reading("1,-1,1,2,3,4,0.75,-1,-1,-1\n1,-1,1,2,3,4,67.5,-1,-1,-1\n", as: "mot", reading25)
        #expect(read.labels.map(\.confidence) == [Confidence(0.75), nil])
        #expect(read.tracks[1].keyframes[0].attributes == [Attribute("mot.confidence", "67.5")])
        #expect(read.labels.map(\.span) == [.instant(.zero), .instant(.zero)])
    }

    @Test func `a folder has its rate, size and class names`() throws {
        let info = "[Sequence]\nname=S-02\nimDir=img1\nframeRate=29.97\nseqLength=600\nimWidth=1920\nimHeight=1080\nimExt=.jpg\n"
        let files = ["gt/gt.txt": "31,1,1,2,3,4,1,2,1\n", "gt/labels.txt": "cat\ndog\n", "det/det.txt": "1,-1,1,2,3,4,0.5\n", "seqinfo.ini": info]
        let read = try reading(files, as: "mot")
        let media = read.corpus.documents[0].media
        #expect(media.name == "S-02")
        #expect(media.video == VideoStream(width: 1920, height: 1080, timing: .constant(try #require(FrameRate(30_000, over: 1001))), frameCount: 600))
        #expect(read.corpus.documents[0].layers.map(\.id) == ["gt", "det"])
        #expect(read.tracks[0].category == "dog")
        #expect(read.tracks[0].keyframes[0].time == Timestamp(units: 1001, perSecond: 1000))
        #expect(read.diagnostics.isEmpty)
        var expected = files
        expected["gt/labels.txt"] = "dog\n"
        expected["gt/gt.txt"] = "31,1,1,2,3,4,1,1,1\n"
        expected["det/labels.txt"] = "dog\n"
        #expect(try read.written() == expected)
    }

    @Test func `tracks that interpolate are written frame by frame`() throws {
        let frames = [(0, Keyframe.State.visible), (4, .outside)].map { frame, state in
            Keyframe(time: .milliseconds(Int64(40 * frame)), shape: .box(Box(x: Double(frame), y: 0, width: 2, height: 2)), state: state)
        }
        let label = try #require(Label(track: Track("car", keyframes: frames, interpolation: .linear), id: "t1"))
        var media = Media(name: "m")
        media.video = VideoStream(timing: FrameRate(25).map(FrameTiming.constant))
        let document = Document(media: media, layers: [Layer(id: "tracks", kind: .tracks, labels: [label])])
        let files = try #require(LabelFormat(named: "mot")).write(Corpus([document]))
        #expect(text(files[0].bytes) == (1...4).map { "\($0),1,0,0,2,2,1,3,1\n" }.joined())
    }

    @Test(arguments: [
        ("1,1,1,2,3\n1,1,1,2,3,4\n", ["mot-fields"], 1), ("1,1,a,2,3,4\n1,1,1,2,3,4\n", ["mot-line"], 1), ("1;1;1;2;3;4\n", ["mot-separator"], 1),
        ("1 1 1 2 3 4\n", ["mot-separator"], 1), ("1,1,1,2,-3,4\n", ["mot-size"], 1), ("1,1,1,2,3,4\n1,1,1,2,3,4\n", ["mot-repeated"], 2),
        ("frame,id,x,y,w,h\n1,1,1,2,3,4\n", ["mot-header"], 1), ("1,1,nan,2,3,4\n2,1,1,2,3,4,1\n", ["mot-line"], 1), ("-1,1,1,2,3,4\n1,1,1,2,3,4\n", ["mot-line"], 1),
        ("1.0,1.0,1,2,3,4\n", [], 1), ("99999999999999999999,1,1,2,3,4\n1,1,1,2,3,4\n", ["mot-line"], 1),
    ]) func `slips are named`(_ text: String, _ codes: [String], _ count: Int) throws {
        let read = try reading(text, as: "mot", reading25)
        #expect(read.codes == codes)
        #expect(read.labels.count == count)
    }

    @Test func `a missing rate is assumed with a warning`() throws {
        let read = try reading("31,1,1,2,3,4,1,1,1\n", as: "mot")
        #expect(read.codes == ["mot-rate"])
        #expect(read.tracks[0].keyframes[0].time == .seconds(1))
    }

    @Test func `a file without one good line is refused`() throws {
        let error = #expect(throws: FormatError.self) { try reading("1,2\n", as: "mot", reading25) }
        #expect(error?.reason == .noLabels)
        #expect(error?.diagnostic.position?.line == 1)
    }

    @Test func `content tells the format`() throws {
        #expect(try LabelFormat.detect(LabelInput(Array(Self.truth.utf8), name: "gt.txt")).name == "mot")
        let folder = MemoryFolder([OutputFile(path: "gt/gt.txt", [])])
        #expect(try LabelFormat.detect(LabelInput(folder, name: "S-02")).name == "mot")
    }

    @Test(.enabled(if: sharedData != nil, "the shared test data is not here")) func `datumaro reads the same boxes`() throws {
        let root = (sharedData ?? "") + "/formats/vision/mot_dataset/mot_seq"
        let read = try #require(LabelFormat(named: "mot")).read(LabelInput(path: root), reading25)
        let boxes = read.tracks.flatMap { track in
            track.keyframes.map { boxFact("\((reading25.frameTiming?.frame(at: $0.time) ?? 0) + 1)", track.category, $0.shape.bounds?.sides ?? []) }
        }
        #expect(try boxes.sorted() == datumaroBoxes(root + "/datumaro-dump.json"))
    }

    @Test(.enabled(if: sharedData != nil, "the shared test data is not here"), arguments: files(under: (sharedData ?? "") + "/tracking/mot17/gt", suffix: ".txt"))
    func `ground truth of MOT17 comes back byte for byte`(_ path: String) throws {
        let bytes = try BoundedFile.read(path, limit: 1 << 26)
        let read = try #require(LabelFormat(named: "mot")).read(LabelInput(bytes, name: "gt.txt"), reading25)
        #expect(read.log.count(.error) == 0)
        #expect(try read.written()["gt/gt.txt"] == text(bytes))
    }
}
