/// The conversational diarization error rate (Cheng et al. 2022, "The Conversational Short-phrase Speaker Diarization (CSSD) Task", section 3): the share
/// of the reference's utterances that the hypothesis does not have.
///
/// A speaker's consecutive turns are one utterance as long as nobody else begins between them. An utterance is found when the name that is mapped to
/// its speaker has one that shares at least half of their union with it; one to one, the greatest share first. Each utterance counts once.
public struct UtteranceScore: Hashable, Sendable {
    public internal(set) var missed = 0, total = 0

    public init() {}

    init(_ reference: SpeakerTurns, _ hypothesis: SpeakerTurns, _ mapping: [Int?]) {
        let (said, found) = (Self.utterances(reference), Self.utterances(hypothesis))
        for speaker in said.indices {
            total += said[speaker].count
            let others = mapping[speaker].map { found[$0] } ?? []
            missed += said[speaker].count - Self.matched(said[speaker], others)
        }
    }

    /// Utterances of each speaker, in order.
    private static func utterances(_ turns: SpeakerTurns) -> [[Range<Int64>]] {
        let order = (0..<turns.count).sorted { (turns.starts[$0], turns.ends[$0], turns.owners[$0]) < (turns.starts[$1], turns.ends[$1], turns.owners[$1]) }
        var (utterances, last) = ([[Range<Int64>]](repeating: [], count: turns.speakers.count), -1)
        for index in order {
            let owner = Int(turns.owners[index])
            if owner == last, let open = utterances[owner].popLast() {
                utterances[owner].append(open.lowerBound..<max(open.upperBound, turns.ends[index]))
            } else {
                utterances[owner].append(turns.starts[index]..<turns.ends[index])
            }
            last = owner
        }
        return utterances
    }

    private static func matched(_ said: [Range<Int64>], _ found: [Range<Int64>]) -> Int {
        var (pairs, first) = ([(share: Double, one: Int, other: Int)](), 0)
        for (one, utterance) in said.enumerated() {
            while first < found.count, found[first].upperBound <= utterance.lowerBound { first += 1 }
            var other = first
            while other < found.count, found[other].lowerBound < utterance.upperBound {
                let both = found[other].clamped(to: utterance)
                let union = max(found[other].upperBound, utterance.upperBound) - min(found[other].lowerBound, utterance.lowerBound)
                let share = Double(both.upperBound - both.lowerBound) / Double(union)
                if share >= 0.5 { pairs.append((share, one, other)) }
                other += 1
            }
        }
        pairs.sort { ($1.share, $0.one, $0.other) < ($0.share, $1.one, $1.other) }
        var (ones, others) = (Set<Int>(), Set<Int>())
        for pair in pairs where !ones.contains(pair.one) && !others.contains(pair.other) {
            ones.insert(pair.one)
            others.insert(pair.other)
        }
        return ones.count
    }

    static func += (total: inout Self, other: Self) {
        total.missed += other.missed
        total.total += other.total
    }
}
