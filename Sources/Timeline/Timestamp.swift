/// An instant of media time: whole ticks since the start of the media, ``ticksPerSecond`` to the second.
///
///     Timestamp.milliseconds(1500) + .milliseconds(250) == .milliseconds(1750)
///
/// Media time is the presentation time minus the start that the container declares. It may be negative.
/// Sums that leave the range stay at its end; readers refuse such times at the edge (``Timestamp/isRepresentable``).
public struct Timestamp: Hashable, Comparable, Sendable {
    public let ticks: Int64

    @inlinable public init(ticks: Int64) { self.ticks = ticks }

    /// The start of the media.
    public static let zero = Timestamp(ticks: 0)

    @inlinable public static func < (a: Timestamp, b: Timestamp) -> Bool { a.ticks < b.ticks }

    @inlinable public static func + (a: Timestamp, b: TimeDelta) -> Timestamp {
        Timestamp(ticks: a.ticks.addingSaturated(b.ticks))
    }

    @inlinable public static func - (a: Timestamp, b: TimeDelta) -> Timestamp {
        Timestamp(ticks: a.ticks.subtractingSaturated(b.ticks))
    }

    @inlinable public static func - (a: Timestamp, b: Timestamp) -> TimeDelta {
        TimeDelta(ticks: a.ticks.subtractingSaturated(b.ticks))
    }
}
