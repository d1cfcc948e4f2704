import Timeline

#if canImport(Glibc)
    import Glibc
#endif

/// How continua without agreement are drawn, whose disorder is the one expected by chance.
public enum GammaSampling: String, Hashable, Sendable, CaseIterable {
    /// Each annotator is one of the continuum's, moved along a circle of its extent by a random distance; distances differ by half a
    /// mean unit or more where there is room. Source: Mathet et al. 2015, section 5.2.
    case shuffled
    /// Numbers of units, gaps and durations are normal with the means and deviations of the continuum, categories have its
    /// shares, as in pygamma-agreement.
    case statistical
}

/// Draws continua from one continuum.
struct GammaSampler {
    private let rows: [[GammaUnit]]
    private let extent: (start: Double, end: Double)
    private let meanLength: Double
    private let statistics: Statistics

    /// - Parameter rows: with one unit at least.
    init(_ rows: [[GammaUnit]]) {
        self.rows = rows
        let all = rows.flatMap { $0 }
        extent = (all.reduce(.infinity) { min($0, $1.start) }, all.reduce(-.infinity) { max($0, $1.end) })
        meanLength = all.reduce(0) { $0 + $1.end - $1.start } / Double(all.count)
        statistics = Statistics(rows)
    }

    /// One sample, with the units of each annotator by start. Never empty.
    func sample(_ sampling: GammaSampling, _ random: inout SplitMix64) -> [[GammaUnit]] {
        while true {
            let sample = sampling == .shuffled ? shuffled(&random) : statistics.sample(rows.count, &random)
            if sample.contains(where: { !$0.isEmpty }) { return sample.map { $0.sorted { ($0.start, $0.end, $0.category) < ($1.start, $1.end, $1.category) } } }
        }
    }

    private func shuffled(_ random: inout SplitMix64) -> [[GammaUnit]] {
        let length = extent.end - extent.start
        var shifts: [Double] = []
        return rows.map { _ in
            shifts.append(shift(avoiding: shifts, length, &random))
            let shift = shifts[shifts.count - 1]
            return rows[random.below(rows.count)].map { unit in
                let back = unit.start + shift > extent.end ? length : 0
                return GammaUnit(start: unit.start + shift - back, end: unit.end + shift - back, category: unit.category)
            }
        }
    }

    /// A distance that keeps half a mean unit from the others; after a hundred tries, any.
    private func shift(avoiding others: [Double], _ length: Double, _ random: inout SplitMix64) -> Double {
        var shift = random.unit() * length
        for _ in 0..<100 where others.contains(where: { abs($0 - shift) < meanLength / 2 }) { shift = random.unit() * length }
        return shift
    }

    /// Means and deviations of what annotators did.
    private struct Statistics {
        let count, gap, length: (mean: Double, deviation: Double)
        /// The share of the categories up to each.
        let shares: [Double]

        init(_ rows: [[GammaUnit]]) {
            let all = rows.flatMap { $0 }
            count = Self.moments(rows.map { Double($0.count) })
            length = Self.moments(all.map { $0.end - $0.start })
            var gaps = [0.0]
            for row in rows {
                gaps += zip(row, row.dropFirst()).map { $1.start - $0.end }
                if let first = row.first, first.start > 0 { gaps.append(first.start) }
            }
            gap = Self.moments(gaps)
            var counts = Array(repeating: 0.0, count: (all.map { Int($0.category) }.max() ?? 0) + 1)
            for unit in all { counts[Int(unit.category)] += 1 }
            var sum = 0.0
            shares = counts.map { sum += $0 / Double(all.count); return sum }
        }

        private static func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
            let mean = values.reduce(0, +) / Double(values.count)
            return (mean, (values.reduce(0) { $0 + square($1 - mean) } / Double(values.count)).squareRoot())
        }

        /// The first category whose share reaches beyond the draw.
        private func category(_ draw: Double) -> Int32 {
            var (low, high) = (0, shares.count - 1)
            while low < high {
                let middle = (low + high) / 2
                if draw < shares[middle] { high = middle } else { low = middle + 1 }
            }
            return Int32(low)
        }

        func sample(_ annotators: Int, _ random: inout SplitMix64) -> [[GammaUnit]] {
            var normal = NormalNumbers()
            return (0..<annotators).map { _ in
                var time = 0.0
                // Far more units than the continuum has would be another continuum.
                let number = min(abs(normal.next(count, &random)), 10 * count.mean + 10)
                return (0..<Int(number)).map { _ in
                    let start = time + normal.next(gap, &random)
                    time = start + abs(normal.next(length, &random))
                    let draw = random.unit()
                    return GammaUnit(start: start, end: time, category: category(draw))
                }
            }
        }
    }
}

/// Normal numbers by Marsaglia's polar method (1964, doi 10.1137/1006063), two at a time.
private struct NormalNumbers {
    private var spare: Double?

    mutating func next(_ moments: (mean: Double, deviation: Double), _ random: inout SplitMix64) -> Double {
        if let spare {
            self.spare = nil
            return moments.mean + moments.deviation * spare
        }
        while true {
            let (x, y) = (2 * random.unit() - 1, 2 * random.unit() - 1)
            let radius = x * x + y * y
            guard radius > 0 && radius < 1 else { continue }
            let scale = (-2 * log(radius) / radius).squareRoot()
            spare = y * scale
            return moments.mean + moments.deviation * x * scale
        }
    }
}
