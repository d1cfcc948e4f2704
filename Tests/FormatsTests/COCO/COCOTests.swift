import Testing
import Timeline

@testable import Formats

@Suite struct COCOTests {
    static func file(_ annotations: String, images: String = #"{"id":1,"file_name":"a.jpg","width":100,"height":50}"#, categories: String = #"{"id":3,"name":"cat","supercategory":"animal"}"#) -> String {
        #"{"info":{"year":2020},"licenses":[],"images":[\#(images)],"annotations":[\#(annotations)],"categories":[\#(categories)],"mine":[1,2.50]}"#
    }

    @Test func `a picture is a document and an annotation a label`() throws {
        let read = try reading(Self.file(#"{"id":7,"image_id":1,"category_id":3,"bbox":[1.5,2,3.25,4],"area":13,"iscrowd":0}"#), as: "coco")
        #expect(read.codes.isEmpty)
        #expect(read.corpus.documents.map(\.media) == [Media(name: "a.jpg", video: VideoStream(width: 100, height: 50))])
        #expect(read.labels == [Label(id: "a7", span: .instant(.zero), content: .track(Track("cat", keyframes: [Keyframe(time: .zero, shape: .box(Box(x: 1.5, y: 2, width: 3.25, height: 4)))])))])
        #expect(read.corpus.attributes["coco.mine"] == "[1,2.50]")
    }

    static let whole = """
        {"info":{"year":2020},
        "licenses":[],
        "mine":[1,2.50],
        "images":[
        {"id":1,"file_name":"a.jpg","width":100,"height":50,"license":4}
        ],
        "annotations":[
        {"id":7,"image_id":1,"category_id":3,"area":13,"bbox":[1.5,2,3.25,4],"iscrowd":0},
        {"id":9,"image_id":1,"category_id":3,"segmentation":[[1,2,3,2,3,4.5],[5,5,7,5,7,7]],"area":99.5,"bbox":[1,2,6,5],"iscrowd":0,"attributes":{"occluded": true, "x": "y"}},
        {"id":8,"image_id":1,"category_id":3,"segmentation":{"size":[50,100],"counts":"23Sl4"},"area":3,"bbox":[0,2,1,3],"iscrowd":0},
        {"id":10,"image_id":1,"category_id":3,"segmentation":{"size":[50,100],"counts":[2,3,4995]},"area":3,"bbox":[0,2,1,3],"iscrowd":1,"score":0.25},
        {"id":11,"image_id":1,"category_id":3,"keypoints":[1,2,2,0,0,0,3,4,1],"num_keypoints":2,"area":4,"bbox":[1,2,2,2],"iscrowd":0,"mine":{"a":[null]}},
        {"id":12,"image_id":1,"category_id":3,"area":4,"bbox":[1,2,2,2],"iscrowd":0,"attributes":{"rotation": 30.5}}
        ],
        "categories":[
        {"id": 3, "name": "cat", "keypoints": ["a", "b"]}
        ]}

        """

    @Test func `every shape and every unknown member comes back`() throws {
        let text = Self.whole
        let read = try reading(text, as: "coco")
        #expect(read.codes.isEmpty, "\(read.diagnostics)")
        let written = try #require(try read.written()[""])
        #expect(written == text)
    }

    @Test func `frames of a video are one document, and a track id one label`() throws {
        let text = """
            {"videos":[{"id":2,"name":"v","width":64,"height":48,"fps":12.5,"length":4}],
            "annotations":[{"id":5,"image_id":31,"category_id":1,"bbox":[1,2,3,4],"area":12,"iscrowd":0,"track_id":9},{"id":4,"image_id":30,"category_id":1,"bbox":[2,2,3,4],"area":12,"iscrowd":0,"instance_id":9}],
            "images":[{"id":30,"file_name":"v/0.jpg","video_id":2,"frame_id":0},{"id":31,"file_name":"v/2.jpg","video_id":2,"frame_id":2}],"categories":[{"id":1,"name":"car"}]}
            """
        let read = try reading(text, as: "coco")
        #expect(read.codes.isEmpty)
        let rate = try #require(FrameRate(25, over: 2))
        #expect(read.corpus.documents.map(\.media) == [Media(name: "v", video: VideoStream(width: 64, height: 48, timing: .constant(rate), frameCount: 4))])
        #expect(read.labels.map(\.id) == ["t9"])
        #expect(read.tracks[0].keyframes.map(\.time) == [.zero, .milliseconds(160)])
        #expect(read.tracks[0].keyframes.map(\.attributes) == [[Attribute("coco.id", "4")], [Attribute("coco.id", "5")]])
        let written = try #require(try read.written()[""])
        #expect(try reading(written, as: "coco").corpus == read.corpus)
        #expect(written.contains(#"{"id":31,"file_name":"v/2.jpg","video_id":2,"frame_id":2}"#))
    }

    @Test func `captions, and categories of whole pictures`() throws {
        let read = try reading(Self.file(#"{"id":1,"image_id":1,"caption":"a \"cat\""},{"id":2,"image_id":1,"category_id":3}"#), as: "coco")
        #expect(read.corpus.documents[0].layers.map(\.kind) == [.cues, .tags])
        #expect(read.labels.map(\.content) == [.cue(Cue(CueText("a \"cat\""))), .tag(Tag("cat"))])
        #expect(try reading(try #require(try read.written()[""]), as: "coco").corpus == read.corpus)
    }

    @Test func `results are an array, with scores`() throws {
        let read = try reading(#"[{"image_id":4,"category_id":1,"bbox":[1,2,3,4],"score":0.5},{"image_id":4,"category_id":1,"bbox":[1,2,3,4],"score":7.5}]"#, as: "coco")
        #expect(read.codes.isEmpty)
        #expect(read.labels.map(\.confidence) == [Confidence(0.5), nil])
        #expect(read.corpus.documents.map(\.media.name) == ["image 4"])
        let written = try #require(try read.written()[""])
        #expect(try reading(written, as: "coco").corpus == read.corpus)
    }

    @Test func `all shapes of a track in one annotation, as YouTube-VIS has them`() throws {
        let text = #"{"videos":[{"id":1,"file_names":["v/0.jpg","v/1.jpg","v/2.jpg"],"width":4,"height":2,"length":3,"fps":25}],"annotations":[{"id":6,"video_id":1,"category_id":1,"iscrowd":0,"segmentations":[null,{"size":[2,4],"counts":[1,2,5]},{"size":[2,4],"counts":[2,2,4]}],"bboxes":[null,[0,1,2,2],[1,0,1,2]],"areas":[null,2,2]}],"categories":[{"id":1,"name":"c"}]}"#
        let read = try reading(text, as: "coco")
        #expect(read.labels.map(\.id) == ["t6"])
        #expect(read.tracks[0].keyframes.map(\.time) == [.milliseconds(40), .milliseconds(80)])
        #expect(read.tracks[0].keyframes.map(\.shape) == [[1, 2, 5], [2, 2, 4]].compactMap { Mask(width: 4, height: 2, runs: $0) }.map(Shape.mask))
    }

    @Test(arguments: [
        (#"{"id":1,"image_id":1,"category_id":3,"bbox":[1,2,3,4]},{"id":1,"image_id":1,"category_id":3,"bbox":[1,2,3,4]}"#, ["coco-repeated"], 2),
        (#"{"id":1,"image_id":1,"category_id":3,"bbox":[1,2,3]}"#, ["coco-box"], 1), (#"{"id":1,"image_id":1,"category_id":3,"bbox":[1,2,-3,4]}"#, ["coco-size"], 1),
        (#"{"id":1,"category_id":3,"bbox":[1,2,3,4]}"#, ["coco-annotation"], 0), (#"7,{"id":1,"image_id":1,"category_id":3,"bbox":[1,2,3,4]}"#, ["coco-object"], 1),
        (#"{"id":1,"image_id":1,"category_id":3,"segmentation":[[1,2,3,4,5,6,7]],"bbox":[1,2,3,4]}"#, ["coco-polygon"], 1),
        (#"{"id":1,"image_id":1,"category_id":3,"segmentation":{"counts":[99999],"size":[50,100]},"bbox":[1,2,3,4]}"#, ["coco-rle"], 1),
        (#"{"id":1,"image_id":1,"category_id":3,"segmentation":{"counts":"~~","size":[50,100]},"bbox":[1,2,3,4]}"#, ["coco-rle"], 1),
        (#"{"id":1,"image_id":1,"category_id":3,"segmentation":{"counts":[1],"size":[1e9,1e18]},"bbox":[1,2,3,4]}"#, ["coco-rle"], 1),
        (#"{"id":1,"image_id":1,"category_id":3,"keypoints":[1,2],"bbox":[1,2,3,4]}"#, ["coco-keypoints"], 1),
        (#"{"id":"x","image_id":1,"category_id":3,"bbox":[1,2,3,4]}"#, ["coco-id"], 1), (#"{"id":1,"image_id":1,"category_id":3,"bbox":null}"#, [], 1),
    ]) func `slips are named and nothing is lost in silence`(_ annotations: String, _ codes: [String], _ count: Int) throws {
        let read = try reading(Self.file(annotations), as: "coco")
        #expect(read.codes == codes)
        #expect(read.labels.count == count)
        let written = try #require(try read.written()[""])
        #expect(try reading(written, as: "coco").labels.count == count)
    }

    @Test(arguments: ["", "{", "{\"images\":[}", "[1", "{\"a\":1}", "{\"images\":{}}", "{\"images\":[],\"annotations\":[{\"id\":1]}"]) func `broken files are refused`(_ text: String) {
        #expect(throws: FormatError.self) { try reading(text, as: "coco") }
    }

    @Test func `content tells the format`() throws {
        #expect(try LabelFormat.detect(LabelInput(Array(Self.whole.utf8), name: "x.json")).name == "coco")
    }

    @Test(.enabled(if: sharedData != nil, "the shared test data is not here")) func `datumaro reads the same boxes`() throws {
        let root = (sharedData ?? "") + "/formats/vision/coco_dataset/coco"
        var facts: [String] = []
        for name in ["instances_train", "instances_val"] {
            let read = try #require(LabelFormat(named: "coco")).read(LabelInput(path: "\(root)/annotations/\(name).json"))
            #expect(read.codes.isEmpty)
            for document in read.corpus.documents {
                for label in document.layers.flatMap({ $0.labels }) {
                    guard case .track(let track) = label.content else { continue }
                    let box = track.keyframes[0].shape.cocoBox
                    // The file's box of its mask is a pixel less high than the mask.
                    let stated = label.attributes["coco.bbox"].flatMap { numbers($0) } ?? box.sides
                    facts.append(boxFact(String(document.media.name.prefix(1)), track.category, stated))
                }
            }
            #expect(try reading(try #require(try read.written()[""]), as: "coco").corpus == read.corpus)
        }
        #expect(try facts.sorted() == datumaroBoxes(root + "/datumaro-dump.json"))
    }

    private func numbers(_ json: String) -> [Double]? {
        var log = DiagnosticLog(file: "")
        return try? JSONReader.read(Array(json.utf8), log: &log).array?.compactMap(\.double)
    }

    @Test(.enabled(if: sharedData != nil, "the shared test data is not here"), arguments: files(under: (sharedData ?? "") + "/formats/vision/coco_dataset", suffix: ".json"))
    func `every file of the data set reads and comes back`(_ path: String) throws {
        guard !path.hasSuffix("dump.json") else { return }
        let read = try #require(LabelFormat(named: "coco")).read(LabelInput(path: path))
        #expect(read.log.count(.error) == 0)
        #expect(try reading(try #require(try read.written()[""]), as: "coco").corpus.documents == read.corpus.documents)
    }
}

@Suite struct RunLengthsTests {
    /// As pycocotools 2.0.11 writes them: `mask.frPyObjects({"size": [h, w], "counts": runs}, h, w)`.
    @Test(arguments: RunLengthsTests.known) func `texts of masks are those of COCO's own code`(_ runs: [UInt32], _ text: String) {
        var bytes: [UInt8] = []
        RunLengths.append(runs, to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == text)
        #expect(RunLengths.decode(bytes, 0..<bytes.count) == runs)
    }

    static let known: [([UInt32], String)] = [
        ([2, 3, 4995], #"23Sl4"#), ([0, 20, 30], #"0d0n0"#), ([10, 10, 5, 10, 15], #"::50:"#), ([1000, 17, 463, 20, 460, 25, 455, 31, 449, 1, 304279], #"Xo0a0_>3M5K6JROffX9"#), ([16], #"`0"#), ([2073599, 1], #"ooXo11"#),
    ]

    @Test(arguments: [1, 2, 3]) func `random runs come back`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<500 {
            let runs = (0..<Int.random(in: 0...30, using: &generator)).map { _ in UInt32.random(in: 0...(1 << UInt32.random(in: 0...31, using: &generator)), using: &generator) }
            var bytes: [UInt8] = []
            RunLengths.append(runs, to: &bytes)
            #expect(RunLengths.decode(bytes, 0..<bytes.count) == runs, "seed \(seed)")
        }
    }

    @Test(arguments: ["P", "o", "\u{7F}", "~~", "PPPPPPPPPPPPPPPPP0", "000O"]) func `texts that are none are refused`(_ text: String) {
        #expect(RunLengths.decode(Array(text.utf8), 0..<text.utf8.count) == nil)
    }
}
