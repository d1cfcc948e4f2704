/// Agreement of any number of annotators who are told apart. These measures need every item rated by everyone.
extension RatingTable {
    /// Conger's kappa, also Hubert's: A_o as for Fleiss, A_e the mean over pairs of annotators of Σ_k p_ak p_bk. At most 1.
    ///
    /// Source: Conger 1980 (doi 10.1037/0033-2909.88.2.322). Undefined when a rating is missing, for fewer than two annotators
    /// or no item, and when every rating names the same category.
    public var congerKappa: Figure {
        if let reason = incompleteness { return .undefined(reason) }
        let n = Double(items)
        let shares = (0..<annotators).map { annotator -> [Double] in
            var counts = Array(repeating: 0.0, count: categories)
            for item in 0..<items { counts[Int(codes[item * annotators + annotator])] += 1 }
            return counts.map { $0 / n }
        }
        guard (0..<categories).allSatisfy({ k in shares.contains { $0[k] < 1 } }) else { return .undefined(.oneCategory) }
        // Σ over pairs of p_a p_b = ((Σ p)² − Σ p²) / 2.
        let chance = (0..<categories).reduce(0.0) { sum, k in
            sum + (square(shares.reduce(0) { $0 + $1[k] }) - shares.reduce(0) { $0 + square($1[k]) }) / 2
        }
        return summary.observedAgreement().value.map {
            .corrected($0, chance: chance / Double(annotators * (annotators - 1) / 2))
        } ?? .undefined(.noItemRatedTwice)
    }

    /// Light's kappa: the mean of Cohen's kappa over all pairs of annotators.
    ///
    /// Source: Light 1971 (doi 10.1037/h0031643). Undefined when a rating is missing, for fewer than two annotators or no item,
    /// and when the kappa of a pair is.
    public var lightKappa: Figure {
        if let reason = incompleteness { return .undefined(reason) }
        var sum = 0.0
        for first in 0..<annotators {
            for second in 0..<first {
                guard case .value(let kappa) = contingency(second, first).cohenKappa else { return .undefined(.oneCategory) }
                sum += kappa
            }
        }
        return .value(sum / Double(annotators * (annotators - 1) / 2))
    }

    /// Kendall's coefficient of concordance W with the correction for ties, from the ranks that each annotator gives the items:
    /// W = 12 Σ_i (R_i − R̄)² / (m² (n³ − n) − m Σ_a T_a), T_a = Σ (t³ − t) over the ties of an annotator. 0 to 1.
    ///
    /// Source: Kendall and Babington Smith 1939 (doi 10.1214/aoms/1177732186); Siegel, *Nonparametric Statistics* 1956,
    /// p. 234. Undefined when a rating is missing, for fewer than two annotators or two items, and when no annotator tells any two
    /// items apart.
    public var kendallW: Figure {
        if let reason = incompleteness { return .undefined(reason) }
        guard items > 1 else { return .undefined(.tooFewItems) }
        var (rankSums, ties) = (Array(repeating: 0.0, count: items), 0.0)
        for annotator in 0..<annotators {
            var counts = Array(repeating: 0, count: categories)
            for item in 0..<items { counts[Int(codes[item * annotators + annotator])] += 1 }
            var below = 0
            let ranks = counts.map { count -> Double in
                defer { below += count }
                return Double(below) + Double(count + 1) / 2
            }
            for item in 0..<items { rankSums[item] += ranks[Int(codes[item * annotators + annotator])] }
            ties += counts.reduce(0.0) { $0 + Double($1) * (square(Double($1)) - 1) }
        }
        let (m, n) = (Double(annotators), Double(items))
        let mean = m * (n + 1) / 2
        let spread = rankSums.reduce(0) { $0 + square($1 - mean) }
        return .quotient(12 * spread, m * m * n * (n * n - 1) - m * ties, else: .noVariance)
    }

    /// Why measures of complete tables do not exist here.
    private var incompleteness: Undefined? {
        if annotators < 2 { return .tooFewAnnotators }
        if items == 0 { return .noRatings }
        return codes.contains { $0 < 0 } ? .missingRatings : nil
    }
}
