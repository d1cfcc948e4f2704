import Timeline

/// When the frames of a network begin: whole ticks, with one rounding for each time.
///
///     FrameClock(seconds: 320, over: 16_000)?.time(of: 3) == .milliseconds(60)
public struct FrameClock: Hashable, Sendable {
    /// A frame lasts this many seconds.
    public let numerator, denominator: Int64
    /// When the first frame begins.
    public var offset: TimeDelta

    /// 20 ms, as wav2vec2 has it.
    public static let standard = FrameClock(seconds: 1, over: 50)!

    /// Nil for frames below a tenth of a millisecond or above ten seconds, and for a ratio of more digits than any rate has.
    public init?(seconds numerator: Int64, over denominator: Int64, offset: TimeDelta = .zero) {
        guard numerator > 0, denominator > 0, (1e-4...10).contains(Double(numerator) / Double(denominator)) else { return nil }
        var (divisor, rest) = (numerator, denominator)
        while rest > 0 { (divisor, rest) = (rest, divisor % rest) }
        guard max(numerator, denominator) / divisor <= 10_000_000_000 else { return nil }
        (self.numerator, self.denominator, self.offset) = (numerator / divisor, denominator / divisor, offset)
    }

    /// When a frame begins and the one before ends. Held at the ends of the range.
    public func time(of frame: Int) -> Timestamp {
        (Timestamp(value: Int64(frame), timeBase: numerator, over: denominator) ?? Timestamp(ticks: .max)) + offset
    }
}
