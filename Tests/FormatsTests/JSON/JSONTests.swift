import Testing
import Timeline

@testable import Formats

@Suite struct JSONTests {
    private func read(_ text: String) throws -> JSONValue {
        var log = DiagnosticLog(file: "t")
        return try JSONReader.read(Array(text.utf8), log: &log)
    }

    @Test(arguments: [
        ("null", .null), (" [1, -0.5e+3, true]", .array([.number("1"), .number("-0.5e+3"), .bool(true)])),
        ("{\"b\": {}, \"a\": \"\\u00e9\\n\\ud83d\\ude00\"}", .object([JSONMember("b", .object([])), JSONMember("a", .string("é\n😀"))])),
    ] as [(String, JSONValue)]) func `values keep their digits and order`(text: String, value: JSONValue) throws {
        #expect(try read(text) == value)
        #expect(try read(String(decoding: JSONWriter.write(value), as: UTF8.self)) == value)
    }

    @Test(arguments: ["", "[1,]", "{\"a\":1,}", "01", "1.", "\"a", "\"\\x\"", "[1 2]", "{a:1}", "tru", "1 2", "\"\u{1}\"", "+1", "NaN"])
    func `what JSON does not allow is refused`(text: String) { #expect(throws: FormatError.self) { try read(text) } }

    @Test func `an error names its line and column`() {
        let error = #expect(throws: FormatError.self) { try read("{\n  \"é\": tru\n}") }
        #expect(error?.description == "t:2:8: error: found 'tru }'; expected true, false or null [file-malformed]")
    }

    @Test func `depth is bounded`() throws {
        #expect(throws: FormatError.self) { try read(String(repeating: "[", count: 100_000)) }
        _ = try read(String(repeating: "[", count: 256) + String(repeating: "]", count: 256))
    }
}
