import Testing

@testable import Pronunciation

@Suite struct EspeakTests {
    /// The tests need libespeak-ng; the product only needs it for the words of transcripts.
    static let isInstalled = (try? Espeak.shared.pronounce(["a"], language: "en")) != nil

    @Test(.enabled(if: isInstalled)) func `every token keeps its place`() throws {
        let said = try Espeak.shared.pronounce(["Chapter", "21", "–", "costs", "£5"], language: "en")
        let tokens = said.words.map(\.token)
        #expect(tokens == tokens.sorted())
        // A dash is not said; numbers are, as one word or more.
        #expect(Set(tokens) == [0, 1, 3, 4])
        #expect(tokens.count { $0 == 1 } >= 2)
    }

    @Test(.enabled(if: isInstalled)) func `phones lie one after the other in the sound`() throws {
        let said = try Espeak.shared.pronounce("the red house on a hill was sold last year".split(separator: " ").map(String.init), language: "en")
        let phones = said.words.flatMap(\.phones)
        #expect(Set(said.words.map(\.token)) == Set(0..<10))
        #expect(zip(phones, phones.dropFirst()).allSatisfy { $0.range.upperBound <= $1.range.lowerBound + 1 })
        #expect(phones.allSatisfy { !$0.range.isEmpty && $0.range.upperBound <= said.samples.count && !$0.symbol.isEmpty })
        #expect(said.sampleRate == 22050 && said.samples.contains { abs($0) > 0.1 })
    }

    /// English "red" ends in d, German "rot" in t; espeak-ng writes both sounds with these letters.
    @Test(.enabled(if: isInstalled)) func `the language decides`() throws {
        #expect(try Espeak.shared.pronounce(["red"], language: "en").words[0].phones.last?.symbol == "d")
        #expect(try Espeak.shared.pronounce(["Rad"], language: "de").words[0].phones.last?.symbol == "t")
    }

    @Test(.enabled(if: isInstalled)) func `an unknown language is refused, and others still work`() throws {
        #expect(throws: PronunciationError.self) { try Espeak.shared.pronounce(["a"], language: "tlh-unknown") }
        #expect(try !Espeak.shared.pronounce(["one"], language: "en").words.isEmpty)
    }

    @Test(arguments: [("en", "en-us"), ("en-GB", "en-GB"), ("zh", "cmn"), ("cmn-Latn", "cmn-latn-pinyin"), ("de", "de")])
    func `a tag names a voice`(language: String, voice: String) {
        #expect(EspeakVoice.candidates(for: language).first == voice)
    }

    /// espeak-ng says "of the" as one word.
    @Test(.enabled(if: isInstalled)) func `words that are said as one have phones each`() throws {
        let said = try Espeak.shared.pronounce(["one", "of", "the", "words"], language: "en")
        #expect(said.words.map(\.token) == [0, 1, 2, 3])
        #expect(said.words[2].phones.count == 2)
    }

    @Test func `phones are shared out by letters, at least one each, and dashes get none`() {
        let phones = (0..<5).map { PronouncedPhone(symbol: "\($0)", range: $0..<$0 + 1) }
        let parted = Espeak.parted([PronouncedWord(token: 0, phones: phones)], ["of", "–", "the"])
        #expect(parted.map(\.token) == [0, 2])
        #expect(parted.map { $0.phones.count } == [2, 3])
        let few = Espeak.parted([PronouncedWord(token: 0, phones: Array(phones[..<1]))], ["a", "b"])
        #expect(few.map(\.token) == [0])
    }
}
