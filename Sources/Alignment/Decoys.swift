/// Cues that cannot belong to the medium, though they look like those that might: what chance alone can reach.
enum Decoys {
    /// Orders in which the cues' own durations and gaps follow each other: reversed, then shuffled.
    ///
    /// - Returns: `count` lists of cues, each as long as the original and starting with it. The same every time.
    static func make(from cues: [PlacedCue], count: Int) -> [[PlacedCue]] {
        var random = SplitMix64(state: 0x51A7E)
        return (0..<count).map { index in
            let order = index == 0 ? Array(cues.indices.reversed()) : cues.indices.shuffled(using: &random)
            return rearranged(cues, order)
        }
    }

    private static func rearranged(_ cues: [PlacedCue], _ order: [Int]) -> [PlacedCue] {
        var time = cues.first?.start ?? 0
        return order.map { index in
            let cue = cues[index]
            let gap = index + 1 < cues.count ? cues[index + 1].start - cue.end : 1
            defer { time += cue.end - cue.start + max(0, gap) }
            return PlacedCue(start: time, end: time + cue.end - cue.start, weight: cue.weight)
        }
    }
}

/// A small, well-mixed generator that gives the same numbers everywhere (Steele, Lea and Flood, OOPSLA 2014,
/// doi 10.1145/2660193.2660195).
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
