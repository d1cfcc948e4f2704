#if canImport(Glibc)
    import Glibc
#endif

/// Wald's sequential probability ratio test of a share: after each item the count of nonconforming ones is held against two
/// lines, accept at or below `−h1 + s·n`, reject at or above `h2 + s·n`, and go on between them.
///
///     k = ln(p2 (1 − p1) / (p1 (1 − p2)))     h1 = ln((1 − α) / β) / k     h2 = ln((1 − β) / α) / k
///     s = ln((1 − p1) / (1 − p2)) / k
///
/// Source: Wald 1945 (doi 10.1214/aoms/1177731118); NIST/SEMATECH e-Handbook 6.2.6.
public struct SequentialPlan: Hashable, Sendable {
    public let acceptanceIntercept, rejectionIntercept, slope: Double

    public enum Decision: Hashable, Sendable { case accept, reject, goOn }

    /// - Parameters:
    ///   - acceptable: the share p1 that is to be accepted with a probability of `1 − producerRisk`.
    ///   - rejectable: the share p2 that is to be accepted with `consumerRisk` only.
    /// Nil unless 0 < acceptable < rejectable < 1, both risks are above 0 and their sum is below 1.
    public init?(acceptable: Double, rejectable: Double, producerRisk: Double, consumerRisk: Double) {
        guard acceptable > 0, acceptable < rejectable, rejectable < 1, producerRisk > 0, consumerRisk > 0, producerRisk + consumerRisk < 1
        else { return nil }
        let k = log(rejectable * (1 - acceptable) / (acceptable * (1 - rejectable)))
        acceptanceIntercept = log((1 - producerRisk) / consumerRisk) / k
        rejectionIntercept = log((1 - consumerRisk) / producerRisk) / k
        slope = log((1 - acceptable) / (1 - rejectable)) / k
    }

    /// What to do after `checked` items with so many nonconforming ones.
    public func decision(nonconforming: Int, checked: Int) -> Decision {
        let line = slope * Double(checked)
        if Double(nonconforming) <= line - acceptanceIntercept { return .accept }
        return Double(nonconforming) >= line + rejectionIntercept ? .reject : .goOn
    }
}
