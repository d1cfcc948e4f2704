/// How much two categories agree: 1 for the same, less with distance. Source: Cohen 1968 (doi 10.1037/h0026256); Gwet,
/// *Handbook of Inter-Rater Reliability*, ch. 3.
///
/// `values` has one number per category, ascending. The distance may be taken between the values of the categories or
/// between their ranks (0, 1, 2, …): the two differ when a level of the scale is unused, and tools disagree on which
/// they take, so the caller says it.
public enum AgreementWeights: Hashable, Sendable {
    /// 1 for the same category, 0 otherwise.
    case identity
    /// 1 − |a − b| / range.
    case linear([Double])
    /// 1 − (a − b)² / range².
    case quadratic([Double])

    /// The weight between two categories, 0 to 1.
    func weight(_ a: Int, _ b: Int) -> Double {
        if a == b { return 1 }
        switch self {
        case .identity: return 0
        case .linear(let values): return 1 - abs(values[a] - values[b]) / Self.range(values)
        case .quadratic(let values):
            let share = (values[a] - values[b]) / Self.range(values)
            return 1 - share * share
        }
    }

    /// The weights of all pairs, row by row.
    func matrix(categories: Int) -> [Double] {
        (0..<categories * categories).map { weight($0 / categories, $0 % categories) }
    }

    private static func range(_ values: [Double]) -> Double { values[values.count - 1] - values[0] }
}
