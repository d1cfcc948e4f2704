import Timeline

/// A reference and a hypothesis for one recording, compared.
public struct TurnComparison: Sendable {
    public private(set) var score = TurnScore()
    /// In the order in which the reference names them.
    public private(set) var speakers: [SpeakerScore] = []
    /// For each speaker of the reference the hypothesis' name, by place.
    let mapping: [Int?]

    /// - Parameter uem: the stretches that are scored, in any order; nil for the extent that the convention says.
    public init(_ reference: SpeakerTurns, _ hypothesis: SpeakerTurns, uem: [Segment]? = nil, _ scoring: TurnScoring = TurnScoring()) {
        let convention = scoring.convention
        let (reference, hypothesis) = (reference.longer(than: convention.shortest - 1), hypothesis.longer(than: convention.shortest - 1))
        let scored = Self.region(reference, hypothesis, uem, convention)
        let kept = Self.excluding(scoring, reference, from: scored)
        let sweep = TurnSweep(reference, hypothesis)
        let shared = SharedTime(sweep, in: kept, reference, hypothesis, convention)
        if convention == .pyannote {
            mapping = FloatMapping(reference, hypothesis, uem, scoring).mapping
        } else if kept == scored {
            mapping = shared.bestMapping
        } else {
            mapping = SharedTime(sweep, in: scored, reference, hypothesis, convention).bestMapping
        }
        measure(sweep, kept, reference, hypothesis, convention)
        measureSpeakers(shared, reference, hypothesis)
        guard !scoring.isBrief else { return }
        // Purity and coverage are of all turns, as pyannote.metrics has them.
        let all = uem == nil && kept == scored ? shared : SharedTime(sweep, in: .everything, reference, hypothesis, convention)
        (score.purity, score.coverage) = (all.purity, all.coverage)
        (score.homogeneity, score.completeness) = (shared.homogeneity, shared.completeness)
        score.segmentation = SegmentationScore(reference, hypothesis, shortest: convention.shortest)
        score.utterances = UtteranceScore(reference, hypothesis, mapping)
    }

    private static func region(_ reference: SpeakerTurns, _ hypothesis: SpeakerTurns, _ uem: [Segment]?, _ convention: TurnConvention) -> TimeRegion {
        if let uem { return TimeRegion(uem.map { $0.start.ticks..<$0.end.ticks }) }
        let extents = [reference.extent, convention.isExtentOfReference ? nil : hypothesis.extent].compactMap { $0 }
        guard let first = extents.map(\.lowerBound).min(), let last = extents.map(\.upperBound).max() else { return TimeRegion([]) }
        return TimeRegion([first..<last])
    }

    /// The region without collars and overlap.
    private static func excluding(_ scoring: TurnScoring, _ reference: SpeakerTurns, from region: TimeRegion) -> TimeRegion {
        guard scoring.collar.ticks > 0 || scoring.skipsOverlap else { return region }
        var left: [Range<Int64>] = []
        let reference = scoring.convention.mergesBeforeExclusion ? reference.withoutOwnOverlap : reference
        if scoring.collar.ticks > 0 {
            for time in reference.starts + reference.ends { left.append(time.lessening(scoring.collar.ticks)..<time.raising(scoring.collar.ticks)) }
        }
        if scoring.skipsOverlap { left += reference.overlaps }
        return region.subtracting(TimeRegion(left))
    }

    private mutating func measure(_ sweep: TurnSweep, _ region: TimeRegion, _ reference: SpeakerTurns, _ hypothesis: SpeakerTurns, _ convention: TurnConvention) {
        var (times, detection) = (TurnScore.Times(), TurnScore.Times())
        sweep.forEachStretch(in: region, shortest: convention.shortest, mergesOwn: convention.mergesOwnOverlap) { ticks, said, found in
            var matched: Int32 = 0
            for speaker in said.active {
                if let name = mapping[speaker] { matched += min(said.count(speaker), found.count(name)) }
            }
            let (own, other) = (said.speaking, found.speaking)
            times.total += ticks * Int64(own)
            times.correct += ticks * Int64(matched)
            times.confusion += ticks * Int64(min(own, other) - matched)
            times.missed += ticks * Int64(max(0, own - other))
            times.falseAlarm += ticks * Int64(max(0, other - own))
            if own > 0 { detection.total += ticks }
            if own > 0, other > 0 { detection.correct += ticks }
            if own > 0, other == 0 { detection.missed += ticks }
            if own == 0, other > 0 { detection.falseAlarm += ticks }
        }
        (score.times, score.detection) = (times, detection)
    }

    private mutating func measureSpeakers(_ shared: SharedTime, _ reference: SpeakerTurns, _ hypothesis: SpeakerTurns) {
        for speaker in reference.speakers.indices where shared.own[speaker] > 0 {
            let name = mapping[speaker]
            let both = name.map { shared.both(speaker, $0) } ?? 0
            let other = name.map { shared.names[$0] } ?? 0
            let union = shared.own[speaker] + other - both
            let rate = name == nil ? 1 : Double(union - both) / Double(union)
            speakers.append(
                SpeakerScore(
                    speaker: reference.speakers[speaker], mapped: name.map { hypothesis.speakers[$0] }, total: shared.own[speaker], correct: both,
                    falseAlarm: other - both, jaccardErrorRate: rate))
            score.jaccard.sum += rate
            score.jaccard.speakers += 1
        }
    }
}

/// How long who speaks while who else is named.
struct SharedTime {
    /// Ticks of each speaker and of each name, overlap with oneself once.
    private(set) var own, names: [Int64]
    /// Speakers × names: ticks in which both are heard; once, and as often as turns of both are open.
    private var once, often: [Int64]

    init(_ sweep: TurnSweep, in region: TimeRegion, _ reference: SpeakerTurns, _ hypothesis: SpeakerTurns, _ convention: TurnConvention) {
        let (rows, columns) = (reference.speakers.count, hypothesis.speakers.count)
        var (own, names) = ([Int64](repeating: 0, count: rows), [Int64](repeating: 0, count: columns))
        var once = [Int64](repeating: 0, count: rows * columns)
        var often = once
        sweep.forEachStretch(in: region, shortest: 1, mergesOwn: convention.mergesOwnOverlap) { ticks, said, found in
            for speaker in said.active {
                own[speaker] += ticks
                for name in found.active where ticks >= convention.shortest {
                    once[speaker * columns + name] += ticks
                    often[speaker * columns + name] += ticks * Int64(said.count(speaker)) * Int64(found.count(name))
                }
            }
            for name in found.active { names[name] += ticks }
        }
        (self.own, self.names, self.once, self.often) = (own, names, once, often)
    }

    /// For each speaker the name that shares most with him, one to one.
    var bestMapping: [Int?] { Assignment.best(often, rows: own.count, columns: names.count) }

    func both(_ speaker: Int, _ name: Int) -> Int64 { once[speaker * names.count + name] }

    var homogeneity: ClusterEntropy { ClusterEntropy(classes: own.count, clusters: names.count) { seconds($0, $1) } }
    var completeness: ClusterEntropy { ClusterEntropy(classes: names.count, clusters: own.count) { seconds($1, $0) } }

    private func seconds(_ speaker: Int, _ name: Int) -> Double { Double(often[speaker * names.count + name]) / Double(ticksPerSecond) }

    var purity: TurnScore.Share {
        var share = TurnScore.Share()
        for name in names.indices {
            share.whole += names[name]
            share.part += own.indices.map { both($0, name) }.max() ?? 0
        }
        return share
    }

    var coverage: TurnScore.Share {
        var share = TurnScore.Share()
        for speaker in own.indices {
            share.whole += own[speaker]
            share.part += names.indices.map { both(speaker, $0) }.max() ?? 0
        }
        return share
    }
}

extension Int64 {
    fileprivate func lessening(_ other: Int64) -> Int64 { let (value, overflow) = subtractingReportingOverflow(other); return overflow ? .min : value }
    fileprivate func raising(_ other: Int64) -> Int64 { let (value, overflow) = addingReportingOverflow(other); return overflow ? .max : value }
}
