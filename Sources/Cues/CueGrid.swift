import Timeline

/// The instants at which a cue can begin and end: frames, or whole milliseconds; times are whole counts of them.
struct CueGrid: Hashable, Sendable {
    /// Units a second, as a fraction.
    let numerator, denominator: Int64

    init(_ rate: FrameRate?) { (numerator, denominator) = rate.map { ($0.numerator, $0.denominator) } ?? (1000, 1) }

    /// The nearest unit.
    func units(_ time: Timestamp) -> Int64 { time.units(of: denominator, over: numerator) }

    func time(_ units: Int64) -> Timestamp {
        Timestamp(value: units, timeBase: denominator, over: numerator) ?? Timestamp(ticks: units < 0 ? .min : .max)
    }

    func unitsUp(_ length: TimeDelta) -> Int64 { -Self.quotient(-Int128(length.ticks) * Int128(numerator), Int128(ticksPerSecond) * Int128(denominator)) }
    func unitsDown(_ length: TimeDelta) -> Int64 { Self.quotient(Int128(length.ticks) * Int128(numerator), Int128(ticksPerSecond) * Int128(denominator)) }

    /// The units that `count` things take at `rate` things a second, rounded up.
    func unitsUp(_ count: Int, perSecond rate: Int) -> Int64 {
        -Self.quotient(-Int128(count) * Int128(numerator), Int128(rate) * Int128(denominator))
    }

    /// Microseconds of a unit, for weights.
    var microseconds: Int64 { max(1, Self.quotient(1_000_000 * Int128(denominator), Int128(numerator))) }

    /// The quotient rounded down, held at the ends of the range.
    private static func quotient(_ a: Int128, _ b: Int128) -> Int64 {
        let (quotient, rest) = a.quotientAndRemainder(dividingBy: b)
        return Int64(clamping: rest < 0 ? quotient - 1 : quotient)
    }
}

/// The limits of the rules in units of a grid: what the maker keeps and what the check asks for.
struct GridLimits: Hashable, Sendable {
    let rules: CueRules
    let grid: CueGrid
    let shortest, longest: Int64
    let gap: Int64
    let chaining: Int64
    /// Units by which a limit may be missed: times in milliseconds that stand for frames are off by half of one each.
    let slack: Int64

    /// The limits for making cues: on the safe side of every rule. Without a frame rate a frame lasts 1/24 s.
    init(making rules: CueRules) { self.init(rules, secondsPerFrame: (1, 24), slack: 0) }

    /// The limits for checking: what is right at some frame rate is not remarked. Without one a frame lasts 1/30 s.
    init(checking rules: CueRules) { self.init(rules, secondsPerFrame: (1, 30), slack: rules.frameRate == nil ? 1 : 0) }

    private init(_ rules: CueRules, secondsPerFrame: (Int64, Int64), slack: Int64) {
        let grid = CueGrid(rules.frameRate)
        shortest = rules.minimumDuration.map { max(1, grid.unitsUp($0)) } ?? 1
        longest = rules.maximumDuration.map { grid.unitsDown($0) } ?? Int64(1) << 50
        gap = rules.frameRate != nil ? Int64(rules.gapFrames)
            : grid.unitsUp(TimeDelta(units: Int64(rules.gapFrames) * secondsPerFrame.0, perSecond: secondsPerFrame.1))
        chaining = rules.chaining.map { grid.unitsUp($0) } ?? 0
        (self.rules, self.grid, self.slack) = (rules, grid, slack)
    }

    /// The least duration for text of so many columns and words, by reading speed.
    func reading(columns: Int, words: Int) -> Int64 {
        let byColumns = rules.columnsPerSecond.map { grid.unitsUp(columns, perSecond: $0) } ?? 0
        return max(byColumns, byWords(words, rules.timePerWord))
    }

    func byWords(_ words: Int, _ each: TimeDelta?) -> Int64 {
        each.map { grid.unitsUp(TimeDelta(ticks: Int64(clamping: Int128($0.ticks) * Int128(words)))) } ?? 0
    }

    func isShort(_ length: Int64) -> Bool { length + slack < shortest }
    func isLong(_ length: Int64) -> Bool { length - slack > longest }
    func isTooFast(_ length: Int64, columns: Int) -> Bool {
        rules.columnsPerSecond.map { length + slack < grid.unitsUp(columns, perSecond: $0) } ?? false
    }
    func isTooFast(_ length: Int64, words: Int) -> Bool { length + slack < byWords(words, rules.timePerWord) }
    func isNarrow(_ gap: Int64) -> Bool { gap + slack < self.gap }
    /// Whether a gap is one of those that are to be closed.
    func isUnchained(_ gap: Int64) -> Bool {
        let closed = rules.frameRate == nil && slack > 0 ? self.gap * 30 / 24 + 1 : self.gap
        return gap - slack > closed && gap + slack < chaining
    }
}
