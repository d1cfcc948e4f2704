import Testing
import Timeline

@testable import Cues

/// The search against all segmentations, all layouts and all ends of small cases.
@Suite struct CueSearchTests {
    private static func words(_ random: inout SplitMix64) -> [TimedWord] {
        let vocabulary = ["a", "the", "cat", "sat.", "Well,", "and", "elephants", "in", "Paris", "Anna", "Smith", "go!", "so", "it"]
        var time = Int64.random(in: 0...400, using: &random)
        return (0..<Int.random(in: 1...7, using: &random)).map { _ in
            let length = Int64.random(in: 60...700, using: &random)
            defer { time += length + [0, 0, 0, 100, 500, 1500].randomElement(using: &random)! }
            let speaker = Int.random(in: 0...9, using: &random) == 0 ? "B" : "A"
            return TimedWord(vocabulary.randomElement(using: &random)!, start: .milliseconds(time), end: .milliseconds(time + length), speaker: speaker)
        }
    }

    private static func rules(_ random: inout SplitMix64) -> CueRules {
        CueRules(
            name: "small", linesPerCue: Int.random(in: 1...3, using: &random), columnsPerLine: Int.random(in: 8...16, using: &random),
            columnsPerSecond: [nil, 8, 14, 20].randomElement(using: &random)!, timePerWord: [nil, .milliseconds(200)].randomElement(using: &random)!,
            minimumDuration: [nil, .milliseconds(800)].randomElement(using: &random)!,
            maximumDuration: [nil, .milliseconds(2500)].randomElement(using: &random)!, gapFrames: Int.random(in: 0...2, using: &random),
            chaining: [nil, .milliseconds(500)].randomElement(using: &random)!, longestPause: .milliseconds(1200),
            shotSnap: [.zero, .milliseconds(300)].randomElement(using: &random)!, frameRate: FrameRate(10))
    }

    private static func shots(_ random: inout SplitMix64) -> [Timestamp] {
        (0..<Int.random(in: 0...3, using: &random)).map { _ in .milliseconds(Int64.random(in: 0...50, using: &random) * 100) }
    }

    /// The lines of a layout, priced by the definition.
    private static func layoutCost(_ lines: [Range<Int>], _ words: PreparedWords) -> (columns: Int, cost: CueCost) {
        let total = words.columns(lines[0].lowerBound..<lines[lines.count - 1].upperBound)
        var (cost, columns) = (CueCost(), 0)
        if lines.count > 1 { cost.ugliness -= Int64(total * total) / Int64(lines.count) / 8 * CueCost.point }
        for (number, line) in lines.enumerated() {
            let width = words.columns(line)
            columns += width
            let over = width - words.limits.rules.columnsPerLine
            if over > 0 { cost = cost + CueCost(violations: 1, ugliness: Int64(over * CueWeights.overflow) * CueCost.point) }
            if lines.count > 1 { cost.ugliness += Int64(width * width * (number == lines.count - 1 ? 20 : 21) / 160) * CueCost.point }
            if number < lines.count - 1 {
                cost.ugliness += Int64(CueWeights.lineBreak + CueWeights.lineEnd(words.strengths[line.upperBound - 1])) * CueCost.point
            }
        }
        return (columns, cost)
    }

    /// All ways to divide a range into at most `limit` parts.
    private static func divisions(_ range: Range<Int>, limit: Int) -> [[Range<Int>]] {
        (0..<1 << (range.count - 1)).compactMap { mask in
            let edges = [range.lowerBound] + range.dropFirst().filter { mask >> ($0 - range.lowerBound - 1) & 1 == 1 } + [range.upperBound]
            return edges.count - 1 <= limit ? zip(edges, edges.dropFirst()).map { $0..<$1 } : nil
        }
    }

    /// The least cost of a cue by trying every layout and every end.
    private static func leastCost(_ range: Range<Int>, _ search: CueSearch) -> CueCost {
        let words = search.words
        let start = words.starts[range.lowerBound]
        let next = range.upperBound < words.starts.count ? words.starts[range.upperBound] : nil
        let latest = max(start + 1, min(next ?? .max, start + 120))
        var least: CueCost?
        var best: [Int: CueCost] = [:]
        for lines in divisions(range, limit: words.limits.rules.linesPerCue) {
            let (columns, cost) = layoutCost(lines, words)
            best[columns] = min(best[columns] ?? cost, cost)
        }
        for (columns, cost) in best {
            for end in start + 1...latest {
                let whole = cost + words.cost(of: range, from: start, to: end, columns: columns, next: next)
                least = min(least ?? whole, whole)
            }
        }
        // What the layout and the end do not change.
        let choice = search.choice(range)
        let fixed = CueCost(violations: 0, ugliness: choice.cost.ugliness - choice.layout.cost.ugliness - choice.end.cost.ugliness)
        return least! + fixed
    }

    @Test(arguments: 0..<40) func `the search finds the least cost of all segmentations, layouts and ends`(_ seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let (words, rules, shots) = (Self.words(&random), Self.rules(&random), Self.shots(&random))
        let limits = GridLimits(making: rules)
        let search = CueSearch(words: PreparedWords(words, limits: limits, shots: shots.map(limits.grid.units).sorted()))
        var known: [Range<Int>: CueCost] = [:]
        var least: CueCost?
        for cues in Self.divisions(0..<words.count, limit: .max) where cues.allSatisfy({ !$0.dropFirst().contains { search.words.mustBegin[$0] } }) {
            var cost = CueCost()
            for range in cues {
                let one = known[range] ?? Self.leastCost(range, search)
                known[range] = one
                cost = cost + one
            }
            least = min(least ?? cost, cost)
        }
        let found = search.best().reduce(CueCost()) { $0 + $1.cost }
        #expect(found == least, "seed \(seed)")
        let cues = CueMaker.cues(words, rules: rules, shots: shots)
        // No rule is broken where any way breaks none, and the check counts what the search counted.
        let checked = cues.map { CheckedCue(lines: $0.texts, start: $0.segment.start, end: $0.segment.end) }
        let violations = CueCheck(rules: rules).violations(checked).filter { !$0.isAdvice }
        if least?.violations == 0 { #expect(violations.isEmpty, "seed \(seed): \(violations)") }
    }

    @Test(arguments: 0..<6) func `words that come one by one give the same cues as all at once`(_ seed: Int) {
        var random = SplitMix64(seed: UInt64(1000 + seed))
        let words = Speech.words(200, &random)
        var rules = CueRules.named(seed % 2 == 0 ? "netflix" : "bbc")!
        rules.frameRate = seed % 3 == 0 ? FrameRate(25) : nil
        let shots = (0..<20).map { _ in Timestamp.milliseconds(Int64.random(in: 0...120_000, using: &random)) }
        var (maker, cues) = (CueMaker(rules: rules, shots: shots, window: 80), [MadeCue]())
        for word in words { cues += maker.append(word) }
        let early = cues.count
        cues += maker.finish()
        var whole = CueMaker(rules: rules, shots: shots, window: .max)
        let expected = words.flatMap { whole.append($0) } + whole.finish()
        #expect(cues == expected, "seed \(seed)")
        #expect(early > 0)
    }
}
