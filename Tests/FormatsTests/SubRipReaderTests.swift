import Testing
import Timeline

@testable import Formats

@Suite struct SubRipReaderTests {
    @Test func `reads times, index and text`() throws {
        let file = try SubtitleFile(Array("1\r\n00:00:01,500 --> 00:00:03,000\r\nHello\r\nthere\r\n\r\n".utf8), name: "a.srt")
        #expect(file.format == .subRip)
        #expect(file.cues.map(\.text) == ["Hello\nthere"])
        #expect(file.cues[0].start == .milliseconds(1500) && file.cues[0].end == .seconds(3))
        #expect(file.diagnostics.isEmpty)
    }
}
