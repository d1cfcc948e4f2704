/// The tabular two-sided CUSUM chart: sums of deviations from the target beyond an allowance, one up and one down.
///
///     C⁺ = max(0, x − (target + allowance) + C⁺)      C⁻ = max(0, (target − allowance) − x + C⁻)
///
/// An alarm is a sum above `limit`; the sums go on, so that the alarm stands until the process is back.
/// Source: Page 1954 (doi 10.1093/biomet/41.1-2.100); Montgomery, *Introduction to Statistical Quality Control*, ch. 9.
public struct CumulativeSum: Hashable, Sendable {
    public let target, allowance, limit: Double
    public private(set) var upper = 0.0
    public private(set) var lower = 0.0

    /// - Parameters:
    ///   - allowance: K, in the units of the values: half the shift to detect.
    ///   - limit: H, in the units of the values; 4 to 5 standard deviations is usual.
    public init(target: Double, allowance: Double, limit: Double) {
        (self.target, self.allowance, self.limit) = (target, allowance, limit)
    }

    /// Takes the next value; true for an alarm.
    public mutating func update(_ value: Double) -> Bool {
        upper = max(0, value - (target + allowance) + upper)
        lower = max(0, (target - allowance) - value + lower)
        return upper > limit || lower > limit
    }
}
