/// Where cues begin and end so that the cost of all of them is least: dynamic programming over the words.
///
/// A cue's time depends on its own words and on the first one of the next cue alone, so the cost of a cue is known from its first
/// and last word, and the best way to a word is the best way to an earlier one and a cue between them.
struct CueSearch {
    let words: PreparedWords

    /// A cue: its words, its lines and its end.
    struct Choice {
        let range: Range<Int>
        let layout: CueLayout
        let end: CueEnd
        let cost: CueCost
    }

    /// Words of a cue at most.
    static let longestCue = 64

    /// Whether words may be one cue: no speaker change and no long pause inside, and no more text than twice what fits.
    func mayBeCue(_ range: Range<Int>) -> Bool {
        guard range.count > 1 else { return range.count == 1 }
        let room = 2 * words.limits.rules.linesPerCue * words.limits.rules.columnsPerLine
        return range.count <= Self.longestCue && words.columns(range) <= room && !range.dropFirst().contains { words.mustBegin[$0] }
    }

    /// The best lines and end for the words of a cue.
    func choice(_ range: Range<Int>) -> Choice {
        var best: Choice?
        let fixed = CueCost(ugliness: Int64(points(range)) * CueCost.point)
        for layout in words.layouts(range) {
            let end = words.bestEnd(range, columns: layout.columns)
            let cost = fixed + layout.cost + end.cost
            if best.map({ cost < $0.cost }) ?? true { best = Choice(range: range, layout: layout, end: end, cost: cost) }
        }
        // Every range has a layout on one line.
        return best!
    }

    /// Points of the break behind a cue and of what it holds together.
    private func points(_ range: Range<Int>) -> Int {
        var points = CueWeights.cue
        for index in range.dropLast() {
            if words.strengths[index] == .sentence { points += CueWeights.sentenceInside }
            points += CueWeights.pauseInside(words.pauses[index])
        }
        let last = range.upperBound - 1
        if range.upperBound < words.words.count, !words.mustBegin[range.upperBound] {
            points += max(0, CueWeights.cueEnd(words.strengths[last]) - CueWeights.pauseCredit(words.pauses[last]))
        }
        return points
    }

    /// Whether words cannot be laid out without a line that is too wide.
    private func isTooMuch(_ range: Range<Int>) -> Bool {
        let rules = words.limits.rules
        // At each break one blank may fall away.
        return words.columns(range) - (rules.linesPerCue - 1) > rules.linesPerCue * rules.columnsPerLine
    }

    /// The best cue that ends before each word, and where it begins; index 0 is the start.
    private func table() -> [(cost: CueCost, first: Int)] {
        var best: [(cost: CueCost, first: Int)] = [(CueCost(), 0)]
        for end in 1..<words.words.count + 1 {
            var (found, first) = (CueCost?.none, end - 1)
            for start in stride(from: end - 1, through: 0, by: -1) {
                guard mayBeCue(start..<end) else { break }
                if let found, best[start].cost.violations + (isTooMuch(start..<end) ? 1 : 0) > found.violations { continue }
                let cost = best[start].cost + choice(start..<end).cost
                if found.map({ cost < $0 }) ?? true { (found, first) = (cost, start) }
            }
            best.append((found ?? CueCost(), first))
        }
        return best
    }

    /// The best cues of all words.
    func best() -> [Choice] {
        guard !words.words.isEmpty else { return [] }
        let table = table()
        return ranges(in: table, to: words.words.count).map(choice)
    }

    /// The cues that are best whatever words follow: those that the best ways to all of the last words share.
    ///
    /// Where a cue of the last two words would begin or end can depend on what follows, so that ways which end there are not
    /// looked at.
    func settled() -> [Choice] {
        guard words.words.count > 2 else { return [] }
        let (table, last) = (table(), words.words.count - 2)
        var common: [Range<Int>]?
        for end in max(0, last - Self.longestCue)...last {
            let ranges = ranges(in: table, to: end)
            guard let known = common else { common = ranges; continue }
            common = Array(zip(known, ranges).prefix { $0 == $1 }.map(\.0))
        }
        return (common ?? []).map(choice)
    }

    private func ranges(in table: [(cost: CueCost, first: Int)], to end: Int) -> [Range<Int>] {
        var (ranges, end) = ([Range<Int>](), end)
        while end > 0 {
            ranges.append(table[end].first..<end)
            end = table[end].first
        }
        return ranges.reversed()
    }
}
