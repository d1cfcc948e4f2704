import Timeline

/// What the aligner may do to a subtitle file.
public struct AlignmentOptions: Sendable, Hashable {
    /// Whether cues are moved one by one onto the speech, beyond the common clock.
    public enum Snapping: String, Sendable, CaseIterable {
        /// When the cues of the file stray by 0.125 s or more from a common clock.
        case auto
        case always, never
    }

    /// Largest offset to look for, either way.
    public var maximumOffset: TimeDelta = .seconds(300)
    /// Media seconds per subtitle second to try.
    public var rates: [ClockRate] = ClockRate.film
    /// Whether the file may be cut into pieces with offsets of their own.
    public var allowsCuts = true
    /// Whether to decode the whole medium even when samples of it would do.
    public var isThorough = false
    public var snapping = Snapping.auto
    /// Time by which cues should come before the speech.
    public var lead: TimeDelta = .zero

    public init() {}
}

extension ClockRate {
    /// One, and every rate that comes of showing a film made for 24 000/1001, 24 or 25 frames a second at another of them.
    public static let film: [ClockRate] = {
        let rates: [(Int64, Int64)] = [(24_000, 1001), (24, 1), (25, 1)]
        let changes = rates.flatMap { a in
            rates.compactMap { b in
                a == b ? nil : (a.0 * b.1 * 1_000_000_000).scaled(by: 1, over: a.1 * b.0).map(ClockRate.init(billionths:))
            }
        }
        return [.one] + changes
    }()
}
