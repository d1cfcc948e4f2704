import Timeline

/// Gamma: agreement of annotators who each placed and named units, 1 − disorder / disorder expected by chance. 1 is agreement
/// throughout, 0 what chance gives.
///
/// The disorder is that of the best alignment, found exactly. The expected disorder is the mean over continua drawn by a seeded
/// generator: the same seed gives the same figure everywhere, and ``interval`` says how far another seed's could be.
///
/// Source: Mathet, Widlöcher, Métivier 2015 (doi 10.1162/COLI_a_00227); gamma-cat: Mathet 2017 (doi 10.1162/COLI_a_00296).
public struct Gamma: Hashable, Sendable {
    public struct Options: Hashable, Sendable {
        public var dissimilarity: GammaDissimilarity
        public var sampling: GammaSampling
        /// Continua to draw at least; 2 or more.
        public var samples: Int
        /// Draw as many continua as bring the expected disorder to this relative precision, 95 times in 100; nil for `samples`.
        public var precision: Double?
        public var seed: UInt64

        public init(
            dissimilarity: GammaDissimilarity = GammaDissimilarity(), sampling: GammaSampling = .shuffled, samples: Int = 30,
            precision: Double? = nil, seed: UInt64 = 0
        ) {
            (self.dissimilarity, self.sampling, self.samples) = (dissimilarity, sampling, samples)
            (self.precision, self.seed) = (precision, seed)
        }
    }

    public let alignment: GammaAlignment
    /// The mean and the standard deviation of the disorder of the drawn continua.
    public let expectedDisorder, expectedDeviation: Double
    /// How many continua were drawn.
    public let samples: Int
    private let categorial: CategorialDisorder
    private let expectedCategorial: [CategorialDisorder]

    /// - Throws: ``Undefined/tooFewAnnotators``, ``Undefined/noUnits``, or ``Undefined/tooManyAlignments`` when the
    ///   search for an exact alignment needs more memory than is allowed.
    public init(_ continuum: Continuum, _ options: Options = Options()) throws(Undefined) {
        alignment = try continuum.bestAlignment(options.dissimilarity).get()
        let origin = continuum.units.compactMap(\.first?.start).min()!
        let rows = continuum.units.map { $0.map { GammaUnit($0, origin: origin) } }
        categorial = CategorialDisorder(alignment, rows, options.dissimilarity, continuum.categories)
        let sampler = GammaSampler(rows)
        var random = SplitMix64(seed: options.seed)
        var (disorders, categorials): ([Double], [CategorialDisorder]) = ([], [])
        var target = max(2, options.samples)
        while disorders.count < target {
            let sample = sampler.sample(options.sampling, &random)
            guard let found = AlignmentSearch(sample, options.dissimilarity).best() else { throw .tooManyAlignments }
            disorders.append(found.disorder)
            categorials.append(CategorialDisorder(found, sample, options.dissimilarity, continuum.categories))
            if disorders.count == target, let precision = options.precision {
                target = max(target, Self.needed(disorders, precision))
            }
        }
        (expectedDisorder, expectedDeviation) = Self.moments(disorders)
        (samples, expectedCategorial) = (disorders.count, categorials)
    }

    /// Gamma. Undefined when the expected disorder is 0.
    public var value: Figure { Figure.quotient(alignment.disorder, expectedDisorder, else: .noExpectedDisagreement).map { 1 - $0 } }

    /// Where gamma lies with 95 % confidence, for the continua that were drawn; it says nothing about other recordings.
    public var interval: ConfidenceInterval? {
        let half = 1.959963984540054 * expectedDeviation / Double(samples).squareRoot()
        guard expectedDisorder - half > 0 else { return nil }
        return ConfidenceInterval(
            lower: 1 - alignment.disorder / (expectedDisorder - half), upper: 1 - alignment.disorder / (expectedDisorder + half))
    }

    /// Gamma-cat: agreement about categories alone, on units that the best alignments pair, each pair by how well it is placed:
    /// 1 − categorial disorder / expected categorial disorder. Undefined without pairs and when all have one category.
    ///
    /// When the best alignment is not unique, neither is gamma-cat: it is that of one with the fewest unitary alignments.
    public var categorialValue: Figure { Self.categorial(categorial.all, expectedCategorial.map(\.all)) }

    /// Gamma-k: gamma-cat of the pairs in which a unit has the category.
    public func categorialValue(of category: Int) -> Figure {
        Self.categorial(categorial.byCategory[category], expectedCategorial.map { $0.byCategory[category] })
    }

    /// The categorial disorder of the best alignment.
    public var categorialDisorder: Figure { categorial.all }

    /// The mean of the categorial disorder over the drawn continua that have one.
    public var expectedCategorialDisorder: Figure { Self.mean(expectedCategorial.map(\.all)) }

    private static func mean(_ figures: [Figure]) -> Figure {
        let defined = figures.compactMap(\.value)
        return .quotient(defined.reduce(0, +), Double(defined.count), else: .noAlignedUnits)
    }

    private static func categorial(_ observed: Figure, _ expected: [Figure]) -> Figure {
        guard case .value(let value) = observed else { return observed }
        guard case .value(let chance) = mean(expected) else { return .undefined(.noAlignedUnits) }
        return Figure.quotient(value, chance, else: .noExpectedDisagreement).map { 1 - $0 }
    }

    private static func moments(_ values: [Double]) -> (Double, Double) {
        let mean = values.reduce(0, +) / Double(values.count)
        return (mean, (values.reduce(0) { $0 + square($1 - mean) } / Double(values.count - 1)).squareRoot())
    }

    /// ((coefficient of variation · 1.96) / precision)², as in section 5.3 of the 2015 paper.
    private static func needed(_ values: [Double], _ precision: Double) -> Int {
        let (mean, deviation) = moments(values)
        guard mean > 0, precision > 0 else { return values.count }
        return Int(min(100_000, square(deviation / mean * 1.959963984540054 / precision).rounded(.up)))
    }
}

/// The categorial disorder of an alignment: the mean category distance of its pairs, each weighted by max(0, 1 − alpha · positional) over
/// the units of its unitary alignment less one; a unit's pair with nothing counts `empty`² with the weight `empty`.
struct CategorialDisorder: Hashable {
    private(set) var all: Figure
    private(set) var byCategory: [Figure]

    init(_ alignment: GammaAlignment, _ rows: [[GammaUnit]], _ dissimilarity: GammaDissimilarity, _ categories: Int) {
        var sums = Array(repeating: Sum(), count: categories + 1)
        for members in alignment.unitary {
            let present = members.count { $0 != nil }
            for (b, second) in members.enumerated() {
                for (a, first) in members[..<b].enumerated() {
                    let units = (first.map { rows[a][$0] }, second.map { rows[b][$0] })
                    var sum = Sum()
                    if case (let x?, let y?) = units {
                        let weight = max(0, 1 - dissimilarity.empty * dissimilarity.alpha * dissimilarity.positional(x, y)) / Double(present - 1)
                        sum = Sum(disorder: dissimilarity.empty * dissimilarity.categorial(x, y) * weight, weight: weight, pairs: 1)
                    } else if units.0 != nil || units.1 != nil {
                        sum = Sum(disorder: dissimilarity.empty * dissimilarity.empty, weight: dissimilarity.empty, pairs: 0)
                    }
                    for category in Set([units.0, units.1].compactMap { $0.map { Int($0.category) } }) { sums[category] += sum }
                    sums[categories] += sum
                }
            }
        }
        all = sums[categories].figure
        byCategory = sums[..<categories].map(\.figure)
    }

    private struct Sum {
        var disorder = 0.0
        var weight = 0.0
        var pairs = 0

        static func += (a: inout Sum, b: Sum) {
            a.disorder += b.disorder
            a.weight += b.weight
            a.pairs += b.pairs
        }

        var figure: Figure {
            if pairs == 0 { return .undefined(.noAlignedUnits) }
            return disorder == 0 ? .value(0) : .quotient(disorder, weight, else: .noAlignedUnits)
        }
    }
}
