import Alignment

/// Forced alignment by the book: every cell of frames by states, in double precision, and for small cases every sequence of tokens.
struct PlainCTC {
    /// By frame and column.
    let values: [[Double]]
    let blank: Int

    private static let never = -Double.infinity

    /// The unit of each frame, nil for a blank; nil without a possible way.
    func path(_ units: [CTCUnit]) -> [Int?]? {
        let extended: [Int?] = units.indices.flatMap { [nil, $0] } + [nil]
        var table = [[Double]](), origins = [[Int]]()
        for frame in values.indices {
            var (row, from) = ([Double](), [Int]())
            for state in extended.indices {
                var choices: [(value: Double, state: Int)] = []
                if frame == 0 {
                    choices.append((state < 2 ? 0 : Self.never, state))
                } else {
                    choices.append((table[frame - 1][state], state))
                    if state > 0 { choices.append((table[frame - 1][state - 1], state - 1)) }
                    if state > 2, let unit = extended[state], units[unit] != units[unit - 1] { choices.append((table[frame - 1][state - 2], state - 2)) }
                }
                let best = choices.dropFirst().reduce(choices[0]) { $1.value > $0.value ? $1 : $0 }
                row.append(best.value + score(extended[state].map { units[$0] }, frame))
                from.append(best.state)
            }
            table.append(row)
            origins.append(from)
        }
        return trace(extended, table, origins)
    }

    private func trace(_ extended: [Int?], _ table: [[Double]], _ origins: [[Int]]) -> [Int?]? {
        var state = extended.count - 1
        if state > 0, table[values.count - 1][state - 1] > table[values.count - 1][state] { state -= 1 }
        guard table[values.count - 1][state] > Self.never else { return nil }
        var path: [Int?] = []
        for frame in values.indices.reversed() {
            path.append(extended[state])
            state = origins[frame][state]
        }
        return path.reversed()
    }

    func score(_ unit: CTCUnit?, _ frame: Int) -> Double {
        switch unit {
        case nil: values[frame][blank]
        case .token(let column): values[frame][column]
        case .star: values[frame].max()!
        }
    }

    /// The greatest sum over all sequences of columns that become the tokens when repeats are merged and blanks taken out.
    func greatest(_ tokens: [Int]) -> Double {
        func all(_ frame: Int, _ last: Int, _ done: Int) -> Double {
            guard frame < values.count else { return done == tokens.count ? 0 : Self.never }
            var best = Self.never
            for column in values[frame].indices {
                if column == blank || column == last {
                    best = max(best, values[frame][column] + all(frame + 1, column, done))
                } else if done < tokens.count, tokens[done] == column {
                    best = max(best, values[frame][column] + all(frame + 1, column, done + 1))
                }
            }
            return best
        }
        return all(0, -1, 0)
    }
}

/// Numbers that repeat for a seed.
struct Dice {
    private var state: UInt64

    init(_ seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func roll(_ sides: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % sides
    }
}
