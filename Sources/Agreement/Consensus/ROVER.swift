/// The consensus of several transcripts of the same speech: each is aligned in turn with the network of words so far, and every
/// slot of the network goes to the word with the most votes.
///
///     ROVER([["the", "cat", "sat"], ["the", "bat", "sat"], ["the", "cat"]]).words        // the cat sat
///
/// Words are compared as they are. No word counts as a vote like any other; between equal votes the word of the earlier transcript
/// wins. Source: Fiscus 1997 (doi 10.1109/ASRU.1997.659110), voting by frequency.
public struct ROVER: Hashable, Sendable {
    /// One place of the network: the word of each transcript, nil where it has none.
    public struct Slot: Hashable, Sendable {
        public let votes: [String?]

        /// The winner and its share of the votes.
        public var winner: (word: String?, share: Double) {
            var counts: [String?: Int] = [:]
            for vote in votes { counts[vote, default: 0] += 1 }
            let most = counts.values.max() ?? 0
            let word = votes.first { counts[$0] == most } ?? nil
            return (word, votes.isEmpty ? 0 : Double(most) / Double(votes.count))
        }
    }

    public let slots: [Slot]

    /// - Complexity: O(slots · words · transcripts).
    public init(_ transcripts: [[String]]) {
        var network: [[String?]] = []
        for (index, words) in transcripts.enumerated() { network = Self.merge(network, words, transcripts: index) }
        slots = network.map(Slot.init)
    }

    /// The words that won their slot.
    public var words: [String] { slots.compactMap(\.winner.word) }

    private enum Step: UInt8 { case match, skipSlot, newSlot }

    /// The network with one transcript more.
    private static func merge(_ network: [[String?]], _ words: [String], transcripts: Int) -> [[String?]] {
        let steps = align(network, words)
        var (result, slot, word) = ([[String?]](), 0, 0)
        for step in steps {
            switch step {
            case .match:
                result.append(network[slot] + [words[word]])
                (slot, word) = (slot + 1, word + 1)
            case .skipSlot:
                result.append(network[slot] + [nil])
                slot += 1
            case .newSlot:
                result.append(Array(repeating: nil, count: transcripts) + [words[word]])
                word += 1
            }
        }
        return result
    }

    /// The cheapest way through: a word costs nothing in a slot that holds it and 1 elsewhere; leaving a slot out costs nothing
    /// when a transcript already did, and 1 otherwise; a new slot costs 1.
    private static func align(_ network: [[String?]], _ words: [String]) -> [Step] {
        let width = words.count + 1
        var steps = Array(repeating: Step.newSlot, count: (network.count + 1) * width)
        var previous: [Int] = []
        for slot in 0...network.count {
            var row = Array(repeating: 0, count: width)
            for word in 0..<width where slot + word > 0 {
                let place = slot * width + word
                var best = Int.max
                if slot > 0 && word > 0 {
                    best = previous[word - 1] + (network[slot - 1].contains(words[word - 1]) ? 0 : 1)
                    steps[place] = .match
                }
                if slot > 0, case let cost = previous[word] + (network[slot - 1].contains(nil) ? 0 : 1), cost < best {
                    best = cost
                    steps[place] = .skipSlot
                }
                if word > 0, case let cost = row[word - 1] + 1, cost < best {
                    best = cost
                    steps[place] = .newSlot
                }
                row[word] = best
            }
            previous = row
        }
        var (path, slot, word) = ([Step](), network.count, words.count)
        while slot + word > 0 {
            let step = steps[slot * width + word]
            path.append(step)
            if step != .newSlot { slot -= 1 }
            if step != .skipSlot { word -= 1 }
        }
        return path.reversed()
    }
}
