/// What an instant and a length share: both count ticks, so both convert to and from other time bases alike.
public protocol TickCount: Sendable {
    var ticks: Int64 { get }
    init(ticks: Int64)
}

extension Timestamp: TickCount {}
extension TimeDelta: TickCount {}

extension TickCount {
    /// Whole seconds. Held at the ends of the range.
    @inlinable public static func seconds(_ count: Int64) -> Self { Self(units: count, perSecond: 1) }

    /// Whole milliseconds. Held at the ends of the range.
    @inlinable public static func milliseconds(_ count: Int64) -> Self { Self(units: count, perSecond: 1000) }

    /// `count` periods of a rate, such as samples of a sound; rounded once when the rate does not divide
    /// ``ticksPerSecond``. Held at the ends of the range.
    @inlinable public init(units count: Int64, perSecond rate: Int64) {
        self.init(ticks: count.scaled(by: ticksPerSecond, over: rate) ?? (count < 0 ? .min : .max))
    }

    /// A timestamp of a stream whose time base is `numerator / denominator` seconds; nil when it does not fit.
    ///
    /// One rounding of less than half a tick (0.8 ns), which ``units(of:over:)`` maps back to the same value.
    @inlinable public init?(value: Int64, timeBase numerator: Int64, over denominator: Int64) {
        let (scale, overflow) = ticksPerSecond.multipliedReportingOverflow(by: numerator)
        guard !overflow, let ticks = value.scaled(by: scale, over: denominator) else { return nil }
        self.init(ticks: ticks)
    }

    /// The nearest whole number of periods of a time base of `numerator / denominator` seconds, halves up.
    @inlinable public func units(of numerator: Int64, over denominator: Int64) -> Int64 {
        let (scale, overflow) = ticksPerSecond.multipliedReportingOverflow(by: numerator)
        guard !overflow, let units = ticks.scaled(by: denominator, over: scale) else { return ticks < 0 ? .min : .max }
        return units
    }

    /// The nearest whole number of periods of a rate, halves up: samples at 16 000, milliseconds at 1000.
    @inlinable public func units(perSecond rate: Int64) -> Int64 { units(of: 1, over: rate) }

    /// The nearest whole millisecond, halves up.
    @inlinable public var milliseconds: Int64 { units(perSecond: 1000) }

    /// Seconds for display and for arithmetic on evidence; never stored and never converted back into a label.
    @inlinable public var approximateSeconds: Double { Double(ticks) / Double(ticksPerSecond) }

    /// The nearest tick to a number of seconds; nil for NaN and for what does not fit.
    @inlinable public init?(approximatingSeconds seconds: Double) {
        guard let ticks = Int64(exactly: (seconds * Double(ticksPerSecond)).rounded()) else { return nil }
        self.init(ticks: ticks)
    }

    /// Whether the time is within ±100 years, the range that readers accept: sums of a few such times cannot overflow.
    @inlinable public var isRepresentable: Bool {
        abs(ticks.addingSaturated(1)) <= 100 * 366 * 86_400 * ticksPerSecond
    }
}
