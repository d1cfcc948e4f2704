/// Agreement of two annotators. Notation: p_ij the share of cell (i, j), r_i and c_j the shares of rows and columns,
/// A_o = Σ p_ii the observed agreement, A_e the agreement expected by chance; a coefficient is (A_o − A_e) / (1 − A_e):
/// 1 is agreement throughout, 0 what chance gives, below 0 less than that.
extension ContingencyTable {
    /// A_o, the share of items with the same category, 0 to 1. Undefined when no item has two ratings.
    public var observedAgreement: Figure {
        .quotient(Double(diagonal), Double(total), else: .noItemRatedTwice)
    }

    /// Cohen's kappa: A_e = Σ r_i c_i. From −1 to 1.
    ///
    /// Source: Cohen 1960 (doi 10.1177/001316446002000104). Undefined when no item has two ratings and when both annotators
    /// used one and the same category throughout. An annotator who used one category alone has kappa 0.
    public var cohenKappa: Figure { coefficient(diagonal: Double(diagonal), chance: cohenChance) }

    /// The largest kappa that the two annotators' category shares permit: Σ min(r_i, c_i) in place of A_o (Cohen 1960, p. 42).
    public var maximumKappa: Figure {
        coefficient(diagonal: Double((0..<categories).reduce(0) { $0 + min(rows[$1], columns[$1]) }), chance: cohenChance)
    }

    /// Cohen's weighted kappa: 1 − Σ v_ij p_ij / Σ v_ij r_i c_j, with v = 1 − weight.
    ///
    /// Source: Cohen 1968 (doi 10.1037/h0026256). Undefined when no item has two ratings and when the denominator is 0: both
    /// annotators used one and the same category throughout.
    public func weightedKappa(_ weights: AgreementWeights) -> Figure {
        guard total > 0 else { return .undefined(.noItemRatedTwice) }
        if hasOneCategory { return .undefined(.oneCategory) }
        var observed = 0.0
        cells.forEach { observed += (1 - weights.weight($0, $1)) * Double($2) }
        let chance = weights.disagreement(rows, columns)
        return Figure.quotient(observed * Double(total), chance, else: .chanceIsCertain).map { 1 - $0 }
    }

    /// Scott's pi: A_e = Σ ((r_i + c_i) / 2)², one distribution for both annotators. From −1 to 1.
    ///
    /// Source: Scott 1955 (doi 10.1086/266577). Undefined as Cohen's kappa is.
    public var scottPi: Figure {
        coefficient(diagonal: Double(diagonal), chance: zip(rows, columns).reduce(0) { $0 + square(Double($1.0 + $1.1) / 2) })
    }

    /// Bennett, Alpert and Goldstein's S: A_e = 1/q with q the categories of the scale, declared and not observed.
    ///
    /// Source: Bennett, Alpert, Goldstein 1954 (doi 10.1086/266520). Undefined when no item has two ratings and for q = 1.
    public var bennettS: Figure {
        guard categories > 1 || total == 0 else { return .undefined(.oneCategory) }
        return observedAgreement.map { (Double(categories) * $0 - 1) / Double(categories - 1) }
    }

    /// Cohen's kappa of one category against all others together. Undefined when neither or both annotators used it throughout.
    public func categoryKappa(_ category: Int) -> Figure {
        let both = cells[category, category]
        let (first, second) = (rows[category] - both, columns[category] - both)
        return ContingencyTable(cells: [[both, first], [second, total - both - first - second]]).cohenKappa
    }

    /// The large-sample standard error of Cohen's kappa, for items that are independent of one another. Frames of one
    /// recording are not: use the bootstrap over recordings there.
    ///
    /// Source: Fleiss, Cohen, Everitt 1969 (doi 10.1037/h0028106), equation 13. Undefined as kappa is.
    public var kappaStandardError: Figure {
        guard case .value(let kappa) = cohenKappa else { return cohenKappa }
        let (n, chance) = (Double(total), cohenChance / square(Double(total)))
        var (same, other) = (0.0, 0.0)
        cells.forEach { i, j, count in
            let share = Double(count) / n
            if i == j {
                same += share * square(1 - Double(rows[i] + columns[i]) / n * (1 - kappa))
            } else {
                other += share * square(Double(columns[i] + rows[j]) / n)
            }
        }
        let variance = (same + square(1 - kappa) * other - square(kappa - chance * (1 - kappa))) / (square(1 - chance) * n)
        return .value(max(0, variance).squareRoot())
    }

    /// The standard error of Cohen's kappa if the annotators were independent, for a test against 0.
    ///
    /// Source: Fleiss, Cohen, Everitt 1969 (doi 10.1037/h0028106), equation 14. Undefined as kappa is.
    public var kappaNullStandardError: Figure {
        guard case .value = cohenKappa else { return cohenKappa }
        let (n, chance) = (Double(total), cohenChance / square(Double(total)))
        let third = zip(rows, columns).reduce(0.0) { $0 + Double($1.0) / n * Double($1.1) / n * Double($1.0 + $1.1) / n }
        return .value(max(0, (chance + square(chance) - third) / (square(1 - chance) * n)).squareRoot())
    }

    /// Σ rows × columns of the same category.
    private var cohenChance: Double { zip(rows, columns).reduce(0) { $0 + Double($1.0) * Double($1.1) } }

    /// The coefficient of a sum of agreeing items and a chance term that is `total`² times the expected agreement.
    private func coefficient(diagonal: Double, chance: Double) -> Figure {
        guard total > 0 else { return .undefined(.noItemRatedTwice) }
        if hasOneCategory { return .undefined(.oneCategory) }
        let n = Double(total)
        return .corrected(diagonal / n, chance: chance / (n * n))
    }
}

func square(_ x: Double) -> Double { x * x }
