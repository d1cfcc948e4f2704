/// The Page-Hinkley test: an alarm when the sum of deviations from the running mean rises above its least value, or falls
/// below its greatest, by more than `limit`. It needs no target. After an alarm it starts anew.
///
///     up = fading·up + (x − mean) − tolerance      down = fading·down + (x − mean) + tolerance
///
/// Source: Page 1954 (doi 10.1093/biomet/41.1-2.100); Gama et al. 2014 (doi 10.1145/2523813), section 3.2.1; the fading factor
/// and the restart as in the river package.
public struct PageHinkley: Hashable, Sendable {
    public let warmUp: Int
    public let tolerance, limit, fading: Double
    private var count = 0
    private var mean = 0.0
    private var (up, least) = (0.0, Double.infinity)
    private var (down, greatest) = (0.0, -Double.infinity)

    /// - Parameters:
    ///   - warmUp: values before the first alarm.
    ///   - tolerance: the deviation that does not count, in the units of the values.
    ///   - limit: in the units of the values.
    ///   - fading: 1 to keep all that was seen, less to forget it.
    public init(warmUp: Int = 30, tolerance: Double = 0.005, limit: Double = 50, fading: Double = 0.9999) {
        (self.warmUp, self.tolerance, self.limit, self.fading) = (warmUp, tolerance, limit, fading)
    }

    /// Takes the next value; true for an alarm.
    public mutating func update(_ value: Double) -> Bool {
        count += 1
        mean += (value - mean) / Double(count)
        up = fading * up + (value - mean) - tolerance
        down = fading * down + (value - mean) + tolerance
        (least, greatest) = (min(least, up), max(greatest, down))
        guard count >= warmUp, up - least > limit || greatest - down > limit else { return false }
        self = PageHinkley(warmUp: warmUp, tolerance: tolerance, limit: limit, fading: fading)
        return true
    }
}
