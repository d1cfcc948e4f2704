import Testing
import Timeline

@testable import Formats

/// Writes the events down, one a line.
final class XMLRecorder: XMLHandler {
    var log = DiagnosticLog(file: "t")
    var events: [String] = []
    var refused = ""

    func startElement(_ tag: borrowing XMLTag) throws(FormatError) {
        if tag.name.local == refused { throw FormatError(.malformed, file: log.file, at: tag.position, found: "<\(refused)>") }
        var event = "\(tag.position) <\(tag.name)"
        for index in 0..<tag.count { event += " \(tag.attributeName(index))='\(tag.string(index))'" }
        events.append(event + ">" + (tag.name.namespace.isEmpty ? "" : " {\(tag.name.namespace)}"))
    }

    func endElement(_ name: XMLName, at position: TextPosition) throws(FormatError) { events.append("</\(name)>") }

    func characters(_ text: [UInt8], at position: TextPosition) throws(FormatError) {
        events.append("\(position) \(String(decoding: text, as: UTF8.self))")
    }
}

@Suite struct XMLReaderTests {
    private func events(_ text: String) throws -> [String] {
        let recorder = XMLRecorder()
        try XMLReader.read(Array(text.utf8), into: recorder)
        #expect(recorder.log.diagnostics.isEmpty, "\(recorder.log.diagnostics)")
        return recorder.events
    }

    private func failure(_ text: String, limits: XMLLimits = .standard) -> String? {
        #expect(throws: FormatError.self) { try XMLReader.read(Array(text.utf8), limits: limits, into: XMLRecorder()) }?.description
    }

    @Test func `elements, attributes and characters come in order with their places`() throws {
        let events = try events("<?xml version='1.0'?>\n<a xmlns:t='urn:t'>x&amp;y<![CDATA[<z>]]>\n <t:b\n  t:k='é&lt;'\n  l=\"2\"/>é<c/></a>")
        #expect(events == [
            "2:1 <a>", "2:20 x&y<z>\n ", "3:2 <t:b t:k='é<' l='2'> {urn:t}", "</t:b>", "5:10 é", "5:11 <c>", "</c>", "</a>",
        ])
    }

    @Test func `attributes are found by name and namespace`() throws {
        final class Finder: XMLHandler {
            var log = DiagnosticLog(file: "t")
            var found: [String?] = []
            func startElement(_ tag: borrowing XMLTag) throws(FormatError) {
                found = [tag.string("lang", in: XMLName.xmlNamespace), tag.string("lang"), tag.string("LANG"), tag.string("id")]
                #expect(tag.name.is("a") && tag.name.is("a", in: "") && !tag.name.is("ab") && !tag.name.is("a", in: "urn:x"))
            }
            func endElement(_ name: XMLName, at position: TextPosition) throws(FormatError) {}
            func characters(_ text: [UInt8], at position: TextPosition) throws(FormatError) {}
        }
        let finder = Finder()
        try XMLReader.read(Array("<a xml:lang='de' lang='fr' id=''/>".utf8), into: finder)
        #expect(finder.found == ["de", "fr", nil, ""])
    }

    @Test func `other encodings are read`() throws {
        for (name, head) in [("UTF-16LE", [0xFF, 0xFE]), ("UTF-16BE", [0xFE, 0xFF]), ("UTF-16LE", []), ("ISO-8859-1", []), ("WINDOWS-1252", [])] as [(String, [UInt8])] {
            let declared = name.hasPrefix("UTF-16") ? "UTF-16" : name
            let text = "<?xml version='1.0' encoding='\(declared)'?><a k='ü'>" + String(repeating: "ä ö ", count: 50_000) + "</a>"
            let transcoder = try #require(Transcoder(from: "UTF-8", to: name))
            let recorder = XMLRecorder()
            try XMLReader.read(head + transcoder.convert(Array(text.utf8)).text, into: recorder)
            #expect(recorder.events.count == 3 && recorder.events[1].hasSuffix("ä ö ") && recorder.events[0].hasSuffix("<a k='ü'>"), "\(name)")
            #expect(recorder.events[1].utf8.count > 300_000)
        }
    }

    @Test func `a stated encoding goes before the declared one`() throws {
        let recorder = XMLRecorder()
        try XMLReader.read(Array("<?xml version='1.0' encoding='UTF-8'?><a>".utf8) + [0xE9] + Array("</a>".utf8), encodingName: "ISO-8859-1", into: recorder)
        #expect(recorder.events[1].hasSuffix(" é"))
    }

    @Test func `an external DTD is left out with a warning`() throws {
        let recorder = XMLRecorder()
        try XMLReader.read(Array("<?xml version='1.0'?>\n<!DOCTYPE a PUBLIC 'p' 'http://127.0.0.1:9/x.dtd'>\n<a/>".utf8), into: recorder)
        #expect(recorder.events == ["3:1 <a>", "</a>"])
        #expect(recorder.log.diagnostics.map(\.position?.line) == [2])
        #expect(recorder.log.diagnostics.first?.description.contains("found an external DTD 'http://127.0.0.1:9/x.dtd'; expected none; it is not fetched") == true)
    }

    @Test(arguments: [
        "<!ENTITY x SYSTEM 'file:///etc/hostname'>", "<!ENTITY x 'y'>", "<!ENTITY % x 'y'> %x;", "<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>",
        "<!ENTITY x SYSTEM 'a.png' NDATA png>", "<!ATTLIST a k CDATA 'v'>", "<!ATTLIST a k (x|y|z) 'x'>",
    ]) func `a file that declares entities or attributes is refused`(declaration: String) {
        #expect(failure("<?xml version='1.0'?>\n<!DOCTYPE a [\(declaration)]>\n<a>&x;</a>")?.contains("t:2:") == true)
    }

    @Test func `an entity that nothing defines is refused`() {
        for text in ["<a>\n&x;</a>", "<a>\n<b k='&x;'/></a>", "<!DOCTYPE a SYSTEM 'x.dtd'><a>\n&x;</a>", "<!DOCTYPE a SYSTEM 'x.dtd'><a>\n<b k='&x;'/></a>"] {
            #expect(failure(text)?.contains("t:2:") == true, "\(text)")
        }
    }

    @Test(arguments: [
        ("", 1), ("<a>\n<b>\n</a>", 3), ("<a>\n", 2), ("<a k='1'\nk='2'/>", 2), ("<a/>\n<b/>", 2), ("<a>\n\u{1}</a>", 2), ("x", 1), ("<a>\n&#x0;</a>", 2),
        ("<a>\n<!-- -- --></a>", 2),
    ]) func `damage is refused with its line`(text: String, line: Int) {
        #expect(failure(text)?.hasPrefix("t:\(line):") == true, "\(failure(text) ?? "")")
    }

    @Test func `bytes that are not UTF-8 are refused with their line`() {
        let error = #expect(throws: FormatError.self) { try XMLReader.read(Array("<a>\n".utf8) + [0xE9, 0x20] + Array("</a>".utf8), into: XMLRecorder()) }
        #expect(error?.diagnostic.position?.line == 2)
    }

    @Test func `a prefix that nothing declares is a warning`() throws {
        let recorder = XMLRecorder()
        try XMLReader.read(Array("<a>\n<x:b/><x:c/></a>".utf8), into: recorder)
        #expect(recorder.events.contains("2:1 <x:b>") && recorder.log.diagnostics.count == 1 && recorder.log.diagnostics[0].count == 2)
    }

    @Test func `what the handler throws stops the reading`() {
        let recorder = XMLRecorder()
        recorder.refused = "b"
        let error = #expect(throws: FormatError.self) { try XMLReader.read(Array("<a>\n <b/><c></a>".utf8), into: recorder) }
        #expect(error?.description.hasPrefix("t:2:2: error: found <b>") == true && recorder.events.count == 2)
    }

    @Test func `depth is bounded at 512`() throws {
        func nested(_ depth: Int) -> String { String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth) }
        #expect(try events(nested(512)).count == 1024)
        #expect(failure(nested(513))?.contains("more than 512 elements inside one another") == true)
        #expect(failure(String(repeating: "<a>", count: 1_000_000))?.contains("512") == true)
    }

    @Test func `sizes are bounded`() {
        var limits = XMLLimits()
        (limits.text, limits.size) = (1000, 1 << 20)
        #expect(failure("<a>" + String(repeating: "x", count: 100_000) + "</a>", limits: limits)?.contains("1000 bytes of text") == true)
        #expect(failure("<a>" + String(repeating: "<b/>", count: 300_000) + "</a>", limits: limits)?.contains("1048576 bytes of XML") == true)
        limits = XMLLimits()
        limits.tag = 1 << 18
        #expect(failure("<a k='" + String(repeating: "x", count: 400_000) + "'/>", limits: limits)?.contains("tag or comment") == true)
        #expect(failure("<a><!--" + String(repeating: "x", count: 400_000) + "--></a>", limits: limits)?.contains("tag or comment") == true)
    }

    @Test(.timeLimit(.minutes(1))) func `many attributes of one tag are refused in linear time`() {
        #expect(failure("<a " + (0..<1_000_000).map { "k\($0)='' " }.joined() + "/>")?.contains("attributes") == true)
        #expect(failure("<a " + (0..<5000).map { "k\($0)='' " }.joined() + "/>")?.contains("attributes") == true)
    }

    @Test func `blocks may end anywhere`() throws {
        let text = Array("<?xml version='1.0'?><ä b='é'>x&lt;é<![CDATA[]]]]><c/></ä>".utf8)
        let recorder = XMLRecorder()
        let parser = try LibXMLParser(ignoresDeclaredEncoding: false, limits: .standard, handler: recorder)
        for index in text.indices { try parser.feed(text, index..<index + 1) }
        try parser.finish()
        #expect(recorder.events.map { $0.drop { $0 != " " } }.joined() == " <ä b='é'> x<é]] <c>")
    }

    @Test func `mutated XML never traps`() throws {
        let good = Array("<?xml version='1.0'?>\n<!DOCTYPE a SYSTEM 'x'>\n<a xmlns:t='urn:t'>x&amp;y<![CDATA[<z>]]>\n <t:b t:k='é&lt;' l=\"2\"/><!-- c --><?p i?></a>".utf8)
        var generator = SplitMix64(seed: 7)
        for _ in 0..<3000 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                if Bool.random(using: &generator) { bytes[place] = .random(in: .min ... .max, using: &generator) } else { bytes.remove(at: place) }
            }
            try? XMLReader.read(bytes, into: XMLRecorder())
        }
    }

    @Test(.enabled(if: sharedData != nil), arguments: [
        ("ttml/external-dtd.ttml", nil), ("ttml/utf16.ttml", nil), ("ttml/xxe.ttml", 2), ("eaf/xxe.eaf", 2), ("cvat/xxe.xml", 2),
    ] as [(String, Int?)]) func `a hostile XML file gets its stated reaction`(file: String, line: Int?) throws {
        let bytes = try BoundedFile.read("\(sharedData ?? "")/formats/hostile/\(file)", limit: 1 << 20)
        let recorder = XMLRecorder()
        if let line {
            let error = #expect(throws: FormatError.self) { try XMLReader.read(bytes, into: recorder) }
            #expect(error?.diagnostic.position?.line == line)
        } else {
            try XMLReader.read(bytes, into: recorder)
            #expect(recorder.events.contains { $0.hasSuffix(" x") || $0.hasSuffix(" é") }, "\(recorder.events)")
            #expect(recorder.log.diagnostics.isEmpty == (file == "ttml/utf16.ttml"))
        }
    }
}
