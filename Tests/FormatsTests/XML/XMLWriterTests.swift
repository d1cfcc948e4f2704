import Testing

@testable import Formats

@Suite struct XMLWriterTests {
    @Test func `elements are indented and text is left alone`() {
        var xml = XMLWriter()
        xml.open("a")
        xml.attribute("xmlns:t", "urn:t")
        xml.open("t:b")
        xml.attribute("n", -12)
        xml.attribute("time", plain: "1.5".utf8)
        xml.close()
        xml.element("c", "x")
        xml.element("d", "")
        xml.open("p", keepsSpace: true)
        xml.element("s", "1")
        xml.text(" 2")
        xml.close()
        xml.close()
        #expect(text(xml.take()) == """
            <?xml version="1.0" encoding="UTF-8"?>
            <a xmlns:t="urn:t">
              <t:b n="-12" time="1.5"/>
              <c>x</c>
              <d/>
              <p><s>1</s> 2</p>
            </a>

            """)
        #expect(xml.bytes.isEmpty)
    }

    @Test func `what XML cannot hold becomes U+FFFD and is counted`() {
        var xml = XMLWriter(declaration: false)
        xml.open("a")
        xml.attribute("k", "\u{0}\u{FFFF}é\u{FFFD}")
        xml.text("\u{1B}")
        xml.close()
        #expect(text(xml.bytes) == "<a k=\"\u{FFFD}\u{FFFD}é\u{FFFD}\">\u{FFFD}</a>\n")
        #expect(xml.replacements == 3)
    }

    @Test func `values come back as they were`() throws {
        let value = "a&b<c>d\"e'f\tg\nh\ri]]>j é😀"
        var xml = XMLWriter()
        xml.open("a")
        xml.attribute("k", value)
        xml.text(value)
        xml.close()
        let recorder = XMLRecorder()
        try XMLReader.read(xml.bytes, into: recorder)
        #expect(recorder.events.map { $0.drop { $0 != " " } } == [" <a k='\(value)'>", " \(value)", ""])
    }
}
