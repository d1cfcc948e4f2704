import Timeline

/// Makes segments of a posterior: by two thresholds, then by least lengths, then with padding.
///
/// A segment begins where the posterior reaches `onset` and ends where it falls below `offset`.
public struct SpeechSegmenter: Hashable, Sendable {
    /// Posteriors, 0...1, `offset` at most `onset`.
    public var onset: Float, offset: Float
    /// A shorter pause between two segments is filled.
    public var shortestPause: TimeDelta
    /// A shorter segment is dropped, after pauses were filled.
    public var shortestSpeech: TimeDelta
    /// What is added at either end, without crossing a neighbour.
    public var padding: TimeDelta
    /// Whether a pause counts only when the posterior is, or again is, below the offset once it has lasted `shortestPause`, as
    /// `get_speech_timestamps` of silero-vad has it.
    public var pausesAreConfirmed = false

    public init(
        onset: Float = 0.4, offset: Float = 0.2, shortestPause: TimeDelta = .milliseconds(400),
        shortestSpeech: TimeDelta = .milliseconds(100), padding: TimeDelta = .milliseconds(30)
    ) {
        (self.onset, self.offset, self.padding) = (onset, offset, padding)
        (self.shortestPause, self.shortestSpeech) = (shortestPause, shortestSpeech)
    }

    /// A stretch of speech, and the mean posterior in it.
    public struct Found: Hashable, Sendable {
        public var segment: Segment
        public var confidence: Float
    }

    /// Segments in order, apart from each other, within zero and `end`.
    public func segments(of posterior: SpeechPosterior, end: Timestamp) -> [Found] {
        let joined = joined(pausesAreConfirmed ? confirmedRuns(in: posterior) : runs(in: posterior.values), posterior)
            .filter { posterior.hop * ($0.upperBound - $0.lowerBound) >= shortestSpeech }
        var result: [Found] = []
        for (index, run) in joined.enumerated() {
            let before = index == 0 ? Timestamp.zero : result[index - 1].segment.end
            let start = max(before, posterior.time(of: run.lowerBound) - padding)
            let next = index + 1 < joined.count ? posterior.time(of: joined[index + 1].lowerBound) : end
            let stop = min(next, min(end, posterior.time(of: run.upperBound) + padding))
            guard let segment = Segment(start: start, end: stop) else { continue }
            result.append(Found(segment: segment, confidence: mean(posterior.values[run])))
        }
        return result
    }

    private func runs(in values: [Float]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var start: Int?
        for (index, value) in values.enumerated() {
            if let begun = start, value < offset {
                result.append(begun..<index)
                start = nil
            } else if start == nil, value >= onset {
                start = index
            }
        }
        if let start { result.append(start..<values.count) }
        return result
    }

    private func confirmedRuns(in posterior: SpeechPosterior) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var (start, pause) = (Int?.none, Int?.none)
        for (index, value) in posterior.values.enumerated() {
            if value >= onset {
                (start, pause) = (start ?? index, nil)
            } else if value < offset, let begun = start {
                let since = pause ?? index
                pause = since
                guard posterior.hop * (index - since) >= shortestPause else { continue }
                result.append(begun..<since)
                (start, pause) = (nil, nil)
            }
        }
        if let start { result.append(start..<posterior.values.count) }
        return result
    }

    private func joined(_ runs: [Range<Int>], _ posterior: SpeechPosterior) -> [Range<Int>] {
        var result: [Range<Int>] = []
        for run in runs {
            if let last = result.last, posterior.hop * (run.lowerBound - last.upperBound) < shortestPause {
                result[result.count - 1] = last.lowerBound..<run.upperBound
            } else {
                result.append(run)
            }
        }
        return result
    }

    private func mean(_ values: ArraySlice<Float>) -> Float { values.reduce(0, +) / Float(max(1, values.count)) }
}
