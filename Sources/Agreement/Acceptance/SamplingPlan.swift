#if canImport(Glibc)
    import Glibc
#endif

/// Acceptance of a lot by one sample: check `sampleSize` items, accept with up to `acceptance` nonconforming ones and reject
/// from `rejection`. Where the two are not neighbours (reduced inspection), a count between them accepts the lot and ends
/// reduced inspection.
///
///     SamplingPlan(sampleSize: 52, acceptance: 3).acceptanceProbability(nonconforming: 0.05)   // 0.738
public struct SamplingPlan: Hashable, Sendable {
    public let sampleSize, acceptance, rejection: Int

    /// - Parameter rejection: one above `acceptance` when nil.
    public init(sampleSize: Int, acceptance: Int, rejection: Int? = nil) {
        precondition(sampleSize >= 0 && acceptance >= 0 && (rejection ?? .max) > acceptance)
        (self.sampleSize, self.acceptance, self.rejection) = (sampleSize, acceptance, rejection ?? acceptance + 1)
    }

    /// The operating characteristic for lots far larger than the sample: the probability that a lot with this share of
    /// nonconforming items is accepted, P(X < rejection) with X binomial.
    ///
    /// Source: NIST/SEMATECH e-Handbook 6.2.3.2. - Complexity: O(√sampleSize).
    public func acceptanceProbability(nonconforming share: Double) -> Double {
        binomialUpTo(rejection - 1, of: sampleSize, share: share)
    }

    /// The operating characteristic for a lot of known size: P(X < rejection) with X hypergeometric. A sample larger than the
    /// lot checks all of it.
    public func acceptanceProbability(nonconforming: Int, lot: Int) -> Double {
        let bad = min(max(0, nonconforming), lot)
        let drawn = min(sampleSize, lot)
        let (low, high) = (max(0, drawn - (lot - bad)), min(drawn, bad))
        let most = rejection - 1
        if most >= high { return 1 }
        if most < low { return 0 }
        var sum = 0.0
        for x in low...most {
            sum += exp(logChoose(bad, x) + logChoose(lot - bad, drawn - x) - logChoose(lot, drawn))
        }
        return min(1, sum)
    }

    /// The smallest plan (least sample, then least acceptance number) that accepts a lot at the acceptable share with a
    /// probability of `1 − producerRisk` or more, and one at the rejectable share (LTPD) with `consumerRisk` or less.
    ///
    /// Source: Guenther 1969 (doi 10.1080/00224065.1969.11980350), binomial. Nil unless
    /// 0 < acceptable < rejectable < 1 and both risks are between 0 and 1, or when no plan of up to `limit` items does.
    public static func smallest(
        acceptable: Double, rejectable: Double, producerRisk: Double, consumerRisk: Double, limit: Int = 1_000_000
    ) -> SamplingPlan? {
        guard acceptable > 0, acceptable < rejectable, rejectable < 1, producerRisk > 0, producerRisk < 1, consumerRisk > 0,
            consumerRisk < 1
        else { return nil }
        var size = 1
        for acceptance in 0..<limit {
            // The least sample that satisfies the consumer, which never shrinks as the acceptance number grows.
            guard let next = leastSize(from: max(size, acceptance + 1), limit: limit, {
                binomialUpTo(acceptance, of: $0, share: rejectable) <= consumerRisk
            }) else { return nil }
            size = next
            if binomialUpTo(acceptance, of: size, share: acceptable) >= 1 - producerRisk {
                return SamplingPlan(sampleSize: size, acceptance: acceptance)
            }
        }
        return nil
    }

    /// The plan that accepts with no nonconforming item: the least sample with (1 − rejectable)ⁿ ≤ 1 − confidence. Zero in so
    /// many proves, with this confidence, a share below `rejectable`. Nil unless both are between 0 and 1.
    public static func zeroAcceptance(rejectable: Double, confidence: Double) -> SamplingPlan? {
        guard rejectable > 0, rejectable < 1, confidence > 0, confidence < 1 else { return nil }
        let exact = log1p(-confidence) / log1p(-rejectable)
        guard exact < 1e15 else { return nil }
        var size = max(1, Int(exact) - 1)
        while Double(size) * log1p(-rejectable) > log1p(-confidence) + 1e-15 { size += 1 }
        return SamplingPlan(sampleSize: size, acceptance: 0)
    }

    /// The least number for which a condition holds that stays true once it is.
    private static func leastSize(from start: Int, limit: Int, _ holds: (Int) -> Bool) -> Int? {
        if start <= limit && holds(start) { return start }
        var (low, step) = (start, 1)
        while low + step <= limit && !holds(low + step) { low += step; step *= 2 }
        var high = min(limit, low + step)
        guard high > low, holds(high) else { return nil }
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if holds(middle) { high = middle } else { low = middle }
        }
        return high
    }
}

/// P(X ≤ count) for X binomial of `total` items with the probability `share`.
func binomialUpTo(_ count: Int, of total: Int, share: Double) -> Double {
    if count >= total || share <= 0 { return 1 }
    if count < 0 || share >= 1 { return 0 }
    return incompleteBeta(1 - share, Double(total - count), Double(count + 1))
}
