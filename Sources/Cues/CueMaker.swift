import Timeline

/// Makes cues of timed words, by the rules of a style guide: the best cues of all, not the first that fit.
///
///     let cues = CueMaker.cues(words, rules: .named("netflix", language: "en")!)
///
/// Words may also come one by one, in the order of their starts, from a stream of any length:
///
///     var maker = CueMaker(rules: rules)
///     for word in words { cues += maker.append(word) }
///     cues += maker.finish()
///
/// Memory and the time for each word do not depend on the number of words: a cue is given out as soon as no later word can
/// change it. Equal words and rules give equal cues, however they come.
public struct CueMaker: Sendable {
    private let limits: GridLimits
    /// Shot changes in units of the grid, rising.
    private let shots: [Int64]
    private var waiting: [TimedWord] = []
    /// The latest word that a cue was made of.
    private var before: TimedWord?
    /// Words at which the next search begins, at first and now.
    private let window: Int
    private var full: Int
    /// Where the latest cue ended.
    private var reached = Int64.min

    /// - Parameters:
    ///   - rules: without a ``CueRules/problem``.
    ///   - shots: when shots begin, in any order.
    public init(rules: CueRules, shots: [Timestamp] = []) { self.init(rules: rules, shots: shots, window: 256) }

    init(rules: CueRules, shots: [Timestamp], window: Int) {
        precondition(rules.problem == nil, "the rules are out of range")
        (self.window, full) = (window, window)
        limits = GridLimits(making: rules)
        self.shots = shots.map(limits.grid.units).sorted()
    }

    /// The cues of words; they are put in the order of their starts.
    public static func cues(_ words: some Sequence<TimedWord>, rules: CueRules, shots: [Timestamp] = []) -> [MadeCue] {
        var (maker, cues) = (CueMaker(rules: rules, shots: shots), [MadeCue]())
        let ordered = words.enumerated().sorted { ($0.element.start, $0.offset) < ($1.element.start, $1.offset) }
        for (_, word) in ordered { cues += maker.append(word) }
        return cues + maker.finish()
    }

    /// Takes the next word and returns the cues that are certain now. A word without text is left out; one that starts before
    /// the word in front of it is kept in the order given.
    public mutating func append(_ word: TimedWord) -> [MadeCue] {
        guard !word.text.isEmpty, word.start.isRepresentable, word.end.isRepresentable else { return [] }
        waiting.append(word)
        guard waiting.count >= full else { return [] }
        let search = CueSearch(words: PreparedWords(waiting, after: before, limits: limits, shots: shots))
        let cues = made(search.settled(), search)
        if let last = cues.last?.lines.last?.last { before = last }
        waiting.removeFirst(cues.reduce(0) { $0 + $1.lines.reduce(0) { $0 + $1.count } })
        full = max(window, 2 * waiting.count)
        return cues
    }

    /// Returns the cues of the words that are left.
    public mutating func finish() -> [MadeCue] {
        let search = CueSearch(words: PreparedWords(waiting, after: before, limits: limits, shots: shots))
        let cues = made(search.best(), search)
        (waiting, before, full, reached) = ([], nil, window, .min)
        return cues
    }

    /// The cues as values. Words that start at one instant and are parted all the same come one unit after another.
    private mutating func made(_ choices: [CueSearch.Choice], _ search: CueSearch) -> [MadeCue] {
        choices.map { choice in
            let start = max(search.words.starts[choice.range.lowerBound], reached)
            let end = max(start + 1, choice.end.end)
            reached = end
            let time = limits.grid.time(start)
            // A unit of the grid is longer than a tick: the second cannot fail either.
            let segment = Segment(start: time, end: limits.grid.time(end)) ?? Segment(start: time, end: time + TimeDelta(ticks: 1))!
            let edges = [choice.range.lowerBound] + choice.layout.breaks + [choice.range.upperBound]
            let lines = zip(edges, edges.dropFirst()).map { Array(search.words.words[$0..<$1]) }
            let speaker = lines[0][0].speaker
            return MadeCue(lines: lines, segment: segment, speaker: lines.joined().allSatisfy { $0.speaker == speaker } ? speaker : nil)
        }
    }
}
