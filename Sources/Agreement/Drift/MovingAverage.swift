/// The exponentially weighted moving average chart with its exact limits, which widen over the first values.
///
///     z = λ x + (1 − λ) z, from z = target      half-width = L σ √(λ / (2 − λ) (1 − (1 − λ)^{2t}))
///
/// Source: Roberts 1959 (doi 10.1080/00401706.1959.10489860); Lucas and Saccucci 1990 (doi 10.1080/00401706.1990.10484583).
public struct MovingAverage: Hashable, Sendable {
    public let target, deviation, weight, width: Double
    public private(set) var average: Double
    /// The distance from the target beyond which the average is an alarm, for the values seen so far.
    public private(set) var halfWidth = 0.0
    private var decay = 1.0

    /// - Parameters:
    ///   - deviation: σ, the standard deviation of single values.
    ///   - weight: λ, above 0 and up to 1; 0.05 to 0.25 is usual.
    ///   - width: L, in standard deviations of the average; 2.7 to 3 is usual.
    public init(target: Double, deviation: Double, weight: Double, width: Double) {
        precondition(weight > 0 && weight <= 1, "a weight lies above 0 and up to 1")
        (self.target, self.deviation, self.weight, self.width, average) = (target, deviation, weight, width, target)
    }

    /// Takes the next value; true for an alarm.
    public mutating func update(_ value: Double) -> Bool {
        average = weight * value + (1 - weight) * average
        decay *= (1 - weight) * (1 - weight)
        halfWidth = width * deviation * (weight / (2 - weight) * (1 - decay)).squareRoot()
        return abs(average - target) > halfWidth
    }
}
