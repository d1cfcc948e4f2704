/// A share that was counted: so many nonconforming items in so many that were checked. Intervals are two-sided and
/// within 0...1; `confidence` is between 0 and 1, such as 0.95. All are undefined for no items.
///
///     Proportion(81, of: 263).wilson(confidence: 0.95)            // 0.2553 to 0.3662 (Newcombe 1998, Table I)
public struct Proportion: Hashable, Sendable {
    public let count, total: Int

    /// Nil unless 0 ≤ count ≤ total and total > 0.
    public init?(_ count: Int, of total: Int) {
        guard total > 0, count >= 0, count <= total else { return nil }
        (self.count, self.total) = (count, total)
    }

    /// The share itself.
    public var share: Double { Double(count) / Double(total) }

    /// Wilson's score interval, without continuity correction: the default for error rates, close to its stated confidence
    /// also near 0. Source: Wilson 1927 (doi 10.1080/01621459.1927.10502953).
    public func wilson(confidence: Double) -> ConfidenceInterval {
        let (n, z) = (Double(total), Self.z(confidence))
        let (middle, scale) = (share + z * z / (2 * n), 1 + z * z / n)
        let half = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
        return ConfidenceInterval(
            lower: count == 0 ? 0 : max(0, (middle - half) / scale), upper: count == total ? 1 : min(1, (middle + half) / scale))
    }

    /// Clopper and Pearson's interval: never below its stated confidence, for statements of risk. Source: Clopper and Pearson
    /// 1934 (doi 10.1093/biomet/26.4.404), as quantiles of the beta distribution.
    public func clopperPearson(confidence: Double) -> ConfidenceInterval {
        let tail = (1 - confidence) / 2
        return ConfidenceInterval(lower: lowerLimit(tail: tail), upper: upperLimit(confidence: 1 - tail))
    }

    /// The one-sided upper limit of Clopper and Pearson: "with this confidence, the share is below".
    public func upperLimit(confidence: Double) -> Double {
        count == total ? 1 : betaQuantile(confidence, Double(count + 1), Double(total - count))
    }

    private func lowerLimit(tail: Double) -> Double {
        count == 0 ? 0 : betaQuantile(tail, Double(count), Double(total - count + 1))
    }

    /// The equal-tailed interval of Jeffreys' prior, Beta(½, ½). Source: Brown, Cai, DasGupta 2001
    /// (doi 10.1214/ss/1009213286), without their change of the ends for counts of 0 and all.
    public func jeffreys(confidence: Double) -> ConfidenceInterval {
        let (a, b, tail) = (Double(count) + 0.5, Double(total - count) + 0.5, (1 - confidence) / 2)
        return ConfidenceInterval(lower: betaQuantile(tail, a, b), upper: betaQuantile(1 - tail, a, b))
    }

    /// Agresti and Coull's interval: z²/2 counts and z² items added, cut to 0...1. Source: Agresti and Coull 1998
    /// (doi 10.1080/00031305.1998.10480550).
    public func agrestiCoull(confidence: Double) -> ConfidenceInterval {
        let z = Self.z(confidence)
        let n = Double(total) + z * z
        let p = (Double(count) + z * z / 2) / n
        let half = z * (p * (1 - p) / n).squareRoot()
        return ConfidenceInterval(lower: max(0, p - half), upper: min(1, p + half))
    }

    private static func z(_ confidence: Double) -> Double {
        precondition(confidence > 0 && confidence < 1, "a confidence lies between 0 and 1")
        return -normalQuantile((1 - confidence) / 2)
    }
}
