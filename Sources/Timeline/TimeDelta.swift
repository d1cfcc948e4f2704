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

extension TimeDelta {
    /// As many times as long. Held at the ends of the range.
    @inlinable public static func * (a: TimeDelta, count: Int) -> TimeDelta {
        let (ticks, overflow) = a.ticks.multipliedReportingOverflow(by: Int64(count))
        return overflow ? TimeDelta(ticks: (a.ticks < 0) == (count < 0) ? .max : .min) : TimeDelta(ticks: ticks)
    }
}
