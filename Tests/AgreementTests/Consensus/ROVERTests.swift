import Agreement
import Testing
import Timeline

@Suite struct ROVERTests {
    private func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
    private func vote(_ texts: String...) -> String { ROVER(texts.map(words)).words.joined(separator: " ") }

    @Test func `two of three win word by word`() {
        #expect(vote("the cat sat", "the bat sat", "the cat") == "the cat sat")
        #expect(vote("a b c d", "a x c d", "a b c y") == "a b c d")
        #expect(vote("hello world", "hello there world", "hello there world") == "hello there world")
        #expect(vote("hello there world", "hello world", "hello world") == "hello world")
    }

    @Test func `equal votes go to the earlier transcript`() {
        #expect(vote("yes", "no") == "yes")
        #expect(vote("", "no") == "")
    }

    @Test func `equal transcripts come back as they are, and every slot has one vote each`() {
        let text = words("one two three two one")
        let rover = ROVER([text, text, text])
        #expect(rover.words == text)
        #expect(rover.slots.allSatisfy { $0.votes.count == 3 && $0.winner.share == 1 })
        #expect(ROVER([]).words.isEmpty)
    }

    @Test func `each transcript can be read off the network in order`() {
        var random = SplitMix64(seed: 7)
        for _ in 0..<40 {
            let texts = (0..<4).map { _ in (0..<random.below(12)).map { _ in String(random.below(4)) } }
            let slots = ROVER(texts).slots
            for (index, text) in texts.enumerated() { #expect(slots.compactMap { $0.votes[index] } == text) }
        }
    }

    @Test func `errors of one transcript in three are voted away`() {
        var random = SplitMix64(seed: 21)
        let truth = (0..<200).map { _ in "w\(random.below(500))" }
        let texts = (0..<3).map { turn in truth.enumerated().map { $0.offset % 3 == turn && random.unit() < 0.5 ? "error\(turn)" : $0.element } }
        #expect(ROVER(texts).words == truth)
    }
}
