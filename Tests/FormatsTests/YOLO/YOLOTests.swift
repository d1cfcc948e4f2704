import Testing
import Timeline

@testable import Formats

@Suite struct YOLOTests {
    static let names = "path: .\nnc: 2\nnames: ['cat', \"big dog\"] # two\n"
    static let size = ReadingOptions(pictureSize: PictureSize(width: 200, height: 100))

    @Test func `a line is a class and a box in shares`() throws {
        let read = try reading(["data.yaml": Self.names, "labels/a.txt": "1 0.5 0.5 0.25 0.5\n0 0.1 0.2 0.05 0.1 0.75\n"], as: "yolo", Self.size)
        #expect(read.codes.isEmpty)
        #expect(read.corpus.documents.map(\.media) == [Media(name: "a", video: VideoStream(width: 200, height: 100))])
        #expect(read.tracks.map(\.category) == ["big dog", "cat"])
        #expect(read.tracks.map { $0.keyframes[0].shape } == [.box(Box(x: 75, y: 25, width: 50, height: 50)), .box(Box(x: 15, y: 15, width: 10, height: 10))])
        #expect(read.labels.map(\.confidence) == [nil, Confidence(0.75)])
    }

    @Test func `outlines, turned boxes and poses`() throws {
        let read = try reading(["data.yaml": "kpt_shape: [2, 3]\nnames:\n  0: a\n  1: b\n", "labels/a.txt": "0 0 0 0.5 0 0.5 1\n0 0 0 0.5 0 0.5 1 0 1\n1 0.5 0.5 1 1 0.1 0.2 2 0 0 0\n"], as: "yolo", Self.size)
        #expect(read.codes.isEmpty)
        let shapes = read.tracks.map { $0.keyframes[0].shape }
        #expect(shapes[0] == .polygon([Polygon([Point(x: 0, y: 0), Point(x: 100, y: 0), Point(x: 100, y: 100)])]))
        #expect(shapes[2] == .keypoints([Keypoint(Point(x: 20, y: 20), .visible), Keypoint(Point(x: 0, y: 0), .absent)]))
        let files = try read.written()
        #expect(files["labels/a.txt"] == "0 0 0 0.5 0 0.5 1\n0 0 0 0.5 0 0.5 1 0 1\n1 0.5 0.5 1 1 0.1 0.2 2 0 0 0\n")
        #expect(files["data.yaml"] == "path: .\ntrain: images\nval: images\nnc: 2\nkpt_shape: [2, 3]\nnames:\n  0: \"a\"\n  1: \"b\"\n")
    }

    @Test(arguments: ["names: [a, 'b c']\n", "names:\n- a\n- \"b c\"\n", "nc: 2\nnames:\n  0: a\n  1: 'b c' # x\nval: y\n", "names: {0: a, 1: 'b c'}\n"])
    func `names in the ways of YAML`(_ yaml: String) {
        #expect(YOLONames(yaml: Array(yaml.utf8)).names == [0: "a", 1: "b c"])
    }

    @Test(arguments: [("x 0.5 0.5 1 1\n0 0.5 0.5 1 1\n", ["yolo-line"]), ("0 0.5 0.5\n", ["yolo-line"]), ("0 1.5 0.5 0.1 0.1\n", ["yolo-range"]), ("-1 0.5 0.5 0.1 0.1\n", ["yolo-line"])])
    func `slips are named`(_ text: String, _ codes: [String]) throws {
        #expect(try reading(["classes.txt": "a\n", "labels/a.txt": text], as: "yolo", Self.size).codes == codes)
    }

    @Test func `without a size positions stay shares, with a warning`() throws {
        let read = try reading(["labels/a.txt": "0 0.5 0.5 0.25 0.5\n"], as: "yolo")
        #expect(read.codes.sorted() == ["yolo-names", "yolo-size"])
        #expect(read.tracks[0].category == "0")
        #expect(throws: FormatError.self) { try read.written() }
    }

    @Test(.enabled(if: sharedData != nil, "the shared test data is not here"), arguments: ["yolo_dataset/strict", "roboflow_dataset/yolo"])
    func `datumaro reads the same boxes`(_ folder: String) throws {
        let root = (sharedData ?? "") + "/formats/vision/" + folder
        let input = try LabelInput(path: root)
        #expect(try LabelFormat.detect(input).name == "yolo")
        let read = try #require(LabelFormat(named: "yolo")).read(input)
        #expect(read.codes.isEmpty)
        let boxes = read.corpus.documents.flatMap { document in
            document.layers.flatMap { $0.labels }.compactMap { label -> String? in
                guard case .track(let track) = label.content else { return nil }
                // The shares have six digits, datumaro's corners none.
                return boxFact(document.media.name, track.category, (track.keyframes[0].shape.bounds?.sides ?? []).map { ($0 * 100).rounded() / 100 })
            }
        }
        #expect(try boxes.sorted() == datumaroBoxes(root + "/datumaro-dump.json"))
    }
}
