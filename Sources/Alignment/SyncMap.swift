import Timeline

/// How subtitle time maps to media time: one straight piece for each run of cues between two cuts.
public struct SyncMap: Hashable, Sendable {
    /// In cue order. Together they cover every cue exactly once.
    public let pieces: [SyncPiece]
    /// What each cue moves beyond its piece, when cues were snapped to the speech one by one; empty otherwise.
    public let strays: [TimeDelta]

    public init(pieces: [SyncPiece], strays: [TimeDelta] = []) { (self.pieces, self.strays) = (pieces, strays) }

    /// The map that leaves every time as it is.
    public static func identity(cueCount: Int) -> SyncMap {
        SyncMap(pieces: [SyncPiece(cues: 0..<cueCount, rate: .one, offset: .zero)])
    }

    /// Media time of an instant inside or beside a cue.
    public func apply(to time: Timestamp, ofCue index: Int) -> Timestamp {
        guard let piece = pieces.first(where: { $0.cues.contains(index) }) else { return time }
        return piece.apply(to: time) + (strays.isEmpty ? .zero : strays[index])
    }

    /// The segment of each cue on the media's clock, in cue order; nil where it would end before the media starts.
    ///
    /// Snapped cues keep clear of each other: a cue ends where the next begins if it did not overlap it before.
    public func apply(to cues: [Segment]) -> [Segment?] {
        let placed = pieces.flatMap { piece in
            piece.cues.map { index -> (start: Timestamp, end: Timestamp) in
                let stray = strays.isEmpty ? .zero : strays[index]
                return (piece.apply(to: cues[index].start) + stray, piece.apply(to: cues[index].end) + stray)
            }
        }
        return placed.indices.map { index in
            var end = placed[index].end
            if !strays.isEmpty, index + 1 < placed.count, cues[index].end <= cues[index + 1].start {
                end = min(end, max(placed[index].start + .milliseconds(100), placed[index + 1].start))
            }
            return Segment(start: max(.zero, placed[index].start), end: end)
        }
    }
}

/// A run of neighbouring cues that share one clock: `media = subtitle · rate + offset`.
public struct SyncPiece: Hashable, Sendable {
    /// Indices of the cues, in the order in which the aligner was given them.
    public let cues: Range<Int>
    public let rate: ClockRate
    public let offset: TimeDelta

    public init(cues: Range<Int>, rate: ClockRate, offset: TimeDelta) {
        (self.cues, self.rate, self.offset) = (cues, rate, offset)
    }

    public func apply(to time: Timestamp) -> Timestamp { rate.apply(to: time) + offset }
}

/// Media seconds per subtitle second, in whole billionths: 1.042 709 376 for subtitles made at 25 and shown at 23.976.
public struct ClockRate: Hashable, Comparable, Sendable {
    public let billionths: Int64

    public init(billionths: Int64) {
        precondition(billionths > 0, "a clock runs forward")
        self.billionths = billionths
    }

    public init(_ rate: Double) { self.init(billionths: Int64((rate * 1e9).rounded())) }

    public static let one = ClockRate(billionths: 1_000_000_000)

    public static func < (a: ClockRate, b: ClockRate) -> Bool { a.billionths < b.billionths }

    public var value: Double { Double(billionths) / 1e9 }

    /// Rounded once to a tick; held at the ends of the range.
    public func apply(to time: Timestamp) -> Timestamp {
        Timestamp(ticks: time.ticks.scaled(by: billionths, over: 1_000_000_000) ?? (time.ticks < 0 ? .min : .max))
    }
}
