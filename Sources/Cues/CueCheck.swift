import Timeline

/// One rule that a cue breaks.
public struct RuleViolation: Hashable, Sendable {
    /// A stable name such as `rule-columns`.
    public let code: String
    /// The cue, counted from 0 in the order given.
    public let cue: Int
    /// The line of the cue, counted from 0; nil where the rule is about the whole cue.
    public let line: Int?
    public let found, allowed: String
    /// Whether the guide asks for it and does not measure it: the place of a line break.
    public let isAdvice: Bool
}

/// A cue to be checked.
public struct CheckedCue: Hashable, Sendable {
    /// As a viewer reads them, without markup.
    public var lines: [String]
    public var start, end: Timestamp

    public init(lines: [String], start: Timestamp, end: Timestamp) { (self.lines, self.start, self.end) = (lines, start, end) }
}

/// Checks cues by the rules of a style guide. Stateless: what it says of a cue depends on that cue and the next alone.
public struct CueCheck: Sendable {
    private let limits: GridLimits
    private var grid: CueGrid { limits.grid }
    private var rules: CueRules { limits.rules }

    /// - Parameter rules: without a ``CueRules/problem``.
    public init(rules: CueRules) {
        precondition(rules.problem == nil, "the rules are out of range")
        limits = GridLimits(checking: rules)
    }

    /// Every rule that cues break, cue by cue in the order of their starts.
    public func violations(_ cues: [CheckedCue]) -> [RuleViolation] {
        let order = cues.indices.sorted { (cues[$0].start, $0) < (cues[$1].start, $1) }
        var found: [RuleViolation] = []
        for (place, index) in order.enumerated() {
            found += text(cues[index], index)
            found += time(cues[index], index)
            if place + 1 < order.count { found += gap(cues[index], before: cues[order[place + 1]], index) }
        }
        return found
    }

    private func text(_ cue: CheckedCue, _ index: Int) -> [RuleViolation] {
        var found: [RuleViolation] = []
        if cue.lines.count > rules.linesPerCue {
            found.append(violation("rule-lines", index, rules.linesPerCue, "\(cue.lines.count) lines", "at most \(rules.linesPerCue)"))
        }
        for (number, line) in cue.lines.enumerated() {
            let columns = TextWidth.columns(line)
            if columns > rules.columnsPerLine {
                found.append(violation("rule-columns", index, number, "\(columns) columns", "at most \(rules.columnsPerLine)"))
            }
        }
        for number in cue.lines.indices.dropLast() {
            guard let last = Self.words(cue.lines[number]).last, let first = Self.words(cue.lines[number + 1]).first,
                BreakWords.strength(after: last, before: first, language: rules.language) == .forbidden
            else { continue }
            found.append(violation("rule-break", index, number, "a line break between '\(last)' and '\(first)'", "both on one line", isAdvice: true))
        }
        return found
    }

    private func time(_ cue: CheckedCue, _ index: Int) -> [RuleViolation] {
        var found: [RuleViolation] = []
        let length = grid.units(cue.end) - grid.units(cue.start)
        let columns = cue.lines.reduce(0) { $0 + TextWidth.columns($1) }
        let words = cue.lines.reduce(0) { $0 + Self.words($1).count }
        let shown = Self.seconds(cue.end - cue.start)
        if limits.isShort(length), let least = rules.minimumDuration {
            found.append(violation("rule-short", index, nil, shown, "at least \(Self.seconds(least))"))
        }
        if limits.isLong(length), let most = rules.maximumDuration {
            found.append(violation("rule-long", index, nil, shown, "at most \(Self.seconds(most))"))
        }
        if limits.isTooFast(length, columns: columns), let speed = rules.columnsPerSecond {
            let rate = Self.rate(columns, in: cue.end - cue.start)
            found.append(violation("rule-speed", index, nil, "\(rate) columns a second", "at most \(speed)"))
        }
        if limits.isTooFast(length, words: words), let each = rules.timePerWord {
            found.append(violation("rule-words", index, nil, "\(words) words in \(shown)", "at least \(Self.seconds(each)) a word"))
        }
        return found
    }

    private func gap(_ cue: CheckedCue, before next: CheckedCue, _ index: Int) -> [RuleViolation] {
        let gap = grid.units(next.start) - grid.units(cue.end)
        let shown = Self.seconds(next.start - cue.end)
        if gap + limits.slack < 0 {
            return [violation("rule-overlap", index, nil, "the next cue \(Self.seconds(cue.end - next.start)) before the end", "one cue at a time")]
        }
        if limits.isNarrow(gap) {
            return [violation("rule-gap", index, nil, "a gap of \(shown)", "at least \(rules.gapFrames) frames before the next cue")]
        }
        guard limits.isUnchained(gap), let chaining = rules.chaining else { return [] }
        return [violation("rule-chain", index, nil, "a gap of \(shown)", "\(rules.gapFrames) frames, or at least \(Self.seconds(chaining))")]
    }

    private func violation(_ code: String, _ cue: Int, _ line: Int?, _ found: String, _ allowed: String, isAdvice: Bool = false) -> RuleViolation {
        RuleViolation(code: code, cue: cue, line: line, found: found, allowed: allowed, isAdvice: isAdvice)
    }

    private static func words(_ line: String) -> [String] { line.split(whereSeparator: \.isWhitespace).map(String.init) }

    /// Seconds with three decimals.
    private static func seconds(_ length: TimeDelta) -> String {
        let magnitude = length.milliseconds.magnitude
        let rest = String(String(1000 + magnitude % 1000).dropFirst())
        return "\(length < .zero ? "-" : "")\(magnitude / 1000).\(rest) s"
    }

    /// Columns a second with one decimal.
    private static func rate(_ columns: Int, in length: TimeDelta) -> String {
        guard length > .zero else { return "more than 1000" }
        let tenths = Int128(columns) * 10 * Int128(ticksPerSecond) / Int128(length.ticks)
        return "\(tenths / 10).\(tenths % 10)"
    }
}
