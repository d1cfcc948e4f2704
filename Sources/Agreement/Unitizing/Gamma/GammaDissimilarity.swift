/// How far apart two units are, for gamma: `empty` (alpha · positional + beta · categorial).
///
///     positional = ((|Δstart| + |Δend|) / (length + length))²       categorial = 0 for the same category, 1 otherwise
///
/// An alignment of a unit with nothing costs `empty`. Two instants are 0 apart when they are the same and infinitely far otherwise.
/// Source: Mathet, Widlöcher, Métivier 2015 (doi 10.1162/COLI_a_00227), sections 4.2 and 4.3.
public struct GammaDissimilarity: Hashable, Sendable {
    public let alpha, beta, empty: Double
    /// Distances between categories, row by row, in place of 0 and 1.
    public let categoryDistances: [Double]?
    let categories: Int

    /// - Parameters:
    ///   - alpha: the weight of position, above 0.
    ///   - beta: the weight of the category, 0 or more.
    ///   - empty: the cost of no partner, above 0.
    ///   - categoryDistances: symmetric, 0 to 1 with 0 on the diagonal; nil when any two categories are 1 apart.
    public init(alpha: Double = 1, beta: Double = 1, empty: Double = 1, categoryDistances: [[Double]]? = nil) {
        precondition(alpha > 0 && beta >= 0 && empty > 0, "weights of gamma are positive")
        (self.alpha, self.beta, self.empty) = (alpha, beta, empty)
        self.categoryDistances = categoryDistances.map { $0.flatMap { $0 } }
        categories = categoryDistances?.count ?? 0
    }

    @inline(__always)
    func positional(_ a: GammaUnit, _ b: GammaUnit) -> Double {
        let distance = abs(a.start - b.start) + abs(a.end - b.end)
        let length = (a.end - a.start) + (b.end - b.start)
        if length == 0 { return distance == 0 ? 0 : .infinity }
        return square(distance / length)
    }

    @inline(__always)
    func categorial(_ a: GammaUnit, _ b: GammaUnit) -> Double {
        if a.category == b.category { return 0 }
        return categoryDistances.map { $0[Int(a.category) * categories + Int(b.category)] } ?? 1
    }

    @inline(__always)
    func callAsFunction(_ a: GammaUnit, _ b: GammaUnit) -> Double { empty * (alpha * positional(a, b) + beta * categorial(a, b)) }

    /// Between two units of a continuum.
    public func between(_ a: AnnotatedUnit, _ b: AnnotatedUnit) -> Double {
        let origin = min(a.start, b.start)
        return self(GammaUnit(a, origin: origin), GammaUnit(b, origin: origin))
    }
}

/// A unit with its times as distances from the start of its continuum, so that where the recording starts changes nothing.
struct GammaUnit {
    var start, end: Double
    var category: Int32

    init(start: Double, end: Double, category: Int32) { (self.start, self.end, self.category) = (start, end, category) }

    init(_ unit: AnnotatedUnit, origin: Int64) {
        (start, end) = (Double(unit.start.subtractingReportingOverflow(origin).partialValue), 0)
        end = start + unit.length
        category = Int32(unit.category)
    }
}
