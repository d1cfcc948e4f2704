import Timeline

/// Puts the cues of a subtitle file on the speech of a medium.
///
/// It looks at samples of a long medium first and closer where they leave doubt: around cuts, and everywhere when the
/// verdict is open. For each clock rate, dynamic programming finds the offset of every cue (``OffsetSearch``); the best
/// rate's offsets become pieces on lines through the speech onsets (``PieceFitter``); the whole is weighed against what
/// cues that cannot belong would reach (``SyncJudge``).
public struct SubtitleAligner: Sendable {
    /// In the order of the story: by their starts, but for steps back where a cut was made.
    public let cues: [AlignableCue]
    public let options: AlignmentOptions

    public init(cues: [AlignableCue], options: AlignmentOptions = AlignmentOptions()) {
        (self.cues, self.options) = (cues, options)
    }

    private static let rounds = 12

    /// Places the cues, decoding as little of the medium as the evidence allows.
    ///
    /// - Throws: what the source throws.
    public func align(with source: some EvidenceSource) throws -> SyncResult {
        let plan = SamplingPlan(frameCount: source.frameCount)
        var track = EvidenceTrack(frameCount: source.frameCount)
        var next = options.isThorough ? plan.whole() : plan.first()
        var outcome = Outcome.nothing
        var asked: [Range<Int>] = []
        for _ in 0..<Self.rounds where !next.isEmpty {
            for range in next { track.observe(try source.evidence(of: range), from: range.lowerBound) }
            outcome = weigh(track)
            // Sound may end before the stated length: what was asked for once gives nothing new.
            asked += next
            next = furtherLooks(outcome, plan, track).filter { range in
                !asked.contains { $0.clamped(to: range) == range }
            }
        }
        return result(outcome, track)
    }

    /// Where more evidence is wanted; empty when the outcome stands.
    private func furtherLooks(_ outcome: Outcome, _ plan: SamplingPlan, _ track: EvidenceTrack) -> [Range<Int>] {
        guard let placing = outcome.placing, let judge = outcome.judge else { return plan.denser(than: track) }
        if !judge.isClear { return plan.denser(than: track) }
        if judge.isForeign { return [] }
        if placing.isSnapped { return track.unobserved(in: 0..<track.frameCount) }
        let closer = placing.cutZones.flatMap { plan.closer(in: $0, track) }
        return closer.isEmpty ? placing.doubtful(on: track).flatMap { plan.around($0, track) } : closer
    }

    /// What one look at the evidence gave.
    private struct Outcome {
        let placing: Placing?
        let fit: Fit?
        let judge: SyncJudge?

        static let nothing = Outcome(placing: nil, fit: nil, judge: nil)
    }

    private func weigh(_ track: EvidenceTrack) -> Outcome {
        guard let placing = placing(on: track) else { return .nothing }
        let fit = Fit(cues: placing.cues, shifts: placing.shifts, track: track)
        let decoys = Decoys.make(from: placing.cues, count: SyncJudge.decoyCount).map {
            OffsetSearch.score($0, on: track, options)
        }
        let judge = SyncJudge(
            fit: fit, score: placing.score, decoyScores: decoys,
            cutsPerCue: Double(placing.pieces.count - 1) / Double(cues.count))
        return Outcome(placing: placing, fit: fit, judge: judge)
    }

    private func placing(on track: EvidenceTrack) -> Placing? {
        let candidates = options.rates.map { rate -> (rate: ClockRate, cues: [PlacedCue], score: Float) in
            let placed = cues.map { PlacedCue($0, rate: rate) }
            return (rate, placed, OffsetSearch.score(placed, on: track, options))
        }
        let best = candidates.max { weighed($0.rate, $0.score) < weighed($1.rate, $1.score) }
        guard let best, !best.cues.isEmpty else { return nil }
        let fitter = PieceFitter(cues: best.cues, track: track)
        let pieces = fitter.pieces(offsets: OffsetSearch.offsets(best.cues, on: track, options))
        let jitter = StartJitter(curves: fitter.curves(pieces))
        let timing = jitter.timing()
        let spread = snapSpread(timing)
        return Placing(
            rate: best.rate, cues: best.cues, score: best.score, pieces: pieces, isSnapped: spread != nil,
            strays: spread.map(jitter.strays) ?? best.cues.map { _ in 0 }, timing: timing)
    }

    /// A changed clock must do better than none: on short files the rates are alike.
    private func weighed(_ rate: ClockRate, _ score: Float) -> Float { rate == .one && score > 0 ? score * 1.02 : score }

    /// Spread of the strays that the cues are to be rid of; nil to leave them.
    private func snapSpread(_ timing: StartJitter.Timing) -> Double? {
        switch (options.snapping, timing) {
        case (.never, _), (.auto, .careful), (.auto, .unrelated): nil
        case (_, .sloppy(let spread)): spread
        case (.always, _): StartJitter.usualSpread
        }
    }

    private func result(_ outcome: Outcome, _ track: EvidenceTrack) -> SyncResult {
        let decoded = TimeDelta(units: Int64(track.observedFrameCount), perSecond: Int64(EvidenceTrack.framesPerSecond))
        guard let placing = outcome.placing, let fit = outcome.fit, let judge = outcome.judge else {
            let evidence = SyncEvidence(correlation: 0, decoyShare: 1, support: 0, edgeAgreement: 0, decoded: decoded)
            return SyncResult(verdict: .foreign, confidence: 0, map: .identity(cueCount: cues.count), evidence: evidence)
        }
        let evidence = SyncEvidence(
            correlation: fit.correlation, decoyShare: judge.decoyShare, support: fit.support,
            edgeAgreement: fit.edgeAgreement, decoded: decoded)
        let verdict = judge.verdict(isInSync: placing.isInSync(cues, lead: options.lead))
        return SyncResult(
            verdict: verdict, confidence: judge.confidence, map: placing.map(lead: options.lead), evidence: evidence)
    }
}
