/// A length of time, or the distance from one instant to another: whole ticks, ``ticksPerSecond`` to the second.
public struct TimeDelta: Hashable, Comparable, Sendable {
    public let ticks: Int64

    @inlinable public init(ticks: Int64) { self.ticks = ticks }

    public static let zero = TimeDelta(ticks: 0)

    @inlinable public static func < (a: TimeDelta, b: TimeDelta) -> Bool { a.ticks < b.ticks }

    @inlinable public static func + (a: TimeDelta, b: TimeDelta) -> TimeDelta {
        TimeDelta(ticks: a.ticks.addingSaturated(b.ticks))
    }

    @inlinable public static func - (a: TimeDelta, b: TimeDelta) -> TimeDelta {
        TimeDelta(ticks: a.ticks.subtractingSaturated(b.ticks))
    }

    @inlinable public static prefix func - (a: TimeDelta) -> TimeDelta { .zero - a }
}
