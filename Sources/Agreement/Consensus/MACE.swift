import Timeline

#if canImport(Glibc)
    import Glibc
#endif

/// The consensus of annotators who either know or spam: with probability `competence` an annotator gives the true
/// category, otherwise one drawn from a habit of their own that does not depend on the item. True categories are equally probable
/// beforehand. Fitted by expectation-maximisation from several starts; the best likelihood wins.
///
/// Source: Hovy, Berg-Kirkpatrick, Vaswani, Hovy 2013, "Learning whom to trust with MACE" (NAACL, N13-1132), the maximum
/// likelihood fit with the paper's smoothing; starts come from a seeded generator.
public struct MACE: Hashable, Sendable {
    public let consensus: LabelConsensus
    /// For each annotator, the probability of knowing rather than spamming, 0 to 1.
    public let competence: [Double]
    /// For each annotator, what they say when they spam, by category.
    public let habits: [[Double]]

    /// - Parameters:
    ///   - starts: how many fits; the first starts from even odds, the others from random ones.
    ///   - smoothing: added to each count, divided among the categories for habits; 0 for none.
    public init(
        _ ballots: Ballots, starts: Int = 10, smoothing: Double = 0.01, tolerance: Double = 1e-10, roundLimit: Int = 1000, seed: UInt64 = 0
    ) {
        var random = SplitMix64(seed: seed)
        var best: Fit?
        for start in 0..<max(1, starts) {
            var fit = Fit(ballots, competence: (0..<ballots.annotators).map { _ in start == 0 ? 0.5 : random.unit() })
            fit.run(ballots, smoothing, tolerance, roundLimit)
            if fit.logLikelihood > best?.logLikelihood ?? -.infinity { best = fit }
        }
        let fit = best ?? Fit(ballots, competence: Array(repeating: 0.5, count: ballots.annotators))
        (competence, habits) = (fit.competence, fit.habits)
        consensus = LabelConsensus(
            posterior: fit.posterior, categories: ballots.categories, logLikelihood: fit.logLikelihood, rounds: fit.rounds,
            converged: fit.converged)
    }

    private struct Fit {
        var competence: [Double]
        var habits: [[Double]]
        var posterior: [Double]
        var logLikelihood = -Double.infinity
        var rounds = 0
        var converged = false

        init(_ ballots: Ballots, competence: [Double]) {
            self.competence = competence
            habits = Array(repeating: Array(repeating: 1 / Double(max(1, ballots.categories)), count: ballots.categories), count: ballots.annotators)
            posterior = Array(repeating: 0, count: ballots.items * ballots.categories)
        }

        mutating func run(_ ballots: Ballots, _ smoothing: Double, _ tolerance: Double, _ limit: Int) {
            while rounds < limit && !converged {
                let before = logLikelihood
                expect(ballots)
                rounds += 1
                converged = abs(logLikelihood - before) <= tolerance * abs(logLikelihood)
                if !converged { maximise(ballots, smoothing) }
            }
        }

        /// The probability of a label given the true category.
        private func probability(_ vote: Ballots.Vote, truth: Int) -> Double {
            let (annotator, category) = (Int(vote.annotator), Int(vote.category))
            return (1 - competence[annotator]) * habits[annotator][category] + (category == truth ? competence[annotator] : 0)
        }

        private mutating func expect(_ ballots: Ballots) {
            let q = ballots.categories
            var (total, scores) = (0.0, Array(repeating: 0.0, count: q))
            for item in 0..<ballots.items {
                for k in 0..<q { scores[k] = -log(Double(q)) }
                for vote in ballots.votes(of: item) { for k in 0..<q { scores[k] += log(probability(vote, truth: k)) } }
                total += normalise(scores, into: &posterior, at: item * q)
            }
            logLikelihood = total
        }

        private mutating func maximise(_ ballots: Ballots, _ smoothing: Double) {
            let q = ballots.categories
            var knows = Array(repeating: smoothing, count: ballots.annotators)
            var spams = Array(repeating: Array(repeating: smoothing / Double(max(1, q)), count: q), count: ballots.annotators)
            for item in 0..<ballots.items {
                for vote in ballots.votes(of: item) {
                    let (annotator, category) = (Int(vote.annotator), Int(vote.category))
                    let sure = probability(vote, truth: category)
                    let known = sure > 0 ? posterior[item * q + category] * competence[annotator] / sure : 0
                    knows[annotator] += known
                    spams[annotator][category] += 1 - known
                }
            }
            for annotator in 0..<ballots.annotators {
                let spam = spams[annotator].reduce(0, +)
                guard knows[annotator] + spam > 0 else { continue }
                competence[annotator] = knows[annotator] / (knows[annotator] + spam)
                if spam > 0 { habits[annotator] = spams[annotator].map { $0 / spam } }
            }
        }
    }
}
