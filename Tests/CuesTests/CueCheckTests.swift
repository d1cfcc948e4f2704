import Testing
import Timeline

@testable import Cues

@Suite struct CueCheckTests {
    private static func codes(_ cues: [(Int64, Int64, String)], _ name: String = "netflix", rate: FrameRate? = nil) -> [String] {
        var rules = CueRules.named(name)!
        rules.frameRate = rate
        let checked = cues.map {
            CheckedCue(lines: $0.2.split(separator: "\n").map(String.init), start: .milliseconds($0.0), end: .milliseconds($0.1))
        }
        return CueCheck(rules: rules).violations(checked).map(\.code)
    }

    @Test func `what the guide allows is not remarked`() {
        #expect(Self.codes([(0, 2000, "One line."), (2083, 4000, "Another\none."), (4500, 6000, "Half a second later.")]) == [])
    }

    @Test func `each rule has its code`() {
        #expect(Self.codes([(0, 5000, "one\ntwo\nthree")]) == ["rule-lines"])
        #expect(Self.codes([(0, 5000, String(repeating: "x", count: 43))]) == ["rule-columns"])
        #expect(Self.codes([(0, 1000, String(repeating: "x", count: 21))]) == ["rule-speed"])
        #expect(Self.codes([(0, 832, "no")]) == ["rule-short"])
        #expect(Self.codes([(0, 833, "no")]) == [])
        #expect(Self.codes([(0, 7002, "long")]) == ["rule-long"])
        #expect(Self.codes([(0, 2000, "one"), (2020, 4000, "two")]) == ["rule-gap"])
        #expect(Self.codes([(0, 2000, "one"), (2300, 4000, "two")]) == ["rule-chain"])
        #expect(Self.codes([(0, 2000, "one"), (1500, 4000, "two")]) == ["rule-overlap"])
        #expect(Self.codes([(0, 2000, "This is the\nhouse.")]) == ["rule-break"])
        #expect(Self.codes([(0, 1000, "one two three four")], "bbc") == ["rule-words"])
    }

    @Test func `with a frame rate gaps are counted in frames`() {
        #expect(Self.codes([(0, 2000, "one"), (2080, 4000, "two")], rate: FrameRate(25)) == [])
        #expect(Self.codes([(0, 2000, "one"), (2040, 4000, "two")], rate: FrameRate(25)) == ["rule-gap"])
    }

    @Test func `full-width letters take two columns and marks above letters none`() {
        #expect(TextWidth.columns("日本") == 4)
        #expect(TextWidth.columns("e\u{301}") == 1)
        #expect(TextWidth.columns("한국") == 4)
        #expect(TextWidth.columns("ｱ") == 1)
    }

    @Test func `built-in rules are in range, and rules out of range are named`() {
        for name in CueRules.names { for language in ["en", "de", "ja", "zh", "ko", "ru"] { #expect(CueRules.named(name, language: language)?.problem == nil) } }
        #expect(CueRules.named("nobody") == nil)
        #expect(CueRules(name: "x", linesPerCue: 0).problem == "lines-per-cue 0, expected 1 to 8")
        #expect(CueRules(name: "x", lingering: .seconds(-1)).problem == "lingering of -1000 ms, expected 0 to 3600 s")
    }
}
