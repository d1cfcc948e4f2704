import Timeline

/// Confidence intervals by drawing recordings with replacement. Items of one recording resemble each other, so the recording is
/// what was sampled and what is drawn again; an interval over items would be too narrow.
///
///     let bootstrap = RecordingBootstrap(recordings: tables.count, seed: 1)
///     bootstrap.interval { times in
///         var sum = RatingSummary(categories: q)
///         for (table, n) in zip(tables, times) where n > 0 { sum.add(table, times: n) }
///         return sum.alpha(.nominal)
///     }
///
/// The same seed gives the same draws everywhere.
public struct RecordingBootstrap: Hashable, Sendable {
    public let recordings, replicates: Int
    public let seed: UInt64
    public let confidence: Double

    public init(recordings: Int, replicates: Int = 1000, seed: UInt64 = 0, confidence: Double = 0.95) {
        precondition(replicates > 0 && confidence > 0 && confidence < 1)
        (self.recordings, self.replicates, self.seed, self.confidence) = (recordings, replicates, seed, confidence)
    }

    /// The interval of a figure, with the correction for bias and acceleration (BCa), or the plain percentiles where that
    /// correction does not exist.
    ///
    /// Source: Efron 1987 (doi 10.1080/01621459.1987.10478410), acceleration by leaving out one recording.
    ///
    /// - Parameter figure: computes the figure from how often each recording was drawn.
    /// - Returns: the interval, or why there is none: ``Undefined/tooFewItems`` for fewer than two recordings, the reason of
    ///   the figure itself, or ``Undefined/tooFewDefinedSamples`` when it is undefined for half of the draws or more.
    public func interval(_ figure: (_ times: [Int]) -> Figure) -> Result<ConfidenceInterval, Undefined> {
        guard recordings > 1 else { return .failure(.tooFewItems) }
        let whole = figure(Array(repeating: 1, count: recordings))
        guard case .value(let estimate) = whole else { return .failure(whole.undefined!) }
        let draws = draws(figure)
        guard 2 * draws.count > replicates else { return .failure(.tooFewDefinedSamples) }
        let tails = correctedTails(estimate, draws, figure)
        return .success(ConfidenceInterval(lower: Self.quantile(draws, tails.lower), upper: Self.quantile(draws, tails.upper)))
    }

    /// The defined figures of all draws, ascending.
    private func draws(_ figure: ([Int]) -> Figure) -> [Double] {
        var random = SplitMix64(seed: seed)
        var values: [Double] = []
        for _ in 0..<replicates {
            var times = Array(repeating: 0, count: recordings)
            for _ in 0..<recordings { times[random.below(recordings)] += 1 }
            if let value = figure(times).value { values.append(value) }
        }
        return values.sorted()
    }

    private func correctedTails(_ estimate: Double, _ draws: [Double], _ figure: ([Int]) -> Figure) -> (lower: Double, upper: Double) {
        let tail = (1 - confidence) / 2
        let below = (Double(draws.count { $0 < estimate }) + Double(draws.count { $0 <= estimate })) / 2 / Double(draws.count)
        guard below > 0, below < 1, let acceleration = acceleration(figure) else { return (tail, 1 - tail) }
        let bias = normalQuantile(below)
        func corrected(_ tail: Double) -> Double {
            let z = bias + normalQuantile(tail)
            return 1 - normalTail(bias + z / (1 - acceleration * z))
        }
        return (corrected(tail), corrected(1 - tail))
    }

    /// Nil when leaving out a recording makes the figure undefined, or changes nothing. Beyond 200 recordings, groups of
    /// neighbours are left out together.
    private func acceleration(_ figure: ([Int]) -> Figure) -> Double? {
        let groups = min(recordings, 200)
        var values: [Double] = []
        for group in 0..<groups {
            var times = Array(repeating: 1, count: recordings)
            for recording in group * recordings / groups..<(group + 1) * recordings / groups { times[recording] = 0 }
            guard let value = figure(times).value else { return nil }
            values.append(value)
        }
        let mean = values.reduce(0, +) / Double(values.count)
        let squares = values.reduce(0) { $0 + square(mean - $1) }
        guard squares > 0 else { return nil }
        return values.reduce(0) { $0 + square(mean - $1) * (mean - $1) } / (6 * squares * squares.squareRoot())
    }

    /// Between neighbours in proportion.
    private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
        let place = max(0, min(1, share)) * Double(sorted.count - 1)
        let low = Int(place)
        let high = min(low + 1, sorted.count - 1)
        return sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low])
    }
}
