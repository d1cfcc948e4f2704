#if canImport(Glibc)
    import Glibc
#endif

/// Acceptance of a lot by one sample or two: after the first, accept with up to `firstAcceptance` nonconforming items, reject
/// from `firstRejection`, and draw the second sample between; then decide on the sum of both.
public struct DoubleSamplingPlan: Hashable, Sendable {
    public let firstSize, secondSize: Int
    public let firstAcceptance, firstRejection: Int
    public let secondAcceptance, secondRejection: Int

    /// The probability that a lot with this share of nonconforming items is accepted, for lots far larger than the samples.
    ///
    /// Source: NIST/SEMATECH e-Handbook 6.2.4. A sum between the second acceptance and rejection numbers accepts.
    public func acceptanceProbability(nonconforming share: Double) -> Double {
        var sum = binomialUpTo(firstAcceptance, of: firstSize, share: share)
        for first in firstAcceptance + 1..<firstRejection {
            sum += probability(of: first, share) * binomialUpTo(secondRejection - 1 - first, of: secondSize, share: share)
        }
        return min(1, sum)
    }

    /// The mean number of items that are checked.
    public func meanSampleSize(nonconforming share: Double) -> Double {
        var second = 0.0
        for first in firstAcceptance + 1..<firstRejection { second += probability(of: first, share) }
        return Double(firstSize) + Double(secondSize) * second
    }

    private func probability(of count: Int, _ share: Double) -> Double {
        if share <= 0 { return count == 0 ? 1 : 0 }
        if share >= 1 { return count == firstSize ? 1 : 0 }
        return exp(logChoose(firstSize, count) + Double(count) * log(share) + Double(firstSize - count) * log1p(-share))
    }
}
