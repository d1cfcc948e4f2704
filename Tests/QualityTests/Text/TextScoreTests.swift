import Testing

@testable import Quality

@Suite struct TextScoreTests {
    //   reference   the cat sat on the mat
    //   hypothesis  the cat sit on     mat
    @Test func `edits are counted by kind, for words and for characters`() {
        let score = TextScore(reference: "the cat sat on the mat", hypothesis: "the cat sit on mat", rules: .exact)
        #expect(score.words.substitutions == 1 && score.words.deletions == 1 && score.words.insertions == 0 && score.words.matches == 4)
        #expect(score.words.rate == 2.0 / 6)
        #expect(score.characters.substitutions == 1 && score.characters.deletions == 4 && score.characters.reference == 22)
    }

    @Test func `the rate can exceed 1, and has no value of an empty reference`() {
        #expect(TextScore(reference: "a", hypothesis: "b c d", rules: .exact).words.rate == 3)
        #expect(TextScore(reference: " ", hypothesis: "b", rules: .exact).words.rate == nil)
        #expect(TextScore(reference: "", hypothesis: "", rules: .exact).words.edits == 0)
    }

    @Test func `plain rules take off case, marks and forms, and leave numbers and marks inside words`() {
        #expect(TextRules.plain.words(of: "\u{201C}Well,\u{201D} she said\u{2014}don\u{2019}t!") == ["well", "she", "saiddon't"])
        #expect(TextRules.plain.words(of: "At 3.5 %, re-do 1,000 x: 10:30.") == ["at", "3.5", "%", "re-do", "1,000", "x", "10:30"])
        #expect(TextRules.plain.words(of: "\u{FF21}\u{FF11}\u{3000}b\u{00AD}c") == ["a1", "bc"])
        #expect(TextRules.exact.words(of: "  A,  b ") == ["A,", "b"])
    }

    @Test func `own rules part words at marks and put words in place of others`() {
        var rules = TextRules(name: "own")
        (rules.foldsCase, rules.punctuation) = (true, .split)
        rules.replacements = ["uh": [], "gonna": ["going", "to"]]
        #expect(rules.words(of: "Uh, I'm gonna well-being") == ["i", "m", "going", "to", "well", "being"])
    }
}
