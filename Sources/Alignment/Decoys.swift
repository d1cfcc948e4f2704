import Timeline

/// Cues that cannot belong to the medium, though they look like those that might: what chance alone can reach.
enum Decoys {
    /// Orders in which the cues' own durations and gaps follow each other: reversed, then shuffled.
    ///
    /// - Returns: `count` lists of cues, each as long as the original and starting with it. The same every time.
    static func make(from cues: [PlacedCue], count: Int) -> [[PlacedCue]] {
        var random = SplitMix64(seed: 0x51A7E)
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
