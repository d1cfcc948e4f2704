#if canImport(Glibc)
    import Glibc
#endif

/// How far the mix of labels of one period is from that of another: counts by category, in the same order.
///
/// Categories that neither period used are left out. Everything is undefined when a period is empty.
public struct MixShift: Hashable, Sendable {
    private let first, second: [Double]

    public init(_ first: [Int], _ second: [Int]) {
        precondition(first.count == second.count, "one count per category and period")
        let used = first.indices.filter { first[$0] + second[$0] > 0 }
        self.first = used.map { Double(first[$0]) }
        self.second = used.map { Double(second[$0]) }
    }

    /// The degrees of freedom of both tests.
    public var degreesOfFreedom: Int { max(0, first.count - 1) }

    /// Pearson's χ² of the two-row table, without continuity correction: Σ (observed − expected)² / expected.
    /// Source: Pearson 1900 (doi 10.1080/14786440009463897).
    public var chiSquared: Figure { test { observed, expected in square(observed - expected) / expected } }

    /// The likelihood ratio statistic G: 2 Σ observed · ln(observed / expected). Source: Wilks 1938
    /// (doi 10.1214/aoms/1177732360).
    public var gStatistic: Figure {
        test { observed, expected in observed == 0 ? 0 : 2 * observed * log(observed / expected) }.map { max(0, $0) }
    }

    /// The probability of a statistic of either test as large or larger if both periods had one mix. Needs two categories.
    public func probability(of statistic: Figure) -> Figure {
        guard case .value(let value) = statistic else { return statistic }
        guard degreesOfFreedom > 0 else { return .undefined(.oneCategory) }
        return .value(upperGamma(Double(degreesOfFreedom) / 2, value / 2))
    }

    /// The population stability index: Σ (p − q) ln(p / q), 0 for the same mix. Undefined when a category is used in one
    /// period only, for which the sum has no limit.
    public var stabilityIndex: Figure {
        let sum = compare { p, q in p == q ? 0 : (p - q) * log(p / q) }
        return sum.value?.isFinite == false ? .undefined(.categoryInOnePeriod) : sum
    }

    /// The Jensen-Shannon divergence in bits, 0 to 1. Source: Lin 1991 (doi 10.1109/18.61115).
    public var jensenShannon: Figure {
        compare { p, q in
            let middle = (p + q) / 2
            return ((p == 0 ? 0 : p * log2(p / middle)) + (q == 0 ? 0 : q * log2(q / middle))) / 2
        }.map { max(0, $0) }
    }

    /// The total variation distance: ½ Σ |p − q|, the share of labels that would have to change; 0 to 1.
    public var totalVariation: Figure { compare { abs($0 - $1) / 2 } }

    private func test(_ term: (_ observed: Double, _ expected: Double) -> Double) -> Figure {
        let (a, b) = (first.reduce(0, +), second.reduce(0, +))
        guard a > 0 && b > 0 else { return .undefined(.noRatings) }
        return .value(zip(first, second).reduce(0.0) { sum, counts in
            let column = counts.0 + counts.1
            return sum + term(counts.0, a * column / (a + b)) + term(counts.1, b * column / (a + b))
        })
    }

    private func compare(_ term: (_ p: Double, _ q: Double) -> Double) -> Figure {
        let (a, b) = (first.reduce(0, +), second.reduce(0, +))
        guard a > 0 && b > 0 else { return .undefined(.noRatings) }
        return .value(zip(first, second).reduce(0.0) { $0 + term($1.0 / a, $1.1 / b) })
    }
}
