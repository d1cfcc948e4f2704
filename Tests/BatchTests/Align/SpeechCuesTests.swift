import Formats
import Testing
import Timeline

@testable import Batch

@Suite struct SpeechCuesTests {
    @Test(arguments: ["Hello.", "- No!", "[sighs] I know.", "(Anna) Come in", "42", "こんにちは", "<i>Yes</i>", "Wait [door slams"])
    func `speech is told by what stands outside brackets`(text: String) { #expect(SpeechCues.standsForSpeech(text)) }

    @Test(arguments: ["", "[MUSIC PLAYING]", "(door slams)", "♪ la la ♪", "...", "[door] (creaks)", "♪", "【音楽】"])
    func `sounds, songs and empty cues are no speech`(text: String) { #expect(!SpeechCues.standsForSpeech(text)) }

    @Test func `brackets mean nothing in a file where most cues have them`() throws {
        let file = try subtitles(["(one)", "(two)", "(three)", "four"])
        let bracketed = SpeechCues.alignable(file.cues).map { $0.isSpeech }
        #expect(bracketed == [true, true, true, true])
        let other = try subtitles(["one", "two", "[music]", "four"])
        let mixed = SpeechCues.alignable(other.cues).map { $0.isSpeech }
        #expect(mixed == [true, true, false, true])
    }

    private func subtitles(_ texts: [String]) throws -> SubtitleFile {
        let blocks = texts.enumerated().map { "\($0 + 1)\n00:00:0\($0 + 1),000 --> 00:00:0\($0 + 1),900\n\($1)\n" }
        return try SubtitleFile(Array(blocks.joined(separator: "\n").utf8), name: "a.srt")
    }
}

@Suite struct CueOrderTests {
    private func order(_ starts: [Int]) throws -> [Int] {
        let blocks = starts.enumerated().map { index, start in
            "\(index + 1)\n\(Self.stamp(start)) --> \(Self.stamp(start + 1))\nx\n"
        }
        return CueOrder.indices(try SubtitleFile(Array(blocks.joined(separator: "\n").utf8), name: "a.srt").cues)
    }

    private static func stamp(_ seconds: Int) -> String {
        let minutes = String(100 + seconds / 60).dropFirst(), rest = String(100 + seconds % 60).dropFirst()
        return "00:\(minutes):\(rest),000"
    }

    @Test func `a step back where a cut was made keeps the order of the file`() throws {
        #expect(try order([1, 5, 40, 22, 26]) == [0, 1, 2, 3, 4])
    }

    @Test func `signs written after all dialogue are put between it`() throws {
        #expect(try order([1, 200, 400, 2, 300]) == [0, 3, 1, 4, 2])
    }

    @Test func `a file in no order is sorted`() throws {
        #expect(try order([50, 40, 30, 20, 10, 0]) == [5, 4, 3, 2, 1, 0])
    }
}
