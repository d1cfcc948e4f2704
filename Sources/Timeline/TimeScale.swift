/// Ticks per second of every time in Slate: 705 600 000, the "flick".
///
/// It is divisible by 24, 25, 30, 50, 60, 90, 120, 1000 and 90 000 Hz, by 8, 16, 22.05, 44.1, 48, 96 and 192 kHz and by
/// the NTSC rates *n*·1000/1001, so a video frame, an audio sample and a millisecond are whole numbers of ticks.
public let ticksPerSecond: Int64 = 705_600_000

extension Int64 {
    /// The sum, held at the ends of the range instead of trapping.
    @inlinable func addingSaturated(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other > 0 ? .max : .min) : sum
    }

    /// The difference, held at the ends of the range instead of trapping.
    @inlinable func subtractingSaturated(_ other: Int64) -> Int64 {
        let (difference, overflow) = subtractingReportingOverflow(other)
        return overflow ? (other > 0 ? .min : .max) : difference
    }

    /// `self · numerator / denominator` rounded to the nearest whole number, halves up; nil when it does not fit.
    ///
    /// - Parameter denominator: above zero.
    @inlinable public func scaled(by numerator: Int64, over denominator: Int64) -> Int64? {
        guard denominator > 0 else { return nil }
        let product = multipliedFullWidth(by: numerator)
        // Floor of (product + denominator / 2) / denominator, in 128 bits.
        let wide = Int128(truncatingIfNeeded: product.high) << 64 | Int128(truncatingIfNeeded: product.low)
        let divisor = Int128(denominator)
        let (quotient, remainder) = (2 * wide + divisor).quotientAndRemainder(dividingBy: 2 * divisor)
        return Int64(exactly: remainder < 0 ? quotient - 1 : quotient)
    }
}
