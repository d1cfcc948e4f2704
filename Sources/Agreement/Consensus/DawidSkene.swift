#if canImport(Glibc)
    import Glibc
#endif

/// The consensus of annotators with a confusion matrix each, by expectation-maximisation.
///
///     M   prior_k = mean of posterior_ik      confusion_rkl = Σ_i posterior_ik n_irl / Σ_i,l posterior_ik n_irl
///     E   posterior_ik ∝ prior_k Π_r,l confusion_rkl ^ n_irl
///
/// It starts from the shares of the labels, M step first, and stops when no posterior moves by more than `tolerance`. No
/// count is added, so the result is a maximum of the likelihood, which may be a local one. A category that an annotator never
/// met has a row of zeros.
///
/// Source: Dawid and Skene 1979 (doi 10.2307/2346806).
public struct DawidSkene: Hashable, Sendable {
    public let consensus: LabelConsensus
    /// The share of each category.
    public let prior: [Double]
    /// For each annotator, what they say (column) of a true category (row), row by row.
    public let confusion: [[Double]]

    /// - Parameter ballots: with one category at least. An item without labels keeps the prior.
    public init(_ ballots: Ballots, tolerance: Double = 1e-13, roundLimit: Int = 10_000) {
        let (items, q) = (ballots.items, ballots.categories)
        var posterior = ballots.shares()
        for item in 0..<items where ballots.votes(of: item).isEmpty {
            for k in 0..<q { posterior[item * q + k] = 1 / Double(q) }
        }
        var (prior, confusion): ([Double], [[Double]]) = ([], [])
        var (logLikelihood, rounds, change) = (-Double.infinity, 0, Double.infinity)
        while rounds < max(1, roundLimit) && change >= tolerance {
            (prior, confusion) = Self.maximise(ballots, posterior)
            let before = posterior
            logLikelihood = Self.expect(ballots, prior, confusion, into: &posterior)
            change = zip(before, posterior).reduce(0) { max($0, abs($1.0 - $1.1)) }
            rounds += 1
        }
        (self.prior, self.confusion) = (prior, confusion)
        consensus = LabelConsensus(
            posterior: posterior, categories: q, logLikelihood: logLikelihood, rounds: rounds, converged: change < tolerance)
    }

    private static func maximise(_ ballots: Ballots, _ posterior: [Double]) -> ([Double], [[Double]]) {
        let q = ballots.categories
        var prior = Array(repeating: 0.0, count: q)
        var confusion = Array(repeating: Array(repeating: 0.0, count: q * q), count: ballots.annotators)
        for item in 0..<ballots.items {
            for k in 0..<q { prior[k] += posterior[item * q + k] }
            for vote in ballots.votes(of: item) {
                for k in 0..<q { confusion[Int(vote.annotator)][k * q + Int(vote.category)] += posterior[item * q + k] }
            }
        }
        for annotator in confusion.indices {
            for k in 0..<q {
                let sum = confusion[annotator][k * q..<(k + 1) * q].reduce(0, +)
                if sum > 0 { for l in k * q..<(k + 1) * q { confusion[annotator][l] /= sum } }
            }
        }
        return (prior.map { $0 / Double(max(1, ballots.items)) }, confusion)
    }

    /// Sets the posteriors and returns the log-likelihood.
    private static func expect(_ ballots: Ballots, _ prior: [Double], _ confusion: [[Double]], into posterior: inout [Double]) -> Double {
        let q = ballots.categories
        let (logPrior, logConfusion) = (prior.map(log), confusion.map { $0.map(log) })
        var (total, scores) = (0.0, Array(repeating: 0.0, count: q))
        for item in 0..<ballots.items {
            for k in 0..<q { scores[k] = logPrior[k] }
            for vote in ballots.votes(of: item) {
                let row = logConfusion[Int(vote.annotator)]
                for k in 0..<q { scores[k] += row[k * q + Int(vote.category)] }
            }
            total += normalise(scores, into: &posterior, at: item * q)
        }
        return total
    }
}

/// Writes the probabilities that belong to log scores, and returns the logarithm of their sum.
func normalise(_ scores: [Double], into posterior: inout [Double], at start: Int) -> Double {
    let most = scores.max() ?? 0
    guard most > -Double.infinity else { return -Double.infinity }
    var sum = 0.0
    for (k, score) in scores.enumerated() {
        posterior[start + k] = exp(score - most)
        sum += posterior[start + k]
    }
    for k in scores.indices { posterior[start + k] /= sum }
    return most + log(sum)
}
