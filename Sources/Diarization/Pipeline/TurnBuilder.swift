import Timeline

/// Makes turns of posteriors of windows.
struct TurnBuilder {
    let track: EmbeddingTrack
    let posteriors: VariationalHMM.Result
    /// Whether two speakers are named, by frame; empty for never.
    private let overlaps: [Bool]

    /// Frames on either side of a change of speakers in which it is looked for, 0 for nowhere.
    var changeRadius = 40
    /// Means of the vectors of each speaker, at length 1.
    private var voices: [[Float]] = []

    /// - Parameter onset: likelihood of two speakers from which on the second is named; nil for never.
    init(track: EmbeddingTrack, posteriors: VariationalHMM.Result, onset: Float?, changeRadius: Int = 40) {
        (self.track, self.posteriors, self.changeRadius) = (track, posteriors, changeRadius)
        overlaps = onset.map { Self.overlaps(in: track, onset: $0) } ?? []
        guard track.vectors.count > 0 else { return }
        let labels = track.windows.indices.map(posteriors.likeliest)
        voices = ClusterSums(track.vectors, weights: track.windows.map { Float($0.count) }, labels: labels).centroids
    }

    /// In the order of their starts, speakers numbered in that order.
    func turns() -> [FoundTurn] {
        var found: [FoundTurn] = []
        for stretch in track.stretches {
            var frames = stretch.frames.map { speakers(at: $0, in: stretch) }
            moveChanges(&frames, in: stretch)
            for rank in 0...1 { found += runs(of: frames.map { rank == 0 ? $0.first : $0.second }, in: stretch) }
        }
        return numbered(joined(found))
    }

    /// Stretches in which two speak: from where the likelihood reaches the onset to where it falls below two thirds of it, without
    /// short ones and short gaps.
    private static func overlaps(in track: EmbeddingTrack, onset: Float) -> [Bool] {
        let posterior = SpeechPosterior(hop: EmbeddingTrack.hop, values: track.overlap.map { Float($0) / 255 })
        let segmenter = SpeechSegmenter(
            onset: onset, offset: onset * 2 / 3, shortestPause: .milliseconds(160), shortestSpeech: .milliseconds(160), padding: .zero)
        var result = [Bool](repeating: false, count: track.overlap.count)
        for found in segmenter.segments(of: posterior, end: posterior.time(of: track.overlap.count)) {
            let frames = Int(found.segment.start.units(perSecond: 50))..<Int(found.segment.end.units(perSecond: 50))
            for frame in frames { result[frame] = true }
        }
        return result
    }

    private struct FrameSpeakers {
        var first: (speaker: Int, confidence: Float)?
        var second: (speaker: Int, confidence: Float)?
    }

    /// Who speaks in a frame, by the window whose middle is nearest.
    private func speakers(at frame: Int, in stretch: EmbeddingTrack.Stretch) -> FrameSpeakers {
        let window = nearestWindow(to: frame, in: stretch)
        let shares = posteriors.posterior(window)
        let first = posteriors.likeliest(in: window)
        var result = FrameSpeakers(first: (first, shares[shares.startIndex + first]))
        guard frame < overlaps.count, overlaps[frame] else { return result }
        if let second = second(than: first, near: window) { result.second = (second, Float(track.overlap[frame]) / 255) }
        return result
    }

    private func nearestWindow(to frame: Int, in stretch: EmbeddingTrack.Stretch) -> Int {
        let windows = stretch.windows
        guard windows.count > 1 else { return windows.lowerBound }
        func middle(_ index: Int) -> Int { track.windows[index].lowerBound + track.windows[index].upperBound }
        let (first, last) = (middle(windows.lowerBound), middle(windows.upperBound - 1))
        var index = windows.lowerBound + max(0, min(windows.count - 1, (2 * frame + 1 - first) * (windows.count - 1) / max(1, last - first)))
        while index + 1 < windows.upperBound, abs(middle(index + 1) - 2 * frame - 1) < abs(middle(index) - 2 * frame - 1) { index += 1 }
        return index
    }

    /// Moves each change of speakers to where the short windows change from sounding like the one to sounding like the other.
    private func moveChanges(_ frames: inout [FrameSpeakers], in stretch: EmbeddingTrack.Stretch) {
        guard changeRadius > 0, !stretch.details.isEmpty else { return }
        let changes = frames.indices.dropFirst().filter { frames[$0].first?.speaker != frames[$0 - 1].first?.speaker }
        for (number, change) in changes.enumerated() {
            guard let before = frames[change - 1].first, let after = frames[change].first else { continue }
            let previous = number > 0 ? changes[number - 1] : 0
            let next = number + 1 < changes.count ? changes[number + 1] : frames.count
            let range = max((previous + change) / 2, change - changeRadius)...min((change + next) / 2, change + changeRadius)
            let place = bestChange(from: before.speaker, to: after.speaker, in: range, stretch)
            for frame in min(place, change)..<max(place, change) { frames[frame].first = place < change ? after : before }
        }
    }

    /// The place in a range, in frames of the stretch, before which the short windows are most like one speaker and behind which
    /// they are most like another.
    private func bestChange(from first: Int, to second: Int, in range: ClosedRange<Int>, _ stretch: EmbeddingTrack.Stretch) -> Int {
        var (sum, best, place) = (Float(0), -Float.infinity, range.lowerBound)
        let difference = zip(voices[first], voices[second]).map { $0 - $1 }
        for frame in range {
            if sum > best { (best, place) = (sum, frame) }
            sum += track.product(detail: nearestDetail(to: stretch.frames.lowerBound + frame, in: stretch), difference)
        }
        return place
    }

    private func nearestDetail(to frame: Int, in stretch: EmbeddingTrack.Stretch) -> Int {
        let details = stretch.details
        func middle(_ index: Int) -> Int { track.details[index].lowerBound + track.details[index].upperBound }
        let (first, last) = (middle(details.lowerBound), middle(details.upperBound - 1))
        guard last > first else { return details.lowerBound }
        let place = Float(2 * frame + 1 - first) / Float(last - first) * Float(details.count - 1)
        return details.lowerBound + max(0, min(details.count - 1, Int(place.rounded())))
    }

    /// Among the speakers of the windows around, the one other than the first with the greatest share, nearer windows counting more.
    private func second(than first: Int, near window: Int) -> Int? {
        var shares = [Float](repeating: 0, count: posteriors.speakerCount)
        for distance in -40...40 {
            let index = window + distance
            guard index >= 0, index < track.windows.count else { continue }
            let weight = 1 / Float(4 + abs(distance))
            for (speaker, share) in posteriors.posterior(index).enumerated() where speaker != first { shares[speaker] += weight * share }
        }
        guard let best = shares.indices.max(by: { (shares[$0], $1) < (shares[$1], $0) }), shares[best] > 0.05 else { return nil }
        return best
    }

    /// Runs of one speaker; the first begins with the stretch, the last ends with it.
    private func runs(of frames: [(speaker: Int, confidence: Float)?], in stretch: EmbeddingTrack.Stretch) -> [FoundTurn] {
        var (result, start): ([FoundTurn], Int) = ([], 0)
        while start < frames.count {
            guard let speaker = frames[start]?.speaker else { start += 1; continue }
            var end = start
            while end < frames.count, frames[end]?.speaker == speaker { end += 1 }
            let mean = frames[start..<end].reduce(Float(0)) { $0 + ($1?.confidence ?? 0) } / Float(end - start)
            let from = start == 0 ? stretch.segment.start : time(stretch.frames.lowerBound + start)
            let to = end == frames.count ? stretch.segment.end : time(stretch.frames.lowerBound + end)
            if let segment = Segment(start: from, end: to) { result.append(FoundTurn(segment: segment, speaker: speaker, confidence: mean)) }
            start = end
        }
        return result
    }

    private func time(_ frame: Int) -> Timestamp { .zero + EmbeddingTrack.hop * frame }

    /// Turns of a speaker that touch or overlap become one.
    private func joined(_ turns: [FoundTurn]) -> [FoundTurn] {
        var (result, open): ([FoundTurn], [Int: Int]) = ([], [:])
        for turn in turns.sorted(by: { ($0.segment.start, $0.speaker) < ($1.segment.start, $1.speaker) }) {
            if let index = open[turn.speaker], result[index].segment.end >= turn.segment.start {
                let (a, b) = (result[index], turn)
                let (left, right) = (a.segment.duration.approximateSeconds, b.segment.duration.approximateSeconds)
                result[index].segment = Segment(start: a.segment.start, end: max(a.segment.end, b.segment.end)) ?? a.segment
                result[index].confidence = Float((Double(a.confidence) * left + Double(b.confidence) * right) / (left + right))
            } else {
                open[turn.speaker] = result.count
                result.append(turn)
            }
        }
        return result
    }

    private func numbered(_ turns: [FoundTurn]) -> [FoundTurn] {
        var numbers: [Int: Int] = [:]
        return turns.map { turn in
            var turn = turn
            let number = numbers[turn.speaker] ?? numbers.count
            numbers[turn.speaker] = number
            turn.speaker = number
            turn.confidence = max(0, min(1, turn.confidence))
            return turn
        }
    }
}
