import Timeline

@testable import Cues

/// A generator that gives the same numbers on every machine: SplitMix64 (Steele, Lea, Flood 2014).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// Words as people speak them: sentences of some words, commas, breaths and pauses.
enum Speech {
    private static let vocabulary = [
        "the", "a", "of", "and", "to", "in", "house", "river", "I", "she", "was", "going", "yesterday", "wonderful", "because", "children", "music",
        "never", "London", "Bridge", "time", "understand", "it", "people", "works", "with", "small", "conversation",
    ]

    static func words(_ count: Int, _ random: inout SeededRandom) -> [TimedWord] {
        var time: Int64 = 500
        var words: [TimedWord] = []
        while words.count < count {
            let length = Int.random(in: 1...18, using: &random)
            for place in 1...length where words.count < count {
                var text = vocabulary.randomElement(using: &random)!
                let isComma = Int.random(in: 0...7, using: &random) == 0
                if place == length { text += [".", "?", "!"].randomElement(using: &random)! } else if isComma { text += "," }
                let duration = Int64(120 + 40 * text.utf8.count) + Int64.random(in: -40...60, using: &random)
                words.append(TimedWord(text, start: .milliseconds(time), end: .milliseconds(time + duration)))
                time += duration + (place == length ? Int64.random(in: 200...2500, using: &random) : isComma ? 150 : Int64.random(in: 0...60, using: &random))
            }
        }
        return words
    }
}
