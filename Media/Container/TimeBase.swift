import CFFmpeg
import Timeline

/// The unit of a stream's timestamps: `numerator / denominator` seconds, both above zero.
public struct TimeBase: Hashable, Sendable {
    public let numerator, denominator: Int64

    /// Nil unless both are above zero.
    public init?(numerator: Int64, denominator: Int64) {
        guard numerator > 0, denominator > 0 else { return nil }
        (self.numerator, self.denominator) = (numerator, denominator)
    }

    init?(_ value: AVRational) {
        self.init(numerator: Int64(value.num), denominator: Int64(value.den))
    }

    /// The instant of a timestamp; nil for FFmpeg's "no timestamp" and for what is outside ±100 years.
    func time(of timestamp: Int64) -> Timestamp? {
        guard timestamp != SLATE_NOPTS else { return nil }
        let time = Timestamp(value: timestamp, timeBase: numerator, over: denominator)
        return time?.isRepresentable == true ? time : nil
    }

    /// The length of so many units; nil for none stated and for what is out of range.
    func length(of units: Int64) -> TimeDelta? {
        guard units > 0, let time = time(of: units) else { return nil }
        return time - .zero
    }
}
