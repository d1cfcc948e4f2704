import Testing
import Timeline

@testable import Formats

@Suite struct SubRipReaderTests {
    private func cue(_ stamps: String, _ text: String = "x") throws -> SubtitleFile { try subtitles("1\n\(stamps)\n\(text)\n") }

    @Test func `reads times, index and text`() throws {
        let file = try subtitles("1\r\n00:00:01,500 --> 00:00:03,000\r\nHello\r\nthere\r\n\r\n")
        #expect(file.format == .subRip && file.cues.map(\.text) == ["Hello\nthere"] && file.cues[0].identifier == "1")
        #expect(file.cues[0].start == .milliseconds(1500) && file.cues[0].end == .seconds(3))
        #expect(file.diagnostics.isEmpty)
    }

    @Test(arguments: [
        ("00:00:01.500 --> 00:00:03.000", "srt-separator"), ("00:01,500 --> 00:03,000", "srt-hours"),
        ("00:00:01,5 --> 00:00:03,0", "srt-fraction"), ("00:00:01,500 -> 00:00:03,000", "srt-arrow"),
        ("00:00:01:500 --> 00:00:03:000", "srt-separator"), ("00: 00:01,500 --> 00:00:03,000", "srt-layout"),
        ("00:00:01,500 --> 00:00:03,000 hm", "srt-rest"),
    ]) func `a dialect of the times is read and remarked on`(stamps: String, code: String) throws {
        let file = try cue(stamps)
        #expect(file.cues.map(\.segment) == [Segment(start: .milliseconds(1500), end: .seconds(3))])
        #expect(file.diagnostics.map(\.code) == [code])
    }

    @Test(arguments: ["00:00:01,500-->00:00:03,000", "  00:00:01,500   -->   00:00:03,000  ", "00:00:01,500 --> 00:00:03,000 X1:1 X2:2 Y1:3 Y2:4"])
    func `blanks and coordinates need no remark`(stamps: String) throws { #expect(try cue(stamps).diagnostics.isEmpty) }

    @Test func `a negative time is kept`() throws {
        #expect(try cue("-00:00:01,500 --> 00:00:03,000").cues[0].start == .milliseconds(-1500))
    }

    @Test func `a cue that ends before it starts counts as one millisecond`() throws {
        let file = try cue("00:00:03,000 --> 00:00:01,000")
        #expect(file.cues[0].end == .seconds(1) && file.cues[0].segment.duration == .milliseconds(1))
        #expect(file.diagnostics.map(\.code) == ["srt-length"])
    }

    @Test func `a missing index and a missing blank line lose no cue`() throws {
        let file = try subtitles("00:00:01,000 --> 00:00:02,000\na\n00:00:03,000 --> 00:00:04,000\nb\n3\n00:00:05,000 --> 00:00:06,000\nc\n")
        #expect(file.cues.map(\.text) == ["a", "b", "c"])
    }

    @Test func `a number that does not continue the count is text`() throws {
        let file = try subtitles("1\n00:00:01,000 --> 00:00:02,000\nhow many?\n42\n00:00:03,000 --> 00:00:04,000\nb\n")
        #expect(file.cues.map(\.text) == ["how many?\n42", "b"])
    }

    @Test func `a blank line inside a text is part of it`() throws {
        let file = try subtitles("1\n00:00:01,000 --> 00:00:02,000\na\n\nb\n\n2\n00:00:03,000 --> 00:00:04,000\nc\n")
        #expect(file.cues.map(\.text) == ["a\n\nb", "c"])
    }

    @Test func `a cue whose times cannot be read is left out and said so`() throws {
        let file = try subtitles("1\n00:00:01,000 --> 00:00:02,000\na\n\n2\n00:00:xx,000 --> 00:00:04,000\nb\n\n3\n00:00:05,000 --> 00:00:06,000\nc\n")
        #expect(file.cues.map(\.text) == ["a", "c"])
        #expect(file.diagnostics.map(\.description) == [
            "test:6:1: error: found '00:00:xx,000 --> 00:00:04,000'; expected two times such as 00:00:01,000 --> 00:00:02,500; the cue is left out [srt-time]"
        ])
    }

    @Test func `a cue that lost its times does not run into the one before it`() throws {
        let file = try subtitles("1\n00:00:01,000 --> 00:00:02,000\na\n\n2\nb\n\n3\n00:00:05,000 --> 00:00:06,000\nc\n")
        #expect(file.cues.map(\.text) == ["a", "c"])
        #expect(file.diagnostics.map(\.code) == ["srt-untimed"] && file.diagnostics[0].position?.line == 5)
    }

    @Test func `a repeated habit is one remark with a count`() throws {
        let file = try subtitles((1...5).map { "\($0)\n00:00:0\($0).000 --> 00:00:0\($0).500\nx\n\n" }.joined())
        #expect(file.diagnostics.map(\.count) == [10] && file.diagnostics[0].position?.line == 2)
    }

    @Test(arguments: [
        ("<i>a</i> <b>b</b>", "a b"), ("{\\an8}a", "a"), ("I <3 you", "I <3 you"), ("a {b}", "a {b}"), ("a &amp; b &lt;c&gt;", "a & b <c>"),
        ("<font color=\"#fff\">a</font>", "a"),
    ]) func `markup is read and the rest is text`(raw: String, plain: String) throws {
        #expect(try cue("00:00:01,000 --> 00:00:02,000", raw).cues[0].text == plain)
    }
}
