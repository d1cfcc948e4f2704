/// A half-open stretch of time, `start..<end`. Never empty, never reversed.
public struct Segment: Hashable, Sendable {
    public let start, end: Timestamp

    /// Returns nil unless `start < end`.
    @inlinable public init?(start: Timestamp, end: Timestamp) {
        guard start < end else { return nil }
        (self.start, self.end) = (start, end)
    }

    @inlinable public var duration: TimeDelta { end - start }

    /// The stretch common to both; nil when they only touch or lie apart.
    @inlinable public func intersection(_ other: Segment) -> Segment? {
        Segment(start: max(start, other.start), end: min(end, other.end))
    }

    /// The segment moved by a length. Nil when the move leaves the range and the segment would become empty.
    @inlinable public func shifted(by delta: TimeDelta) -> Segment? { Segment(start: start + delta, end: end + delta) }
}
