import Testing
import Timeline

@testable import Formats

@Suite struct CVATTests {
    static func video(_ tracks: String) -> String {
        """
        <?xml version="1.0" encoding="utf-8"?>
        <annotations>
          <version>1.1</version>
          <meta><task><id>1</id><name>n</name><size>10</size><mode>interpolation</mode><labels><label><name>car</name><attributes></attributes></label></labels><original_size><width>100</width><height>50</height></original_size></task><source>v.mp4</source></meta>
          \(tracks)
        </annotations>

        """
    }

    @Test func `a track is its key frames, and positions between them are linear`() throws {
        let read = try reading(
            Self.video(
                """
                <track id="3" label="car" source="manual">
                    <box frame="0" outside="0" occluded="0" keyframe="1" xtl="1.00" ytl="2" xbr="9.50" ybr="9" z_order="0"><attribute name="hue">red</attribute></box>
                    <box frame="4" outside="0" occluded="1" keyframe="1" xtl="5" ytl="2" xbr="13.5" ybr="9" z_order="2"></box>
                    <box frame="6" outside="1" occluded="0" keyframe="1" xtl="5" ytl="2" xbr="13.5" ybr="9" z_order="0"></box>
                    <box frame="8" outside="0" occluded="0" keyframe="0" xtl="5" ytl="2" xbr="13.5" ybr="9" z_order="0"></box>
                  </track>
                """), as: "cvat", reading25)
        #expect(read.codes.isEmpty)
        #expect(read.corpus.documents[0].media == Media(name: "v.mp4", video: VideoStream(width: 100, height: 50, timing: reading25.frameTiming)))
        #expect(read.labels.map(\.id) == ["t3"])
        let track = read.tracks[0]
        #expect(track.interpolation == .linear)
        #expect(track.keyframes.map(\.state) == [.visible, .occluded, .outside, .visible])
        #expect(track.keyframes.map(\.isInterpolated) == [false, false, false, true])
        #expect(track.keyframes[0].attributes == [Attribute("cvat.attribute.hue", "red")])
        #expect(track.keyframes[1].attributes == [Attribute("cvat.z", "2")])
        func box(_ frame: Int64) -> Shape? { track.position(at: .milliseconds(40 * frame))?.shape }
        #expect(box(0) == .box(Box(x: 1, y: 2, width: 8.5, height: 7)))
        #expect(box(2) == .box(Box(x: 3, y: 2, width: 8.5, height: 7)))
        #expect(box(5) == .box(Box(x: 5, y: 2, width: 8.5, height: 7)))
        #expect(box(6) == nil)
        #expect(box(7) == nil)
        #expect(box(9) == nil)
        #expect(track.position(at: .milliseconds(80))?.attributes == [Attribute("cvat.attribute.hue", "red")])
    }

    @Test func `every kind of shape comes back`() throws {
        let shapes = """
            <polygon frame="1" outside="0" occluded="0" keyframe="1" points="1,2;3.25,4;5,6" z_order="0"/>
            <polyline frame="1" outside="0" occluded="0" keyframe="1" points="1,2;3,4" z_order="0"/>
            <points frame="1" outside="0" occluded="0" keyframe="1" points="1,2" z_order="0"/>
            <box frame="1" outside="0" occluded="0" keyframe="1" xtl="1" ytl="2" xbr="3" ybr="4" rotation="30.5" z_order="0"/>
            <ellipse frame="1" outside="0" occluded="0" keyframe="1" cx="10.1" cy="20.2" rx="3.3" ry="4.4" rotation="10" z_order="0"/>
            <mask frame="1" outside="0" occluded="0" keyframe="1" rle="0,2,1,1" left="10" top="20" width="2" height="2" z_order="0"/>
            <cuboid frame="1" outside="0" occluded="0" keyframe="1" xtl1="1" ytl1="2" xbl1="3" ybl1="4" xtr1="5" ytr1="6" xbr1="7" ybr1="8" xtl2="9" ytl2="10" xbl2="11" ybl2="12" xtr2="13" ytr2="14" xbr2="15" ybr2="16" z_order="0"/>
            <skeleton frame="1" outside="0" occluded="0" keyframe="1" z_order="0"><points label="nose" outside="0" occluded="1" points="1,2"/><points label="ear" outside="1" occluded="0" points="3,4"><attribute name="x">y</attribute></points></skeleton>
            """.split(separator: "\n")
        for (index, shape) in shapes.enumerated() {
            let closing = shape.contains("<skeleton") ? shape.replacing(first: "frame=\"1\" outside=\"0\"", with: "frame=\"2\" outside=\"1\"") : shape.replacing(first: "frame=\"1\" outside=\"0\"", with: "frame=\"2\" outside=\"1\"")
            let text = Self.video("<track id=\"\(index)\" label=\"car\">\(shape)\(closing)</track>")
            let read = try reading(text, as: "cvat", reading25)
            #expect(read.codes.isEmpty, "\(shape)")
            #expect(read.tracks.map(\.keyframes.count) == [2], "\(shape)")
            let written = try #require(try read.written()[""])
            #expect(written.squeezed.contains(String(shape).squeezed), "\(shape)\n\(written)")
            #expect(try reading(written, as: "cvat", reading25).corpus == read.corpus, "\(shape)")
        }
    }

    @Test func `a mask is row by row in its box, and column by column here`() throws {
        let read = try reading(
            Self.video("<track id=\"0\" label=\"car\"><mask frame=\"0\" outside=\"0\" occluded=\"0\" rle=\"0,2,1,1\" left=\"98\" top=\"48\" width=\"2\" height=\"2\"/></track>"), as: "cvat", reading25)
        // Pixels (98, 48), (99, 48), (99, 49) of a picture 50 high.
        #expect(read.tracks[0].keyframes[0].shape == .mask(try #require(Mask(width: 100, height: 50, runs: [98 * 50 + 48, 1, 1 + 48, 2]))))
    }

    @Test func `pictures are documents, with shapes and tags`() throws {
        let text = """
            <annotations><version>1.1</version>
            <image id="7" name="a/b.jpg" width="20" height="10" subset="train"><box label="car" occluded="1" source="manual" xtl="1" ytl="2" xbr="3" ybr="4" z_order="1" group_id="5"><attribute name="a">b</attribute></box><tag label="night" source="manual"><attribute name="c">d</attribute></tag></image>
            <image id="8" name="c.jpg" width="20" height="10"></image></annotations>
            """
        let read = try reading(text, as: "cvat")
        #expect(read.codes.isEmpty)
        #expect(read.corpus.documents.map(\.media) == ["a/b.jpg", "c.jpg"].map { Media(name: $0, video: VideoStream(width: 20, height: 10)) })
        #expect(read.corpus.documents[0].layers.map(\.kind) == [.tracks, .tags])
        #expect(read.tracks[0].keyframes[0].state == .occluded)
        let written = try #require(try read.written()[""])
        #expect(written.contains("<image id=\"7\" name=\"a/b.jpg\" width=\"20\" height=\"10\" subset=\"train\">"))
        #expect(try reading(written, as: "cvat").corpus.documents == read.corpus.documents)
    }

    @Test func `the file's own meta comes back while it fits`() throws {
        let read = try reading(Self.video("<track id=\"0\" label=\"car\"><box frame=\"0\" xtl=\"1\" ytl=\"2\" xbr=\"3\" ybr=\"4\"/></track>"), as: "cvat", reading25)
        #expect(try read.written()[""]?.contains("<meta><task><id>1</id><name>n</name>") == true)
        var changed = read.corpus
        changed.documents[0].media.name = "other.mp4"
        let bytes = try #require(LabelFormat(named: "cvat")).write(changed)[0].bytes
        #expect(try reading(text(bytes), as: "cvat", reading25).corpus.documents[0].media.name == "other.mp4")
    }

    @Test(arguments: [
        ("<track id=\"0\" label=\"car\"><box frame=\"x\" xtl=\"1\" ytl=\"2\" xbr=\"3\" ybr=\"4\"/></track>", ["cvat-frame", "cvat-empty"]),
        ("<track id=\"0\" label=\"car\"><box frame=\"0\" xtl=\"a\" ytl=\"2\" xbr=\"3\" ybr=\"4\"/></track>", ["cvat-empty", "cvat-shape"]),
        ("<track id=\"0\" label=\"bus\"><box frame=\"0\" xtl=\"1\" ytl=\"2\" xbr=\"3\" ybr=\"4\"/></track>", ["cvat-label"]),
        ("<track id=\"0\" label=\"car\"><box frame=\"0\" xtl=\"1\" ytl=\"2\" xbr=\"3\" ybr=\"4\"/><box frame=\"0\" xtl=\"1\" ytl=\"2\" xbr=\"3\" ybr=\"4\"/></track>", ["cvat-repeated"]),
        ("<track id=\"0\" label=\"car\"><mask frame=\"0\" rle=\"0,4294967295\" left=\"0\" top=\"0\" width=\"16000000\" height=\"16000000\"/></track>", ["cvat-empty", "cvat-shape"]),
        ("<track id=\"0\" label=\"car\"><polygon frame=\"0\" points=\"1,2;3\"/></track>", ["cvat-empty", "cvat-shape"]),
        ("<thing><track/></thing>", ["cvat-element"]),
    ]) func `slips are named`(_ tracks: String, _ codes: [String]) throws {
        #expect(try reading(Self.video(tracks), as: "cvat", reading25).codes.sorted() == codes.sorted())
    }

    @Test func `another root is refused`() {
        #expect(throws: FormatError.self) { try reading("<labels/>", as: "cvat") }
    }

    @Test(.enabled(if: sharedData != nil, "the shared test data is not here")) func `datumaro reads the same key frames`() throws {
        let root = (sharedData ?? "") + "/formats/vision/cvat_dataset/for_video"
        let input = try LabelInput(path: root + "/annotations.xml")
        #expect(try LabelFormat.detect(input).name == "cvat")
        let read = try #require(LabelFormat(named: "cvat")).read(input, reading25)
        #expect(read.codes.isEmpty)
        var facts: [String] = []
        for label in read.labels {
            guard case .track(let track) = label.content else { continue }
            for keyframe in track.keyframes {
                let frame = reading25.frameTiming?.frame(at: keyframe.time) ?? 0
                var (kind, points) = ("", [Double]())
                switch keyframe.shape {
                case .box(let box): (kind, points) = ("bbox", [box.x, box.y, box.right, box.bottom])
                case .polygon(let parts): (kind, points) = ("polyline", parts.flatMap { $0.points.flatMap { [$0.x, $0.y] } })
                case .keypoints(let all): (kind, points) = ("points", all.flatMap { [$0.point.x, $0.point.y] })
                default: kind = "?"
                }
                facts.append(boxFact("frame_0000\(frame) \(kind) \(keyframe.state == .outside) \(keyframe.state == .occluded)", track.category, points))
            }
        }
        var log = DiagnosticLog(file: root)
        let dump = try JSONReader.read(try BoundedFile.read(root + "/datumaro-dump.json", limit: 1 << 24), log: &log)
        let expected = (dump["items"]?.array ?? []).flatMap { item in
            (item["annotations"]?.array ?? []).map { shape in
                let (outside, occluded) = (shape["attributes"]?["outside"] == .bool(true), shape["attributes"]?["occluded"] == .bool(true))
                return boxFact(
                    "\(item["id"]?.string ?? "") \(shape["type"]?.string ?? "") \(outside) \(occluded)", shape["label"]?.string ?? "", (shape["points"]?.array ?? []).compactMap(\.double))
            }
        }
        #expect(facts.sorted() == expected.sorted())
        #expect(expected.count == 7)
        let written = try #require(try read.written()[""])
        #expect(try reading(written, as: "cvat", reading25).corpus == read.corpus)
    }
}

extension StringProtocol {
    fileprivate func replacing(first part: String, with other: String) -> String {
        guard let range = String(self).firstRange(of: part) else { return String(self) }
        return String(self).replacingCharacters(in: range, with: other)
    }

    /// Without white space between elements.
    fileprivate var squeezed: String {
        var (result, isBetween) = ("", false)
        for character in self {
            if isBetween, character.isWhitespace { continue }
            isBetween = character == ">"
            result.append(character)
        }
        return result
    }
}

extension String {
    fileprivate func firstRange(of part: String) -> Range<String.Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(part) { return start..<index(start, offsetBy: part.count) }
            start = index(after: start)
        }
        return nil
    }

    fileprivate func replacingCharacters(in range: Range<String.Index>, with other: String) -> String { self[..<range.lowerBound] + other + self[range.upperBound...] }
}
