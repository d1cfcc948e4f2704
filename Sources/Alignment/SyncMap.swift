import Timeline

/// How subtitle time maps to media time: one straight piece for each run of cues between two cuts.
public struct SyncMap: Hashable, Sendable {
    /// In cue order. Together they cover every cue exactly once.
    public let pieces: [SyncPiece]

    public init(pieces: [SyncPiece]) { self.pieces = pieces }

    /// The map that leaves every time as it is.
    public static func identity(cueCount: Int) -> SyncMap {
        SyncMap(pieces: [SyncPiece(cues: 0..<cueCount, rate: .one, offset: .zero)])
    }

    /// The segment of each cue on the media's clock; nil where it would end before the media starts or is empty.
    public func apply(to cues: [Segment]) -> [Segment?] {
        pieces.flatMap { piece in
            piece.cues.map { index in
                Segment(start: max(.zero, piece.apply(to: cues[index].start)), end: piece.apply(to: cues[index].end))
            }
        }
    }
}

/// A run of neighbouring cues that share one clock: `media = subtitle · rate + offset`.
public struct SyncPiece: Hashable, Sendable {
    /// Indices of the cues, in the order of the subtitle file's start times.
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
