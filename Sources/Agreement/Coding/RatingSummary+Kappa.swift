/// Agreement of any number of annotators who are interchangeable. Notation: item u has m_u ratings, n_uk of category k.
/// The observed agreement A_o is the mean over items with m_u ≥ 2 of Σ_k n_uk (n_uk − 1) / (m_u (m_u − 1)), and the share of
/// a category is the mean over rated items of n_uk / m_u, as Gwet treats missing ratings.
extension RatingSummary {
    /// A_o with weights for near misses; 0 to 1. Undefined when no item has two ratings.
    public func observedAgreement(_ weights: AgreementWeights = .identity) -> Figure {
        let items = pairedItems
        guard items > 0 else { return .undefined(.noItemRatedTwice) }
        var sum = 0.0
        for (ratings, level) in filled where ratings > 1 {
            var agreeing = 0.0
            level.pairs.forEach { agreeing += weights.weight($0, $1) * Double($2) }
            sum += 2 * agreeing / (Double(ratings) * Double(ratings - 1))
        }
        return .value(sum / Double(items))
    }

    /// Fleiss' kappa: A_e = Σ share_k², or Σ w_kl share_k share_l with weights. At most 1.
    ///
    /// Source: Fleiss 1971 (doi 10.1037/h0031619); with missing ratings and weights as in Gwet's *Handbook*, ch. 2 and 3.
    /// Undefined when no item has two ratings and when every rating names the same category.
    public func fleissKappa(_ weights: AgreementWeights = .identity) -> Figure {
        guard case .value(let observed) = observedAgreement(weights) else { return observedAgreement(weights) }
        let shares = self.shares
        guard shares.count(where: { $0 > 0 }) > 1 else { return .undefined(.oneCategory) }
        var chance = 0.0
        for (a, p) in shares.enumerated() where p > 0 {
            if weights == .identity { chance += p * p; continue }
            for (b, q) in shares.enumerated() where q > 0 { chance += weights.weight(a, b) * p * q }
        }
        return .corrected(observed, chance: chance)
    }

    /// Fleiss' kappa of one category: 1 − Σ_u n_uk (m − n_uk) / (N m (m − 1) p_k (1 − p_k)).
    ///
    /// Source: Fleiss 1971, equation 17. Undefined when items differ in their number of ratings, and for a category that
    /// nobody or everybody used throughout.
    public func fleissKappa(category: Int) -> Figure {
        let filled = self.filled
        guard let (ratings, level) = filled.first, ratings > 1 else { return .undefined(.noItemRatedTwice) }
        guard filled.count == 1 else { return .undefined(.missingRatings) }
        let (items, m, count) = (Double(level.items), Double(ratings), Double(level.counts[category]))
        // Σ n_uk (m − n_uk) = m Σ n_uk − Σ n_uk², and Σ n_uk² follows from the pairs within the category.
        let squares = 2 * Double(level.pairs[category, category]) + count
        let share = count / (items * m)
        guard share > 0 && level.counts[category] < level.items * ratings else { return .undefined(.oneCategory) }
        return .value(1 - (m * count - squares) / (items * m * (m - 1) * share * (1 - share)))
    }

    /// Randolph's free-marginal kappa, the S of Bennett et al. for any number of annotators: A_e = 1/q with q the categories
    /// of the scale, declared and not observed.
    ///
    /// Source: Randolph 2005 (ERIC ED490661). Undefined when no item has two ratings and for q = 1.
    public var randolphKappa: Figure {
        guard categories > 1 || pairedItems == 0 else { return .undefined(.oneCategory) }
        return observedAgreement().map { (Double(categories) * $0 - 1) / Double(categories - 1) }
    }

    /// Gwet's AC1, or AC2 with weights: A_e = T_w / (q (q − 1)) Σ share_k (1 − share_k), with T_w the sum of all weights and q
    /// the categories of the scale.
    ///
    /// Source: Gwet 2008 (doi 10.1348/000711006X126600). Undefined when no item has two ratings and for q = 1.
    public func gwetAC(_ weights: AgreementWeights = .identity) -> Figure {
        guard case .value(let observed) = observedAgreement(weights) else { return observedAgreement(weights) }
        guard categories > 1 else { return .undefined(.oneCategory) }
        let q = Double(categories)
        let sum = weights == .identity ? q : weights.matrix(categories: categories).reduce(0, +)
        return .corrected(observed, chance: sum / (q * (q - 1)) * shares.reduce(0) { $0 + $1 * (1 - $1) })
    }

    /// The mean share of each category over the items with ratings.
    var shares: [Double] {
        var shares = Array(repeating: 0.0, count: categories)
        for (ratings, level) in filled {
            for category in 0..<categories { shares[category] += Double(level.counts[category]) / Double(ratings) }
        }
        let items = Double(ratedItems)
        return items == 0 ? shares : shares.map { $0 / items }
    }
}
