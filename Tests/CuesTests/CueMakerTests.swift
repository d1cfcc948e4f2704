import Testing
import Timeline

@testable import Cues

@Suite struct CueMakerTests {
    /// Words of 200 ms each with 50 ms between them, from 1 s on.
    private static func spoken(_ text: String, speaker: String? = nil, from start: Int64 = 1000) -> [TimedWord] {
        text.split(separator: " ").enumerated().map { index, word in
            let start = start + Int64(index) * 250
            return TimedWord(String(word), start: .milliseconds(start), end: .milliseconds(start + 200), speaker: speaker)
        }
    }

    private static func made(_ words: [TimedWord], _ name: String = "netflix", rate: FrameRate? = nil, shots: [Timestamp] = []) -> [MadeCue] {
        var rules = CueRules.named(name)!
        rules.frameRate = rate
        return CueMaker.cues(words, rules: rules, shots: shots)
    }

    @Test func `a short sentence is one cue of one line`() {
        let cues = Self.made(Self.spoken("I have never seen the sea."))
        #expect(cues.map(\.texts) == [["I have never seen the sea."]])
        #expect(cues[0].segment.start == .milliseconds(1000))
        #expect(cues[0].segment.end == .milliseconds(2950))  // the last word ends at 2.45 s, and lingers for half a second
    }

    @Test func `two lines break behind the comma and before the conjunction`() {
        #expect(Self.made(Self.spoken("When we came home, the dog was asleep in the kitchen.")).map(\.texts)
            == [["When we came home,", "the dog was asleep in the kitchen."]])
    }

    @Test func `an article stays with its noun, and a first name with the last`() {
        for cue in Self.made(Self.spoken("They told us that yesterday evening near the station Anna Smith had met a very old friend of the family")) {
            for line in cue.texts { #expect(!line.hasSuffix(" the") && !line.hasSuffix(" a") && !line.hasSuffix("Anna")) }
        }
    }

    @Test func `a new speaker begins a new cue, and the cue names him`() {
        let cues = Self.made(Self.spoken("Where is it?", speaker: "A") + Self.spoken("Right here.", speaker: "B", from: 1750))
        #expect(cues.map(\.speaker) == ["A", "B"])
        #expect(cues.map(\.texts) == [["Where is it?"], ["Right here."]])
    }

    @Test func `text without blanks is joined without them`() {
        var rules = CueRules.named("netflix", language: "ja")!
        rules.frameRate = FrameRate(24)
        let words = ["これは", "とても", "長い", "日本語の", "文章です。"].enumerated().map {
            TimedWord($1, start: .milliseconds(Int64($0) * 900), end: .milliseconds(Int64($0) * 900 + 800))
        }
        let cues = CueMaker.cues(words, rules: rules)
        #expect(cues.flatMap(\.texts).joined() == "これはとても長い日本語の文章です。")
        #expect(cues.flatMap(\.texts).allSatisfy { TextWidth.columns($0) <= 26 })
    }

    @Test func `a cue that would begin near a shot change begins with it`() {
        let cues = Self.made(Self.spoken("I have never seen the sea."), rate: FrameRate(25), shots: [.milliseconds(880)])
        #expect(cues[0].segment.start == .milliseconds(880))
        #expect(Self.made(Self.spoken("I have never seen the sea."), rate: FrameRate(25), shots: [.milliseconds(400)])[0].segment.start == .milliseconds(1000))
    }

    @Test(arguments: 0..<12) func `words are kept once and in order, times never overlap, and cues begin with their words`(_ seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        let words = Speech.words(80, &random)
        let rate = [nil, FrameRate(24), FrameRate(25), FrameRate(30000, over: 1001)][seed % 4]
        let cues = Self.made(words, seed % 3 == 0 ? "bbc" : "netflix", rate: rate)
        #expect(cues.flatMap(\.words) == words)
        for (cue, next) in zip(cues, cues.dropFirst()) { #expect(cue.segment.end <= next.segment.start) }
        for cue in cues {
            let off = cue.segment.start - cue.words[0].start
            #expect(abs(off.milliseconds) <= 21, "half a frame")
        }
    }

    @Test func `words on top of each other give cues that follow each other`() {
        let words = (0..<200).map { TimedWord("word\($0)", start: .milliseconds(1000), end: .milliseconds(1001)) }
        let cues = Self.made(words)
        #expect(cues.flatMap(\.words).count == 200)
        for (cue, next) in zip(cues, cues.dropFirst()) { #expect(cue.segment.end <= next.segment.start) }
    }

    @Test func `a word longer than a line is a cue of its own`() {
        #expect(Self.made([TimedWord(String(repeating: "x", count: 5000), start: .zero, end: .seconds(1))]).count == 1)
    }

    @Test func `no words give no cues`() { #expect(Self.made([]).isEmpty) }
}
