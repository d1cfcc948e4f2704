import Timeline

/// A stretch in which one speaker speaks. Stretches of different speakers may overlap.
public struct FoundTurn: Hashable, Sendable {
    public var segment: Segment
    /// Speakers are counted from 0 in the order in which they begin to speak.
    public var speaker: Int
    /// 0...1.
    public var confidence: Float

    public init(segment: Segment, speaker: Int, confidence: Float) {
        (self.segment, self.speaker, self.confidence) = (segment, speaker, confidence)
    }
}

/// Decides who speaks: clusters the vectors of a recording, refines that by a hidden Markov model, and names a second speaker
/// where two are heard.
public struct SpeakerAssignment: Hashable, Sendable {
    public var clustering = SpeakerClustering()
    public var model = VariationalHMM()
    /// The least and the greatest number of speakers.
    public var speakers: ClosedRange<Int> = 1...40
    /// Where the likelihood of two speakers reaches this, the second one is named; nil for one speaker at a time.
    public var overlapOnset: Float? = 0.9
    /// Frames of 20 ms on either side of a change of speakers in which it is looked for.
    public var changeRadius = 40
    /// Windows of fewer frames form no cluster.
    public var leastFrames = 30

    public init() {}

    /// Turns in the order of their starts.
    public func turns(of track: EmbeddingTrack) -> [FoundTurn] {
        guard track.vectors.count > 0 else { return [] }
        return TurnBuilder(track: track, posteriors: posteriors(of: track), onset: overlapOnset, changeRadius: changeRadius).turns()
    }

    /// Who speaks in each window: of the model's answers from several clusterings the one of the greatest evidence. When none has
    /// a number of speakers that is allowed, an answer from a clustering with such a number.
    private func posteriors(of track: EmbeddingTrack) -> VariationalHMM.Result {
        let sequence = Sequence(track)
        let weights = track.windows.map { $0.count >= leastFrames ? Float($0.count) / 50 : 0 }
        var clustering = clustering
        clustering.speakers = min(speakers.lowerBound, 40)...40
        if let best = best(of: clustering.labels(of: track.vectors, weights: weights), sequence, model) { return best }
        clustering.speakers = speakers
        let starts = clustering.labels(of: track.vectors, weights: weights)
        var model = model
        for _ in 0..<6 {
            if let best = best(of: starts, sequence, model) { return best }
            model.speakerFactor /= 2
        }
        model.iterations = 0
        return refined(starts[0], sequence, model)
    }

    /// Of the answers with a number of speakers that is allowed, the one of the greatest bound of the evidence; of equals the first.
    private func best(of starts: [[Int]], _ sequence: Sequence, _ model: VariationalHMM) -> VariationalHMM.Result? {
        var best: VariationalHMM.Result?
        for start in starts {
            let result = refined(start, sequence, model)
            guard speakers.contains(result.heardCount), result.bounds.last ?? 0 > best?.bounds.last ?? -.infinity else { continue }
            best = result
        }
        return best
    }

    /// The vectors in the space of the PLDA, and which of them follow a pause.
    private struct Sequence {
        var mapped = Vectors(size: EmbeddingNetwork.trained.plda.between.count)
        var begins: [Bool]

        init(_ track: EmbeddingTrack) {
            for index in 0..<track.vectors.count { mapped.append(EmbeddingNetwork.trained.plda.mapped(track.vectors[index])) }
            begins = [Bool](repeating: false, count: track.windows.count)
            for stretch in track.stretches { begins[stretch.windows.lowerBound] = true }
        }
    }

    private func refined(_ labels: [Int], _ sequence: Sequence, _ model: VariationalHMM) -> VariationalHMM.Result {
        model.run(sequence.mapped, between: EmbeddingNetwork.trained.plda.between, labels: labels, begins: sequence.begins)
    }

    /// The settings as attributes, for the record.
    public var parameters: [Attribute] {
        [
            Attribute("speakers", "\(speakers.lowerBound)-\(speakers.upperBound)"), Attribute("similarities", clustering.similarities.map { "\($0)" }.joined(separator: " ")),
            Attribute("acoustic-factor", "\(model.acousticFactor)"), Attribute("speaker-factor", "\(model.speakerFactor)"),
            Attribute("overlap", overlapOnset.map { "\($0)" } ?? "no"),
        ]
    }
}
