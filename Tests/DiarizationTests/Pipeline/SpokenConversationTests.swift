import Glibc
import Media
import Testing
import Timeline

@testable import Diarization

/// A conversation that espeak-ng speaks, from the sound to the turns.
@Suite struct DiarizationSpokenConversationTests {
    private static let hasVoices = system("espeak-ng --version > /dev/null 2>&1") == 0

    private func spoken(_ text: String, voice: String) throws -> [Float] {
        var name = Array("/tmp/slate-voice-XXXXXX".utf8CString)
        let descriptor = mkstemp(&name)
        try #require(descriptor >= 0)
        close(descriptor)
        let path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { unlink(path) }
        try #require(system("espeak-ng -v \(voice) -w \(path) \"\(text)\"") == 0)
        let reader = try SoundReader(path: path, options: .init(sampleRate: Diarizer.sampleRate))
        var (sound, block) = ([Float](), [Float](repeating: 0, count: 1 << 16))
        while case let count = try reader.read(into: &block), count > 0 { sound += block[..<count] }
        return sound
    }

    @Test(.enabled(if: hasVoices)) func `two voices that take turns are two speakers, and what they say has a speaker`() throws {
        let (man, woman) = ("en-us+m3", "en-gb+f2")
        let lines = [
            ("The committee will now look at the numbers for the second quarter of the year.", man),
            ("Thank you, I have three short questions about the report you sent.", woman),
            ("Please ask them one by one, and we will answer as well as we can.", man),
            ("First of all, who has checked the totals on the last two pages?", woman),
        ]
        var (sound, edges) = ([Float](repeating: 0, count: 8000), [Range<Int>]())
        for (text, voice) in lines {
            let line = try spoken(text, voice: voice)
            edges.append(sound.count..<sound.count + line.count)
            sound += line + [Float](repeating: 0, count: 8000)
        }
        var diarizer = Diarizer()
        diarizer.append(sound[...])
        var assignment = SpeakerAssignment()
        assignment.speakers = 2...2
        let turns = assignment.turns(of: diarizer.finish()).exclusive
        #expect(Set(turns.map(\.speaker)) == [0, 1])
        // What is said takes most of each line, and silence of the rest is nobody's.
        let heard = turns.reduce(TimeDelta.zero) { $0 + $1.segment.duration }.approximateSeconds
        let length = Double(edges.reduce(0) { $0 + $1.count }) / 16_000
        #expect(heard > 0.7 * length && heard < 1.05 * length)
    }
}
