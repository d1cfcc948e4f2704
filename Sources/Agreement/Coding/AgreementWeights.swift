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

    /// Σ (1 − weight) row_a column_b over all pairs of categories, in O(categories).
    func disagreement(_ rows: [Int], _ columns: [Int]) -> Double {
        let (first, second) = (rows.map(Double.init), columns.map(Double.init))
        let (all, other) = (first.reduce(0, +), second.reduce(0, +))
        switch self {
        case .identity: return all * other - zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
        case .linear(let values):
            // |a − b| is the sum of the steps between them: at each step, what lies below it in one meets what lies above in the other.
            var (belowFirst, belowSecond, sum) = (0.0, 0.0, 0.0)
            for category in 0..<max(0, values.count - 1) {
                belowFirst += first[category]
                belowSecond += second[category]
                sum += (belowFirst * (other - belowSecond) + belowSecond * (all - belowFirst)) * (values[category + 1] - values[category])
            }
            return sum / Self.range(values)
        case .quadratic(let values):
            let middle = zip(first, values).reduce(0) { $0 + $1.0 * $1.1 } / all
            func moment(_ counts: [Double], _ power: (Double) -> Double) -> Double {
                zip(counts, values).reduce(0) { $0 + $1.0 * power($1.1 - middle) }
            }
            let sum = moment(first, square) * other + all * moment(second, square) - 2 * moment(first) { $0 } * moment(second) { $0 }
            return sum / square(Self.range(values))
        }
    }

    private static func range(_ values: [Double]) -> Double { values[values.count - 1] - values[0] }
}
