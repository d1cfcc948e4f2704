/// How far apart two ratings are, for Krippendorff's alpha.
public enum AlphaMetric: Hashable, Sendable {
    /// 1 for different categories.
    case nominal
    /// The square of the ratings between two ranks: (Σ_{g=c…k} n_g − (n_c + n_k)/2)². Categories are in their order.
    case ordinal
    /// (c − k)², with the value of each category.
    case interval([Double])
    /// ((c − k) / (c + k))², 0 for 0 and 0, with the value of each category. No value is below zero.
    case ratio([Double])
}

extension RatingSummary {
    /// Krippendorff's alpha: 1 − D_o / D_e, with missing ratings, any number of annotators and four scales.
    ///
    ///     o_ck = Σ_u pairs of c and k on item u / (m_u − 1)      n_c = Σ_k o_ck      n = Σ_c n_c
    ///     D_o  = Σ o_ck δ²_ck / n                                D_e = Σ n_c n_k δ²_ck / (n (n − 1))
    ///
    /// 1 is agreement throughout, 0 what chance gives; items with one rating do not count.
    ///
    /// Source: Krippendorff, *Content Analysis*, 2nd ed. 2004, ch. 11; Hayes and Krippendorff 2007
    /// (doi 10.1080/19312450709336664). Undefined when no item has two ratings, when all paired ratings name the same category,
    /// and for a ratio scale with values below zero.
    ///
    /// - Complexity: O(categories) for nominal, ordinal and interval scales beside the pairs seen, O(categories²) for ratio.
    public func alpha(_ metric: AlphaMetric) -> Figure {
        guard case .success(let parts) = alphaParts(metric) else { return alphaParts(metric).failure }
        return .value(1 - parts.observed / parts.expected)
    }

    /// The observed and the expected disagreement, D_o and D_e, or why they do not exist.
    func alphaParts(_ metric: AlphaMetric) -> AlphaParts {
        var counts = Array(repeating: 0, count: categories)
        for (ratings, level) in filled where ratings > 1 {
            for category in 0..<categories { counts[category] += level.counts[category] }
        }
        let n = Double(counts.reduce(0, +))
        guard n > 0 else { return .failure(.noItemRatedTwice) }
        guard counts.count(where: { $0 > 0 }) > 1 else { return .failure(.oneCategory) }
        if case .ratio(let values) = metric, values.contains(where: { $0 < 0 }) { return .failure(.negativeValue) }
        let distance = AlphaDistance(metric, counts: counts)
        var observed = 0.0
        for (ratings, level) in filled where ratings > 1 {
            var sum = 0.0
            level.pairs.forEach { a, b, count in if a != b { sum += distance(a, b) * Double(count) } }
            observed += 2 * sum / Double(ratings - 1)
        }
        let expected = distance.sum(counts) / (n * (n - 1))
        return expected == 0 ? .failure(.noExpectedDisagreement) : .success((observed / n, expected))
    }

    enum AlphaParts {
        case success((observed: Double, expected: Double))
        case failure(Undefined)

        var failure: Figure { if case .failure(let reason) = self { .undefined(reason) } else { .undefined(.noRatings) } }
    }
}

/// δ² between categories. Ordinal distance is the interval distance between midranks: the ratings below a category and half
/// of its own.
private struct AlphaDistance {
    private let metric: AlphaMetric
    private let positions: [Double]

    init(_ metric: AlphaMetric, counts: [Int]) {
        self.metric = metric
        switch metric {
        case .nominal: positions = []
        case .interval(let values), .ratio(let values): positions = values
        case .ordinal:
            var below = 0
            positions = counts.map { count in
                defer { below += count }
                return Double(below) + Double(count) / 2
            }
        }
    }

    func callAsFunction(_ a: Int, _ b: Int) -> Double {
        switch metric {
        case .nominal: return a == b ? 0 : 1
        case .ordinal, .interval: return square(positions[a] - positions[b])
        case .ratio:
            let sum = positions[a] + positions[b]
            return sum == 0 ? 0 : square((positions[a] - positions[b]) / sum)
        }
    }

    /// Σ n_c n_k δ²_ck.
    func sum(_ counts: [Int]) -> Double {
        let n = Double(counts.reduce(0, +))
        switch metric {
        case .nominal: return n * n - counts.reduce(0) { $0 + square(Double($1)) }
        case .ordinal, .interval:
            // Twice n times the squared distances from the mean: the sum over pairs without the pairs.
            let mean = zip(counts, positions).reduce(0) { $0 + Double($1.0) * $1.1 } / n
            return 2 * n * zip(counts, positions).reduce(0) { $0 + Double($1.0) * square($1.1 - mean) }
        case .ratio:
            let used = counts.indices.filter { counts[$0] > 0 }
            var sum = 0.0
            for (place, a) in used.enumerated() {
                for b in used[..<place] { sum += 2 * Double(counts[a]) * Double(counts[b]) * self(a, b) }
            }
            return sum
        }
    }
}
