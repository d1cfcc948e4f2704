import Testing

@testable import Formats

@Suite struct JSONTokenizerTests {
    private func tokenizer(_ text: String) throws -> JSONTokenizer { try JSONTokenizer(Array(text.utf8), file: "t") }

    /// The tokens of a text, each with what its bytes are.
    private func tokens(_ text: String) throws -> [String] {
        var json = try tokenizer(text)
        var found: [String] = []
        while try json.next() != .end { found.append("\(json.token) \(text == "" ? "" : String(decoding: json.bytes[json.range], as: UTF8.self))") }
        return found
    }

    @Test func `tokens come in the order of the text, with their bytes`() throws {
        #expect(
            try tokens("{\"a\": [1, -2.50e+3, \"x\"], \"b\": {}, \"c\": [true, false, null, []]}") == [
                "beginObject {", "name a", "beginArray [", "number 1", "number -2.50e+3", "string x", "endArray ]", "name b", "beginObject {", "endObject }",
                "name c", "beginArray [", "true true", "false false", "null null", "beginArray [", "endArray ]", "endArray ]", "endObject }",
            ])
        #expect(try tokens(" 7 ") == ["number 7"])
    }

    @Test func `repeated names are seen`() throws { #expect(try tokens("{\"a\":1,\"a\":2}").filter { $0 == "name a" }.count == 2) }

    @Test func `a value is passed over, or its bytes are taken`() throws {
        var json = try tokenizer("{\"skip\": [[1], {\"x\": \"]\"}], \"raw\": {\"y\": [ 1 ]}, \"text\": \"q\", \"last\": 5}")
        try json.nextObject()
        try json.next()
        try json.next()
        try json.skipValue()
        try json.next()
        #expect(json.isName("raw"))
        try json.next()
        let raw = try json.rawValue()
        #expect(json.bytes.string(raw) == "{\"y\": [ 1 ]}")
        try json.next()
        try json.next()
        let text = try json.rawValue()
        #expect(json.bytes.string(text) == "\"q\"")
        try json.next()
        try json.next()
        #expect(json.integer == 5 && json.double == 5)
        #expect(try json.next() == .endObject)
        try json.finish()
    }

    @Test func `escapes are resolved when the text is asked for`() throws {
        var json = try tokenizer(#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00\u0041 é\ud83dx\ude00""#)
        try json.next()
        #expect(json.hasEscapes)
        #expect(json.text == "\"\\/\u{8}\u{C}\n\r\té😀A é\u{FFFD}x\u{FFFD}")
        var log = DiagnosticLog(file: "t")
        json.remark(to: &log)
        #expect(log.diagnostics.map(\.description).first?.hasPrefix("t:1:44: warning: found half of a surrogate pair") == true, "\(log.diagnostics)")
        #expect(log.diagnostics.map(\.count) == [2])
        var named = try tokenizer(#"{"\u0061b": 1}"#)
        try named.nextObject()
        try named.next()
        #expect(named.isName("ab") && !named.isName("a"))
    }

    @Test(arguments: [
        ("[1,]", "t:1:4: error: found ']'; expected a value"), ("{\"a\" 1}", "t:1:6: error: found '1}'; expected ':'"),
        ("[\n\"é\", tru]", "t:2:6: error: found 'tru]'; expected true, false or null"), ("[1", "t:1:3: error: found the end of the file; expected ',' or ']'"),
        ("\"a\nb\"", "t:1:3: error: found ' b\"'; expected an escape such as \\n, or the end of the string"), ("1 2", "t:1:3: error: found '2'; expected the end of the text"),
        ("{,}", "t:1:2: error: found ',}'; expected a member name in quotes"), ("-", "t:1:2: error: found the end of the file; expected a digit"),
        ("\"\\u12g4\"", "t:1:6: error: found 'g4\"'; expected four hexadecimal digits"), ("[1.e5]", "t:1:4: error: found 'e5]'; expected a digit"),
    ]) func `an error says where and what`(text: String, message: String) throws {
        let error = #expect(throws: FormatError.self) { try tokens(text) }
        #expect(error?.description.hasPrefix(message) == true, "\(String(describing: error))")
    }

    @Test func `the limits on depth and size hold`() throws {
        let deep = Array((String(repeating: "[", count: 4) + String(repeating: "]", count: 4)).utf8)
        func read(depth: Int, size: Int) throws {
            var json = try JSONTokenizer(deep, file: "t", depthLimit: depth, sizeLimit: size)
            while try json.next() != .end {}
        }
        try read(depth: 4, size: 8)
        #expect(throws: FormatError.self) { try read(depth: 3, size: 8) }
        #expect(throws: FormatError.self) { try read(depth: 4, size: 7) }
    }

    @Test(arguments: [[0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xC3]] as [[UInt8]]) func `bytes that are not UTF-8 are refused`(_ bytes: [UInt8]) {
        let error = #expect(throws: FormatError.self) { try JSONTokenizer(bytes, file: "t") }
        #expect(error?.diagnostic.position == TextPosition(line: 1, column: 2))
    }

    @Test func `every cut of a text is refused`() throws {
        let text = Array("{\"a\": [1.5e-3, \"\\u00e9\\\\\", true, {\"b\": null}]}".utf8)
        for length in 0..<text.count {
            #expect(throws: FormatError.self, "cut after \(length)") {
                var json = try JSONTokenizer(text, in: 0..<length, file: "t")
                while try json.next() != .end {}
            }
        }
    }
}

@Suite struct JSONLinesTests {
    private func read(_ text: String, lineLimit: Int = 100) -> (values: [String], log: DiagnosticLog) {
        var (values, log) = ([String](), DiagnosticLog(file: "t"))
        JSONLines(Array(text.utf8), file: "t", lineLimit: lineLimit).forEach(log: &log) { (json) throws(FormatError) in
            try json.next()
            return "\(try json.requireInteger())"
        } use: { value, line, _ in
            values.append("\(line):\(value)")
        }
        return (values, log)
    }

    @Test func `a line that cannot be read is named and the next goes on`() {
        let (values, log) = read("\u{FEFF}1\r\n\n2 3\nx\n\"a\"\n  4\n5")
        #expect(values == ["1:1", "6:4", "7:5"])
        #expect(log.diagnostics.map { "\($0.position!) \($0.code)" } == ["2:1 json-blank-line", "3:3 json-line", "4:1 json-line", "5:1 json-line"])
    }

    @Test func `a line that is too long is left out`() {
        let (values, log) = read("1\n" + String(repeating: "1", count: 101) + "\n3\n")
        #expect(values == ["1:1", "3:3"])
        #expect(log.diagnostics.first?.message == "found a line of 101 bytes; expected at most 100 bytes; the line is left out")
    }
}

@Suite struct JSONWriterTests {
    @Test func `values are written one by one in each layout`() {
        func write(_ layout: JSONWriter.Layout) -> String {
            var json = JSONWriter(layout)
            json.beginObject()
            json.add("id", "a\"\\\n\u{1}é")
            json.name("times")
            json.beginArray()
            json.add(1.5)
            json.add(Int64(-3))
            json.addNull()
            json.endArray()
            json.name("empty")
            json.beginObject()
            json.endObject()
            json.add("raw", .number("1.50"))
            json.endObject()
            json.endLine()
            return text(json.bytes)
        }
        #expect(write(.oneLine) == "{\"id\": \"a\\\"\\\\\\n\\u0001é\", \"times\": [1.5, -3, null], \"empty\": {}, \"raw\": 1.50}\n")
        #expect(write(.compact) == "{\"id\":\"a\\\"\\\\\\n\\u0001é\",\"times\":[1.5,-3,null],\"empty\":{},\"raw\":1.50}\n")
        #expect(
            write(.indented(flatDepth: 1))
                == "{\n  \"id\": \"a\\\"\\\\\\n\\u0001é\",\n  \"times\": [1.5, -3, null],\n  \"empty\": {},\n  \"raw\": 1.50\n}\n")
    }

    @Test func `lines follow one another`() {
        var json = JSONWriter(.compact)
        for number in 1...2 {
            json.beginArray()
            json.add(Int64(number))
            json.endArray()
            json.endLine()
        }
        #expect(text(json.bytes) == "[1]\n[2]\n")
    }
}
