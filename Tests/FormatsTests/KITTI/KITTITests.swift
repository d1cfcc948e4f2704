import Testing
import Timeline

@testable import Formats

@Suite struct KITTITests {
    static let tracking = """
        0 -1 DontCare -1 -1 -10 219.31 188.49 245.5 218.56 -1000 -1000 -1000 -10 -1 -1 -1
        0 0 Van 0 0 -1.793451 296.744956 161.752147 455.226042 292.372804 2.000000 1.823255 4.433886 -4.552284 1.858523 13.410495 -2.115488
        0 1 Cyclist 0 2 -1.936993 737.619499 161.531951 931.112229 374 1.739063 0.824591 1.785241 1.640400 1.675660 5.776261 -1.675458
        1 0 Van 1 0 -1.8 290.1 160 450.3 292 2.0 1.8 4.4 -4.5 1.8 13.4 -2.1 0.75

        """

    @Test func `frames count from 0 and one identity is one track`() throws {
        let read = try reading(Self.tracking, as: "kitti")
        #expect(read.codes == ["kitti-rate"])
        #expect(read.labels.map(\.id) == ["d1", "t0", "t1"])
        #expect(read.tracks.map(\.category) == ["DontCare", "Van", "Cyclist"])
        #expect(read.tracks[1].keyframes.map(\.time) == [.zero, .milliseconds(100)])
        #expect(read.tracks[1].keyframes[1].confidence == Confidence(0.75))
        #expect(read.tracks[1].keyframes[1].shape == .box(Box(x: 290.1, y: 160, width: 160.2, height: 132)))
        #expect(read.tracks[2].keyframes[0].state == .occluded)
    }

    @Test func `every number comes back`() throws {
        let files = try reading(Self.tracking, as: "kitti", name: "0000.txt").written()
        let lines = Self.tracking.split(separator: "\n")
        #expect(files["label_02/0000.txt"] == ([lines[0], lines[1], lines[3], lines[2]].joined(separator: "\n") + "\n"))
    }

    @Test func `the detection form is one picture a file`() throws {
        let line = "Truck 0.50 0 -1 0 1 2 3 -1 -1 -1 -1000 -1000 -1000 -10\n"
        let png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 2, 0x58, 0, 0, 1, 0] as [UInt8]
        let folder = MemoryFolder([OutputFile(path: "label_2/30.txt", Array(line.utf8)), OutputFile(path: "image_2/30.png", png)])
        let read = try #require(LabelFormat(named: "kitti")).read(LabelInput(folder, name: "data"))
        #expect(read.corpus.documents.map(\.media) == [Media(name: "30", video: VideoStream(width: 600, height: 256))])
        #expect(read.codes.isEmpty)
        #expect(try read.written() == ["label_2/30.txt": line])
    }

    @Test(arguments: ["Car 0 0\n", "0 0 Car 0 0 a 1 2 3 4 1 1 1 1 1 1 1\n", "-1 0 Car 0 0 0 1 2 3 4 1 1 1 1 1 1 1\n", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15\n"])
    func `a line without its fields is an error with its place`(_ text: String) throws {
        let error = #expect(throws: FormatError.self) { try reading(text, as: "kitti") }
        #expect(error?.diagnostic.position?.line == 1)
    }

    @Test(.enabled(if: sharedData != nil, "the shared test data is not here")) func `datumaro reads the same boxes`() throws {
        let root = (sharedData ?? "") + "/formats/vision/kitti_dataset/kitti_detection"
        let input = try LabelInput(path: root)
        #expect(try LabelFormat.detect(input).name == "kitti")
        let read = try #require(LabelFormat(named: "kitti")).read(input)
        let boxes = read.corpus.documents.flatMap { document in
            document.layers.flatMap { $0.labels }.compactMap { label -> String? in
                guard case .track(let track) = label.content else { return nil }
                return boxFact(document.media.name, track.category, track.keyframes[0].shape.bounds?.sides ?? [])
            }
        }
        #expect(try boxes.sorted() == datumaroBoxes(root + "/datumaro-dump.json"))
        #expect(read.corpus.documents.allSatisfy { $0.media.video?.width != nil })
    }
}

@Suite struct PictureSizeTests {
    @Test(arguments: [
        ("PNG", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 5, 0, 0, 0, 7]),
        ("GIF", [0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 5, 0, 7, 0]),
        ("JPEG", [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xC4, 0, 3, 0, 0xFF, 0xC2, 0, 17, 8, 0, 7, 0, 5]),
        ("BMP", [0x42, 0x4D] + [UInt8](repeating: 0, count: 12) + [40, 0, 0, 0, 5, 0, 0, 0, 0xF9, 0xFF, 0xFF, 0xFF]),
        ("WebP, extended", Array("RIFF....WEBPVP8X....".utf8) + [0, 0, 0, 0, 4, 0, 0, 6, 0, 0]),
        ("WebP, lossless", Array("RIFF....WEBPVP8L....".utf8) + [0x2F, 4, 0x80, 1, 0]),
        ("WebP, lossy", Array("RIFF....WEBPVP8 ....".utf8) + [0, 0, 0, 0x9D, 1, 0x2A, 5, 0, 7, 0]),
    ] as [(String, [UInt8])]) func `headers state the size, and cut ones state none`(_ kind: String, _ bytes: [UInt8]) {
        let size = PictureSize(header: bytes)
        #expect(size == PictureSize(width: 5, height: 7), "\(kind)")
        for count in 0..<bytes.count { #expect(PictureSize(header: Array(bytes.prefix(count))) == nil, "\(kind) \(count)") }
    }
}
