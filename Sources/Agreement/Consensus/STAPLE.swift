/// STAPLE: what was probably there, and how reliable each annotator is, by expectation-maximisation.
///
///     E   W = f Π_j p_j^{D_j} (1 − p_j)^{1 − D_j} / (that + (1 − f) Π_j q_j^{1 − D_j} (1 − q_j)^{D_j})
///     M   p_j = Σ W D_j / Σ W      q_j = Σ (1 − W)(1 − D_j) / Σ (1 − W)
///
/// with D_j what annotator j marked, sums over time, and the prior f the mean of all marks. It starts from p = q = 0.99999 and
/// stops when no p, q or W moves by more than `tolerance`.
///
/// Source: Warfield, Zou, Wells 2004 (doi 10.1109/TMI.2004.828354).
public struct STAPLE: Hashable, Sendable {
    /// Of what was there, the share that each annotator marked. Undefined when nothing was there.
    public let sensitivity: [Figure]
    /// Of what was not there, the share that each annotator left out. Undefined when it was there throughout.
    public let specificity: [Figure]
    /// The probability that it was there, for each piece of the consensus.
    public let probability: [Double]
    /// The stretches with a probability of one half or more.
    public let stretches: [Range<Int64>]
    public let rounds: Int
    public let converged: Bool

    public init(_ segments: SegmentConsensus, tolerance: Double = 1e-14, roundLimit: Int = 100_000) {
        var fit = Fit(segments)
        while fit.rounds < roundLimit && fit.change > tolerance { fit.step() }
        let (there, absent) = (fit.there, fit.absent)
        sensitivity = fit.sensitivity.map { there > 0 ? .value($0) : .undefined(.noUnits) }
        specificity = fit.specificity.map { absent > 0 ? .value($0) : .undefined(.oneCategory) }
        let probability = fit.pattern.map { fit.weights[$0] }
        stretches = segments.stretches { probability[$0] >= 0.5 }
        (self.probability, rounds, converged) = (probability, fit.rounds, fit.change <= tolerance)
    }

    /// Time summed over equal patterns of marks, of which there are few.
    private struct Fit {
        var patterns: [(marks: [Bool], time: Double)] = []
        /// The pattern of each piece.
        var pattern: [Int] = []
        var sensitivity, specificity: [Double]
        var weights: [Double] = []
        var (there, absent) = (0.0, 0.0)
        var (rounds, change) = (0, Double.infinity)
        let prior: Double

        init(_ segments: SegmentConsensus) {
            var known: [[Bool]: Int] = [:]
            var (marked, total) = (0.0, 0.0)
            for piece in segments.pieces {
                let time = Double(piece.end - piece.start)
                let index = known[piece.marks] ?? patterns.count
                if index == patterns.count { patterns.append((piece.marks, 0)); known[piece.marks] = index }
                patterns[index].time += time
                pattern.append(index)
                marked += time * Double(piece.marks.count { $0 })
                total += time
            }
            prior = total == 0 || segments.annotators == 0 ? 0 : marked / (total * Double(segments.annotators))
            sensitivity = Array(repeating: 0.99999, count: segments.annotators)
            specificity = sensitivity
            weights = Array(repeating: 0, count: patterns.count)
        }

        mutating func step() {
            let before = (sensitivity, specificity, weights)
            for (index, pattern) in patterns.enumerated() {
                var (a, b) = (prior, 1 - prior)
                for (annotator, mark) in pattern.marks.enumerated() {
                    a *= mark ? sensitivity[annotator] : 1 - sensitivity[annotator]
                    b *= mark ? 1 - specificity[annotator] : specificity[annotator]
                }
                weights[index] = a + b > 0 ? a / (a + b) : 0
            }
            (there, absent) = (0, 0)
            var (hits, rejections) = (sensitivity.map { _ in 0.0 }, sensitivity.map { _ in 0.0 })
            for (pattern, weight) in zip(patterns, weights) {
                there += weight * pattern.time
                absent += (1 - weight) * pattern.time
                for (annotator, mark) in pattern.marks.enumerated() {
                    if mark { hits[annotator] += weight * pattern.time } else { rejections[annotator] += (1 - weight) * pattern.time }
                }
            }
            if there > 0 { sensitivity = hits.map { $0 / there } }
            if absent > 0 { specificity = rejections.map { $0 / absent } }
            rounds += 1
            change = zip(before.0 + before.1 + before.2, sensitivity + specificity + weights).reduce(0) { max($0, abs($1.0 - $1.1)) }
        }
    }
}
