import Timeline

@testable import Cues

/// Words as people speak them: sentences of some words, commas, breaths and pauses.
enum Speech {
    private static let vocabulary = [
        "the", "a", "of", "and", "to", "in", "house", "river", "I", "she", "was", "going", "yesterday", "wonderful", "because", "children", "music",
        "never", "London", "Bridge", "time", "understand", "it", "people", "works", "with", "small", "conversation",
    ]

    static func words(_ count: Int, _ random: inout SplitMix64) -> [TimedWord] {
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
