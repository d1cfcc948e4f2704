import Testing
import Timeline

@testable import Formats

@Suite struct VOCTests {
    static let file = """
        <annotation>
            <folder>VOC2007</folder>
            <source>
                <database>x</database>
            </source>
            <segmented>1</segmented>
            <filename>a.jpg</filename>
            <size>
                <width>20</width>
                <height>10</height>
                <depth>3</depth>
            </size>
            <object>
                <name>cat</name>
                <difficult>0</difficult>
                <occluded>1</occluded>
                <pose>Left</pose>
                <truncated>1</truncated>
                <part>
                    <name>head</name>
                    <bndbox>
                        <xmin>1</xmin>
                        <ymin>2</ymin>
                    </bndbox>
                </part>
                <part>
                    <name>foot</name>
                </part>
                <bndbox>
                    <xmin>1.5</xmin>
                    <ymin>2</ymin>
                    <xmax>3.7</xmax>
                    <ymax>4</ymax>
                </bndbox>
            </object>
        </annotation>

        """

    @Test func `an object is a label, and all the rest comes back`() throws {
        let read = try reading(["Annotations/a.xml": Self.file], as: "voc")
        #expect(read.codes.isEmpty)
        #expect(read.corpus.documents.map(\.media) == [Media(name: "a.jpg", video: VideoStream(width: 20, height: 10))])
        #expect(read.tracks.map(\.category) == ["cat"])
        #expect(read.tracks[0].keyframes[0] == Keyframe(time: .zero, shape: .box(Box(x: 1.5, y: 2, width: 2.2, height: 2)), state: .occluded))
        #expect(read.labels[0].attributes["voc.part.1.bndbox.ymin"] == "2")
        #expect(try read.written() == ["Annotations/a.xml": Self.file])
    }

    @Test func `turned boxes and outlines`() throws {
        let text = "<annotation><filename>a</filename><object><name>x</name><robndbox><cx>10</cx><cy>20</cy><w>4</w><h>2</h><angle>0.5</angle></robndbox></object><object><name>y</name><polygon><x1>1</x1><y1>2</y1><x2>3</x2><y2>4</y2><x3>5</x3><y3>7</y3></polygon></object></annotation>"
        let read = try reading(text, as: "voc", name: "a.voc.xml")
        guard case .rotated(let rotated) = read.tracks[0].keyframes[0].shape else { return #expect(Bool(false)) }
        #expect(rotated.box == Box(x: 8, y: 19, width: 4, height: 2))
        #expect(abs(rotated.angle - 28.6478897565) < 1e-9)
        #expect(read.tracks[1].keyframes[0].shape == .polygon([Polygon([Point(x: 1, y: 2), Point(x: 3, y: 4), Point(x: 5, y: 7)])]))
        let written = try #require(try read.written()["Annotations/a.xml"])
        #expect(try reading(written, as: "voc", name: "a.xml").corpus == read.corpus)
    }

    @Test(arguments: [
        ("<object><name>a</name></object>", ["voc-box"]), ("<object><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>2</xmax><ymax>2</ymax></bndbox></object>", ["voc-name"]),
        ("<object><name>a</name><bndbox><xmin>3</xmin><ymin>1</ymin><xmax>2</xmax><ymax>2</ymax></bndbox></object>", ["voc-size"]),
    ]) func `slips are named`(_ object: String, _ codes: [String]) throws {
        #expect(try reading("<annotation>\(object)</annotation>", as: "voc").codes == codes)
    }

    @Test func `another root is refused`() {
        #expect(throws: FormatError.self) { try reading("<annotations/>", as: "voc") }
    }
}
