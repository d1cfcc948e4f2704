import Testing
import Timeline

@testable import Formats

@Suite struct SubtitleFileTests {
    private func failure(_ bytes: [UInt8], _ name: String = "x", as format: SubtitleFormat? = nil) -> FormatError? {
        do {
            _ = try SubtitleFile(bytes, name: name, as: format)
            return nil
        } catch { return error }
    }

    @Test(arguments: [
        ("", "an empty file"), ("\n \n", "a file of blank lines"), ("PK\u{3}\u{4}zz", "a ZIP archive"), ("{\"a\": 1}", "JSON"),
        ("<?xml version=\"1.0\"?><tt>", "TTML"), ("{25}{50}Hello", "MicroDVD subtitles, timed by frame"), ("Dear all", "text that begins 'Dear all'"),
    ]) func `a file that is no subtitle file is said to look like what it is`(content: String, guess: String) {
        let error = failure(Array(content.utf8))
        #expect(error?.reason == .unknownFormat)
        #expect(error?.description == "x:1:1: error: found \(guess); expected SubRip, WebVTT or SubStation Alpha subtitles [file-unknownFormat]")
    }

    @Test func `a file whose every cue is broken is an error that shows the first`() {
        let error = failure(Array("1\nxx:00:01,000 --> 00:00:02,000\na\n".utf8))
        #expect(error?.reason == .noLabels && error?.diagnostic.position?.line == 2)
        #expect(error?.description.contains("SubRip content without a cue that can be read") == true)
    }

    @Test func `content under a wrong suffix is read by its content, with a remark`() throws {
        let file = try subtitles("WEBVTT\n\n00:01.000 --> 00:02.000\na\n", name: "film.srt")
        #expect(file.format == .webVTT && file.diagnostics.map(\.code) == ["file-suffix"])
    }

    @Test func `WebVTT cues carry speaker, id, settings and decoded text`() throws {
        let file = try subtitles("WEBVTT\n\nid\n00:01.000 --> 00:02.000 align:start\n<v Ann>a &amp; <b>b</b>\n")
        let cue = file.cues[0]
        #expect(cue.speaker == "Ann" && cue.identifier == "id" && cue.settings == "align:start" && cue.text == "a & b")
        #expect(file.diagnostics.isEmpty)
    }

    @Test func `SubStation fields go by the Format line`() throws {
        let file = try subtitles("[Events]\nFormat: Start, End, Name, Text\nDialogue: 0:00:01.00,0:00:02.00,Ann,Hi, {\\i1}you\\Nthere\n")
        #expect(file.cues[0].text == "Hi, you\nthere" && file.cues[0].speaker == "Ann")
    }

    @Test func `a legacy code page is guessed and stated`() throws {
        // Russian in Windows-1251: 0xC0...0xFF are А...я.
        func russian(_ text: String) -> [UInt8] {
            text.unicodeScalars.map { (0x410...0x44F).contains($0.value) ? UInt8($0.value - 0x410 + 0xC0) : UInt8($0.value) }
        }
        let line = "Съешь ещё этих мягких французских булок да выпей чаю".replacing("ё", with: "е")
        let bytes = russian("1\n00:00:01,000 --> 00:00:02,000\n\(line)\n")
        let file = try SubtitleFile(bytes, name: "a.srt")
        #expect(file.encoding.name == "WINDOWS-1251" && file.cues[0].text == line)
        #expect(file.diagnostics.map(\.code) == ["text-encoding"])
        #expect(file.shifted(by: .seconds(1)).count == bytes.count)
    }

    @Test func `an encoding that nobody knows is an error`() {
        #expect(throws: FormatError.self) { try SubtitleFile(Array("1\n".utf8), name: "a", encodingName: "klingon") }
    }

    @Test func `a damaged byte leaves UTF-8 as it is and is remarked on`() throws {
        let good = String(repeating: "żółć ", count: 20)
        let bytes = Array("1\n00:00:01,000 --> 00:00:02,000\n\(good)".utf8) + [0xFF, 0x0A]
        let file = try SubtitleFile(bytes, name: "a.srt")
        #expect(file.encoding.isUTF8 && file.diagnostics.map(\.code) == ["text-bytes"] && file.diagnostics[0].position?.line == 3)
        #expect(file.shifted(by: .seconds(1)).suffix(2) == [0xFF, 0x0A])
    }
}
