/// The two ends of a confidence interval.
public struct ConfidenceInterval: Hashable, Sendable {
    public let lower, upper: Double

    public init(lower: Double, upper: Double) { (self.lower, self.upper) = (lower, upper) }
}
