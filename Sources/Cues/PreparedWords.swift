import Timeline

/// Words with all that the search asks of them, on the grid of the rules.
struct PreparedWords {
    let words: [TimedWord]
    let limits: GridLimits
    /// Columns of each word, and of the blank in front of it.
    let widths, joints: [Int]
    /// Columns of all words in front of each word, blanks counted.
    let offsets: [Int]
    /// Where a cue begins that begins with the word; never falls.
    let starts: [Int64]
    /// Where each word ends.
    let ends: [Int64]
    /// How well the text breaks behind each word.
    let strengths: [BreakWords.Strength]
    /// Pause behind each word in milliseconds.
    let pauses: [Int64]
    /// Whether a new cue begins with the word in any case.
    let mustBegin: [Bool]
    /// Shot changes in units, rising.
    let shots: [Int64]

    /// - Parameter before: the word in front of them, whose cue is made already.
    init(_ words: [TimedWord], after before: TimedWord? = nil, limits: GridLimits, shots: [Int64]) {
        let grid = limits.grid
        (self.words, self.limits, self.shots) = (words, limits, shots)
        widths = words.map { TextWidth.columns($0.text) }
        joints = words.indices.map { $0 == 0 ? 0 : TextWidth.joint(words[$0 - 1].text, words[$0].text) }
        offsets = zip(widths, joints).reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.0 + $1.1) }
        ends = words.map { grid.units($0.end) }
        let language = limits.rules.language
        strengths = words.indices.map {
            $0 + 1 < words.count ? BreakWords.strength(after: words[$0].text, before: words[$0 + 1].text, language: language) : .sentence
        }
        pauses = words.indices.map { $0 + 1 < words.count ? (words[$0 + 1].start - words[$0].end).milliseconds : 0 }
        let pause = limits.rules.longestPause.milliseconds
        let (splits, gaps) = (limits.rules.splitsSpeakers, pauses)
        mustBegin = words.indices.map { $0 == 0 || gaps[$0 - 1] >= pause || splits && words[$0].speaker != words[$0 - 1].speaker }
        starts = Self.starts(words, after: before, grid, shots, snap: grid.unitsDown(limits.rules.shotSnap))
    }

    /// Each onset on the grid, moved to a shot change near it that parts it from the word before and lies before the one behind.
    private static func starts(_ words: [TimedWord], after before: TimedWord?, _ grid: CueGrid, _ shots: [Int64], snap: Int64) -> [Int64] {
        var (starts, shot) = ([Int64](), 0)
        var spoken = before.map { grid.units($0.end) } ?? .min
        for index in words.indices {
            let onset = grid.units(words[index].start)
            while shot < shots.count, shots[shot] < onset - snap { shot += 1 }
            var start = onset
            let next = index + 1 < words.count ? grid.units(words[index + 1].start) : Int64.max
            if shot < shots.count, shots[shot] <= onset + snap, shots[shot] < next, spoken <= shots[shot] { start = shots[shot] }
            starts.append(max(start, starts.last ?? .min))
            spoken = grid.units(words[index].end)
        }
        return starts
    }

    /// Where the speech of some words ends.
    func spoken(_ range: Range<Int>) -> Int64 { range.reduce(Int64.min) { max($0, ends[$1]) } }

    /// The shot changes of a stretch, both ends included.
    func shots(from start: Int64, through end: Int64) -> ArraySlice<Int64> {
        guard !shots.isEmpty, start <= end else { return [] }
        let first = Self.firstIndex(in: shots, notBelow: start)
        var last = first
        while last < shots.count, shots[last] <= end { last += 1 }
        return shots[first..<last]
    }

    private static func firstIndex(in values: [Int64], notBelow value: Int64) -> Int {
        var (low, high) = (0, values.count)
        while low < high {
            let middle = (low + high) / 2
            if values[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
