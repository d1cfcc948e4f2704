import Testing

@testable import Batch

private func manifest(_ text: String, file: String = "list/pairs.csv") throws -> Manifest {
    try Manifest(bytes: Array(text.utf8), file: file)
}

private func problem(_ text: String) -> String {
    do {
        _ = try manifest(text, file: "m")
        return ""
    } catch {
        return "\(error)"
    }
}

@Suite struct ManifestTests {
    @Test func `CSV rows give paths relative to the manifest`() throws {
        let rows = try manifest(
            "\u{FEFF}media,subtitles,output,language,x-note\r\na.mkv,/s/a.srt,out/a.srt,en,hello\r\n"
        ).rows
        #expect(rows.map(\.media) == ["list/a.mkv"] && rows.map(\.subtitles) == ["/s/a.srt"])
        #expect(rows.map(\.output) == ["out/a.srt"] && rows.map(\.language) == ["en"] && rows.map(\.line) == [2])
    }

    @Test func `a quoted CSV field may hold commas, quotes and line ends`() throws {
        let rows = try manifest("subtitles,media\n\"a, \"\"b\"\"\nc.srt\",x.mkv\n\nd.srt,y.mkv").rows
        #expect(rows.map(\.subtitles) == ["list/a, \"b\"\nc.srt", "list/d.srt"])
        #expect(rows.map(\.line) == [2, 5])
    }

    @Test func `JSON Lines rows are read with their escapes`() throws {
        let rows = try manifest(
            #"{"media":"\u00e9\ud83c\udfac.mkv","subtitles":"a\/b.srt","language":null,"x-n":-1.5e3}"# + "\n\n"
        ).rows
        #expect(
            rows.map(\.media) == ["list/é🎬.mkv"] && rows.map(\.subtitles) == ["list/a/b.srt"] && rows[0].language == nil
        )
    }

    @Test(arguments: [
        ("", "m:1:1: empty; expected a header line with media,subtitles"),
        ("media\n", "m:1:1: the header names no column 'subtitles'"),
        (
            "media,subtitles,lang\n",
            "m:1:17: unknown name 'lang'; known are media, subtitles, output, language, and x-… is passed over"
        ),
        ("media,media,subtitles\n", "m:1:7: column 'media' appears twice"),
        ("media,subtitles\na.mkv\n", "m:2:1: 1 fields where the header has 2"),
        ("media,subtitles\na.mkv,\n", "m:2:7: 'subtitles' is missing; every row needs one"),
        ("media,subtitles\n\"a.mkv,b\n", "m:2:1: this quote is never closed"),
        ("media,subtitles\n\"a\"b,c\n", "m:2:4: text after the closing quote; expected a comma or the end of the line"),
        ("media,subtitles\na\"b,c\n", "m:2:2: a quote inside a field that does not begin with one"),
        ("media,subtitles,output\na,b,c\nd,e,./c\n", "m:3:1: output 'c' is already used in line 2"),
        ("{\"media\":1}", "m:1:10: expected a string or null for 'media'"),
        ("{\"media\":\"a\"}", "m:1:1: 'subtitles' is missing; every row needs one"),
        ("{\"media\":\"a\",\"subtitles\":\"b\"}\n{\"media\" \"a\"}", "m:2:10: expected ':'"),
        ("{\"media\":\"a", "m:1:10: this string is never closed"),
        ("{\"media\":\"\\q\"}", "m:1:12: '\\q' is not an escape of JSON"),
        ("{\"media\":\"\\ud800\"}", "m:1:17: half of a surrogate pair"),
        (
            "{\"a\":\"b\"}",
            "m:1:2: unknown name 'a'; known are media, subtitles, output, language, and x-… is passed over"
        ),
        ("{} x", "m:1:4: text after the object; expected one object on each line"),
    ])
    func `a fault is named with its line and column`(text: String, expected: String) {
        #expect(problem(text) == expected)
    }

    @Test func `a field that is not UTF-8 is refused`() {
        let bytes = Array("media,subtitles\n".utf8) + [0x61, 0xFF, 0x2C, 0x62]
        #expect(throws: BatchError.manifest(file: "m", line: 2, column: 3, problem: "the field is not UTF-8")) {
            try Manifest(bytes: bytes, file: "m")
        }
    }
}
