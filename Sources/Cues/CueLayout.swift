/// The lines of one cue.
struct CueLayout: Hashable, Sendable {
    /// The first word of each line after the first.
    var breaks: [Int]
    /// Columns of the lines together: blanks at line ends are not counted.
    var columns: Int
    var cost: CueCost
}

extension PreparedWords {
    /// The best layouts of some words: for each number of columns that layouts have, the one of least cost.
    ///
    /// Two lines are balanced, the upper one rather the shorter ("bottom-heavy"); one line is better where the text fits it.
    /// Searched to the end: dynamic programming over the line ends, with the number of blanks that fall away.
    func layouts(_ range: Range<Int>) -> [CueLayout] {
        let total = columns(range)
        var best = [line(range, lines: 1, isLast: true)]
        var lines = 2
        while lines <= min(limits.rules.linesPerCue, range.count) {
            best += broken(range, total, lines)
            lines += 1
        }
        return best
    }

    /// Columns of words on one line.
    func columns(_ range: Range<Int>) -> Int { offsets[range.upperBound] - offsets[range.lowerBound] - joints[range.lowerBound] }

    private func line(_ range: Range<Int>, lines: Int, isLast: Bool) -> CueLayout {
        let width = columns(range)
        let over = max(0, width - limits.rules.columnsPerLine)
        var points = Int64(min(over, 10_000) * CueWeights.overflow)
        if lines > 1 {
            // The squares of the widths are least when the lines are equal; an upper line weighs 1/20 more.
            let square = Int64(min(width, 10_000) * min(width, 10_000))
            points += square * (isLast ? 20 : 21) / 160
        }
        return CueLayout(breaks: [], columns: width, cost: CueCost(violations: over > 0 ? 1 : 0, ugliness: points * CueCost.point))
    }

    private func broken(_ range: Range<Int>, _ total: Int, _ lines: Int) -> [CueLayout] {
        let even = Int64(min(total, 10_000) * min(total, 10_000)) / Int64(lines) / 8
        /// For each end of the lines so far, the best by columns.
        var reached: [Int: [CueLayout]] = [range.lowerBound: [CueLayout(breaks: [], columns: 0, cost: CueCost(ugliness: -even * CueCost.point))]]
        for number in 1...lines {
            var next: [Int: [CueLayout]] = [:]
            for start in range {
                guard let befores = reached[start] else { continue }
                let ends = number == lines ? range.upperBound..<range.upperBound + 1 : start + 1..<max(start + 1, range.upperBound - (lines - number) + 1)
                for end in ends {
                    let line = line(start..<end, lines: lines, isLast: number == lines)
                    for before in befores {
                        var layout = CueLayout(breaks: before.breaks, columns: before.columns + line.columns, cost: before.cost + line.cost)
                        if number < lines {
                            layout.breaks.append(end)
                            let points = CueWeights.lineBreak + CueWeights.lineEnd(strengths[end - 1])
                            layout.cost.ugliness += Int64(points) * CueCost.point
                        }
                        Self.keep(layout, in: &next[end, default: []])
                    }
                }
            }
            reached = next
        }
        return reached[range.upperBound] ?? []
    }

    private static func keep(_ layout: CueLayout, in list: inout [CueLayout]) {
        guard let index = list.firstIndex(where: { $0.columns == layout.columns }) else { return list.append(layout) }
        if layout.cost < list[index].cost { list[index] = layout }
    }
}
