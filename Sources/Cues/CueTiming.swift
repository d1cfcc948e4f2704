/// When a cue leaves the screen.
struct CueEnd: Hashable, Sendable {
    var end: Int64
    var cost: CueCost
}

extension PreparedWords {
    /// The best end of a cue of some words, given that the next begins where its first word does.
    ///
    /// The cost is linear between a few instants, at which it bends or steps: one of them is best.
    func bestEnd(_ range: Range<Int>, columns: Int) -> CueEnd {
        let start = starts[range.lowerBound]
        let next = range.upperBound < starts.count ? starts[range.upperBound] : nil
        var best: CueEnd?
        func consider(_ end: Int64) {
            let end = max(start + 1, min(end, max(start + 1, next ?? .max)))
            let cost = cost(of: range, from: start, to: end, columns: columns, next: next)
            if best.map({ cost < $0.cost || cost == $0.cost && end < $0.end }) ?? true { best = CueEnd(end: end, cost: cost) }
        }
        let spoken = spoken(range)
        consider(spoken)
        consider(spoken + lingering)
        consider(start + limits.shortest)
        consider(start + limits.reading(columns: columns, words: range.count))
        consider(start + comfort(columns: columns, words: range.count))
        consider(start + brief)
        consider(start + limits.longest)
        if let next {
            consider(next)
            consider(next - limits.gap)
            consider(next - limits.chaining)
        }
        for shot in shots(from: start + 1, through: spoken + lingering + 2 * snap) {
            for near in [shot - snap, shot - limits.gap, shot - limits.gap + 1, shot, shot + 1, shot + snap, shot + snap + 1] { consider(near) }
        }
        return best ?? CueEnd(end: start + 1, cost: CueCost())
    }

    private var lingering: Int64 { limits.grid.unitsDown(limits.rules.lingering) }
    private var snap: Int64 { limits.grid.unitsDown(limits.rules.shotSnap) }
    /// Below 1.2 s a cue is a flash.
    private var brief: Int64 { limits.grid.unitsUp(.milliseconds(1200)) }

    /// The duration at which text reads with ease: 85 % of the speed that is allowed.
    private func comfort(columns: Int, words: Int) -> Int64 {
        let speed = limits.rules.columnsPerSecond.map { limits.grid.unitsUp(min(columns, 1 << 30) * 20, perSecond: $0 * 17) } ?? 0
        return max(speed, limits.byWords(words, limits.rules.comfortPerWord))
    }

    /// What is wrong with a cue at a time.
    func cost(of range: Range<Int>, from start: Int64, to end: Int64, columns: Int, next: Int64?) -> CueCost {
        let (length, spoken) = (end - start, spoken(range))
        let reading = limits.reading(columns: columns, words: range.count)
        var cost = CueCost()
        func add(_ units: Int64, _ weight: Int64) { if units > 0 { cost.ugliness += micros(units) * weight } }
        func breakRule(_ missed: Int64) {
            cost.violations += 1
            add(missed, CueWeights.broken)
        }
        if limits.isShort(length) { breakRule(limits.shortest - length) }
        if limits.isLong(length) { breakRule(length - limits.longest) }
        if limits.isTooFast(length, columns: columns) { breakRule(reading - length) }
        if limits.isTooFast(length, words: range.count) { breakRule(reading - length) }
        if let next {
            if limits.isNarrow(next - end) { breakRule(limits.gap - (next - end)) }
            if limits.isUnchained(next - end) { breakRule(0) }
        }
        add(spoken - end, CueWeights.cutSpeech)
        add(spoken + lingering - end, CueWeights.lingersShort)
        add(end - spoken - lingering, CueWeights.lingersLong)
        add(comfort(columns: columns, words: range.count) - length, CueWeights.hasty)
        add(brief - length, CueWeights.brief)
        cost.ugliness += shotCost(from: start, to: end)
        return cost
    }

    private func shotCost(from start: Int64, to end: Int64) -> Int64 {
        guard !shots.isEmpty, snap > 0 else { return 0 }
        var points = 0
        for shot in shots(from: start + 1, through: end + snap) {
            let leaves = shot - end
            if leaves < 0 { points += CueWeights.crossedShot }
            if abs(leaves) <= snap, leaves != limits.gap { points += CueWeights.nearShot }
        }
        return Int64(points) * CueCost.point
    }

    /// Microseconds, held at ten minutes so that sums stay small.
    private func micros(_ units: Int64) -> Int64 { min(units, 600_000_000 / limits.grid.microseconds) * limits.grid.microseconds }
}
