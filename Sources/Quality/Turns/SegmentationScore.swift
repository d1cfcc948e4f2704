import Timeline

/// How well a hypothesis divides time, whoever speaks (Bredin 2017, "pyannote.metrics", section 2.2).
public struct SegmentationScore: Hashable, Sendable {
    /// Time of each segment's greatest share of one segment of the other side: of the hypothesis' segments, and of the reference's.
    public internal(set) var purity = TurnScore.Share(), coverage = TurnScore.Share()
    /// Boundaries of the hypothesis that lie within the tolerance of one of the reference, and the other way round; one to one, nearest first.
    public internal(set) var precision = Matches(), recall = Matches()

    public struct Matches: Hashable, Sendable {
        public internal(set) var matched = 0, boundaries = 0
        public init() {}
        /// 1 of no boundaries, as pyannote.metrics has it.
        public var value: Double { boundaries > 0 ? Double(matched) / Double(boundaries) : 1 }
    }

    /// The harmonic mean of precision and recall of the boundaries.
    public var f1: Double {
        let (one, other) = (precision.value, recall.value)
        return one + other > 0 ? 2 * one * other / (one + other) : 0
    }

    /// Pauses of a speaker shorter than this are filled before time is divided; boundaries match within it.
    public static let tolerance = TimeDelta.milliseconds(500)

    public init() {}

    init(_ reference: SpeakerTurns, _ hypothesis: SpeakerTurns, shortest: Int64) {
        let filled = reference.regions.flatMap { $0.fillingGaps(shorterThan: Self.tolerance.ticks).stretches }
        let covered = TimeRegion(filled)
        let ours = Self.partition(filled, covered, shortest)
        let theirs = Self.partition((0..<hypothesis.count).map { hypothesis.starts[$0]..<hypothesis.ends[$0] }, covered, shortest)
        coverage = Self.greatestShares(of: ours, among: theirs)
        purity = Self.greatestShares(of: theirs, among: ours)
        let (said, found) = (Self.boundaries(reference), Self.boundaries(hypothesis))
        precision = Self.matches(said, found)
        recall = Self.matches(found, said)
    }

    /// What lies between neighbouring boundaries, inside a region.
    private static func partition(_ segments: [Range<Int64>], _ region: TimeRegion, _ shortest: Int64) -> [Range<Int64>] {
        let bounds = Set(segments.flatMap { [$0.lowerBound, $0.upperBound] }).sorted()
        var (pieces, first) = ([Range<Int64>](), 0)
        for (start, end) in zip(bounds, bounds.dropFirst()) {
            while first < region.stretches.count, region.stretches[first].upperBound <= start { first += 1 }
            var index = first
            while index < region.stretches.count, region.stretches[index].lowerBound < end {
                let piece = region.stretches[index].clamped(to: start..<end)
                if piece.upperBound - piece.lowerBound >= shortest { pieces.append(piece) }
                index += 1
            }
        }
        return pieces
    }

    /// Both in order, neither overlapping itself.
    private static func greatestShares(of pieces: [Range<Int64>], among others: [Range<Int64>]) -> TurnScore.Share {
        var (share, first) = (TurnScore.Share(), 0)
        for piece in pieces {
            while first < others.count, others[first].upperBound <= piece.lowerBound { first += 1 }
            var (index, greatest) = (first, Int64(0))
            while index < others.count, others[index].lowerBound < piece.upperBound {
                let both = others[index].clamped(to: piece)
                greatest = max(greatest, both.upperBound - both.lowerBound)
                share.whole += both.upperBound - both.lowerBound
                index += 1
            }
            share.part += greatest
        }
        return share
    }

    /// The ends of all turns but the last, in seconds; turns of the same times count once.
    private static func boundaries(_ turns: SpeakerTurns) -> [Double] {
        let segments = Set((0..<turns.count).map { turns.starts[$0]..<turns.ends[$0] }).sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
        return segments.dropLast().map { Double($0.lowerBound) / Double(ticksPerSecond) + Double($0.upperBound - $0.lowerBound) / Double(ticksPerSecond) }
    }

    /// Of equal distances the pair of the earlier reference, then of the earlier hypothesis counts first. Distances are compared in floating point, as
    /// pyannote.metrics does.
    private static func matches(_ reference: [Double], _ hypothesis: [Double]) -> Matches {
        var matches = Matches()
        matches.boundaries = hypothesis.count
        let (order, tolerance) = (hypothesis.indices.sorted { hypothesis[$0] < hypothesis[$1] }, Double(Self.tolerance.ticks) / Double(ticksPerSecond))
        var pairs: [(distance: Double, one: Int, other: Int)] = []
        for (one, time) in reference.enumerated() {
            var (low, high) = (0, order.count)
            while low < high {
                let middle = (low + high) / 2
                if hypothesis[order[middle]] < time - tolerance - 1e-6 { low = middle + 1 } else { high = middle }
            }
            while low < order.count, hypothesis[order[low]] <= time + tolerance + 1e-6 {
                let distance = abs(time - hypothesis[order[low]])
                if distance <= tolerance { pairs.append((distance, one, order[low])) }
                low += 1
            }
        }
        pairs.sort { ($0.distance, $0.one, $0.other) < ($1.distance, $1.one, $1.other) }
        var (usedOnes, usedOthers) = ([Bool](repeating: false, count: reference.count), [Bool](repeating: false, count: hypothesis.count))
        for pair in pairs where !usedOnes[pair.one] && !usedOthers[pair.other] {
            (usedOnes[pair.one], usedOthers[pair.other]) = (true, true)
            matches.matched += 1
        }
        return matches
    }

    static func += (total: inout Self, score: Self) {
        total.purity += score.purity
        total.coverage += score.coverage
        for path in [\Self.precision, \.recall] {
            total[keyPath: path].matched += score[keyPath: path].matched
            total[keyPath: path].boundaries += score[keyPath: path].boundaries
        }
    }
}

extension TimeRegion {
    /// With the gaps that are shorter than so many ticks filled.
    fileprivate func fillingGaps(shorterThan ticks: Int64) -> TimeRegion {
        var filled: [Range<Int64>] = []
        for stretch in stretches {
            if let last = filled.last, stretch.lowerBound - last.upperBound < ticks {
                filled[filled.count - 1] = last.lowerBound..<stretch.upperBound
            } else {
                filled.append(stretch)
            }
        }
        return TimeRegion(filled)
    }
}
