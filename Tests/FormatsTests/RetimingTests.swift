import Testing
import Timeline

@testable import Formats

@Suite struct RetimingTests {
    static let samples: [(name: String, text: String)] = [
        ("srt", "\u{FEFF}1\r\n00:00:01,500 --> 00:00:03,000 X1:10 X2:20 Y1:1 Y2:2\r\n<i>Héllo</i>\r\n\r\n7\r\n00:00:04,000 -->  00:00:05,25\r\nx\r\n"),
        ("vtt", "WEBVTT head\n\nSTYLE\n::cue { color: red }\n\nNOTE 00:01.000 --> no\n\nid\n00:01.500 --> 00:03.000 align:start\n<v Ann>a <00:02.000>b\n"),
        ("ass", "[Script Info]\nTitle: x\n\n[V4+ Styles]\nFormat: Name\nStyle: D\n\n[Events]\nFormat: Layer, Start, End, Style, Name, Text\nDialogue: 0,0:00:01.50,0:00:03.00,D,,a, b\nComment: 0,0:00:01.60,0:00:02.00,D,,note\n"),
    ]

    @Test(arguments: samples) func `times that do not change give the same bytes`(_ sample: (name: String, text: String)) throws {
        let bytes = Array(sample.text.utf8)
        let file = try SubtitleFile(bytes, name: sample.name)
        #expect(file.retimed(file.cues.map(\.segment)) == bytes)
    }

    @Test func `SubRip keeps everything but its stamps`() throws {
        let output = text(try subtitles(Self.samples[0].text).shifted(by: .milliseconds(1250)))
        #expect(output == "\u{FEFF}1\r\n00:00:02,750 --> 00:00:04,250 X1:10 X2:20 Y1:1 Y2:2\r\n<i>Héllo</i>\r\n\r\n7\r\n00:00:05,250 -->  00:00:06,500\r\nx\r\n")
    }

    @Test func `WebVTT moves the times inside its text too`() throws {
        let output = text(try subtitles(Self.samples[1].text).shifted(by: .milliseconds(3_600_000)))
        #expect(output.hasSuffix("id\n01:00:01.500 --> 01:00:03.000 align:start\n<v Ann>a <01:00:02.000>b\n"))
        #expect(output.hasPrefix("WEBVTT head\n\nSTYLE\n::cue { color: red }\n\nNOTE 00:01.000 --> no\n\n"))
    }

    @Test func `SubStation Alpha rounds to 10 ms and moves comments along`() throws {
        let output = text(try subtitles(Self.samples[2].text).shifted(by: .milliseconds(1005)))
        #expect(output.contains("Dialogue: 0,0:00:02.51,0:00:04.01,D,,a, b\n"))
        #expect(output.contains("Comment: 0,0:00:02.61,0:00:03.01,D,,note\n"))
    }

    @Test func `a cue without a segment leaves the file with its index and blank line`() throws {
        let file = try subtitles("1\n00:00:01,000 --> 00:00:02,000\na\n\n2\n00:00:03,000 --> 00:00:04,000\nb\n")
        #expect(text(file.retimed([nil, file.cues[1].segment])) == "2\n00:00:03,000 --> 00:00:04,000\nb\n")
    }

    @Test func `UTF-16 stays UTF-16`() throws {
        let source = "1\n00:00:01,000 --> 00:00:02,000\nżółć 😀\n"
        func wide(_ text: String) -> [UInt8] { [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } }
        let file = try SubtitleFile(wide(source), name: "a.srt")
        #expect(file.encoding.name == "UTF-16LE" && file.cues[0].text == "żółć 😀")
        #expect(file.shifted(by: .seconds(1)) == wide("1\n00:00:02,000 --> 00:00:03,000\nżółć 😀\n"))
    }

    @Test func `a legacy code page stays as it is, bytes without a meaning included`() throws {
        let accents: [UInt8] = [0xE9, 0x81, 0xE8, 0x20, 0x9C]
        let before = Array("1\n00:00:01,000 --> 00:00:02,000\n".utf8) + accents + [0x0A]
        let file = try SubtitleFile(before, name: "a.srt", encodingName: "windows-1252")
        #expect(file.cues[0].text == "é\u{FFFD}è œ")
        #expect(file.shifted(by: .seconds(1)) == Array("1\n00:00:02,000 --> 00:00:03,000\n".utf8) + accents + [0x0A])
    }
}
