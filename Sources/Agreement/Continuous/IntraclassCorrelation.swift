/// The intraclass correlations of complete ratings on a continuous scale: one row per target, one column per annotator.
///
/// With BMS, JMS, EMS the mean squares between targets, between annotators and of the residual, WMS the one within targets, n
/// targets and k annotators:
///
///     (1,1) (BMS − WMS) / (BMS + (k−1) WMS)                          (1,k) (BMS − WMS) / BMS
///     (2,1) (BMS − EMS) / (BMS + (k−1) EMS + k (JMS − EMS) / n)      (2,k) (BMS − EMS) / (BMS + (JMS − EMS) / n)
///     (3,1) (BMS − EMS) / (BMS + (k−1) EMS)                          (3,k) (BMS − EMS) / BMS
///
/// At most 1; below 0 when targets differ less than chance would have them. Source: Shrout and Fleiss 1979
/// (doi 10.1037/0033-2909.86.2.420).
public struct IntraclassCorrelation: Hashable, Sendable {
    /// The mean squares.
    public let betweenTargets, betweenAnnotators, residual, withinTargets: Double
    public let targets, annotators: Int

    /// - Throws: ``Undefined/tooFewItems`` or ``Undefined/tooFewAnnotators`` below two of each, ``Undefined/missingRatings`` for
    ///   rows of different lengths or values that are not finite.
    public init(_ rows: [[Double]]) throws(Undefined) {
        guard rows.count > 1 else { throw .tooFewItems }
        guard let k = rows.first?.count, k > 1 else { throw .tooFewAnnotators }
        guard rows.allSatisfy({ $0.count == k && $0.allSatisfy(\.isFinite) }) else { throw .missingRatings }
        let n = rows.count
        let grand = rows.joined().reduce(0, +) / Double(n * k)
        let targetMeans = rows.map { $0.reduce(0) { $0 + ($1 - grand) } / Double(k) }
        var columnMeans = Array(repeating: 0.0, count: k)
        for row in rows { for (j, value) in row.enumerated() { columnMeans[j] += (value - grand) / Double(n) } }
        var (residual, within) = (0.0, 0.0)
        for (row, mean) in zip(rows, targetMeans) {
            for (j, value) in row.enumerated() {
                within += square(value - grand - mean)
                residual += square(value - grand - mean - columnMeans[j])
            }
        }
        betweenTargets = Double(k) * targetMeans.reduce(0) { $0 + $1 * $1 } / Double(n - 1)
        betweenAnnotators = Double(n) * columnMeans.reduce(0) { $0 + $1 * $1 } / Double(k - 1)
        self.residual = residual / Double((n - 1) * (k - 1))
        withinTargets = within / Double(n * (k - 1))
        (targets, annotators) = (n, k)
    }

    public enum Form: String, Hashable, Sendable, CaseIterable {
        case oneWaySingle = "ICC(1,1)", randomSingle = "ICC(2,1)", fixedSingle = "ICC(3,1)"
        case oneWayMean = "ICC(1,k)", randomMean = "ICC(2,k)", fixedMean = "ICC(3,k)"
    }

    /// One form. The first number says whether annotators differ by target (1), are a sample of annotators (2) or are all there are
    /// (3); the second whether one annotator's rating or the mean of all is used. Undefined when the denominator is 0.
    public func figure(_ form: Form) -> Figure {
        let (b, j, e, w) = (betweenTargets, betweenAnnotators, residual, withinTargets)
        let (k, n) = (Double(annotators), Double(targets))
        let (top, bottom) = switch form {
        case .oneWaySingle: (b - w, b + (k - 1) * w)
        case .randomSingle: (b - e, b + (k - 1) * e + k * (j - e) / n)
        case .fixedSingle: (b - e, b + (k - 1) * e)
        case .oneWayMean: (b - w, b)
        case .randomMean: (b - e, b + (j - e) / n)
        case .fixedMean: (b - e, b)
        }
        return .quotient(top, bottom, else: .noVariance)
    }
}
