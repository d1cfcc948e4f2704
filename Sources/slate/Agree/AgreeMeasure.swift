import ArgumentParser

/// The measures that `slate agree` prints, by the names that `--measure` takes.
enum AgreeMeasure: String, CaseIterable, ExpressibleByArgument {
    case percent, kappa, fleiss, scott, s, ac1, alpha
    case kappaLinear = "kappa-linear", kappaQuadratic = "kappa-quadratic"
    case alphaOrdinal = "alpha-ordinal", alphaInterval = "alpha-interval", alphaRatio = "alpha-ratio"
    case icc11, icc21, icc31, icc1k, icc2k, icc3k, ccc
    case alphaU = "alpha-u", gamma, gammaCat = "gamma-cat", f1, boundaryF1 = "boundary-f1", wer, cer

    /// What the measure is computed from.
    enum Basis {
        /// Categories of items, or of time.
        case categories
        /// Categories with an order, or numbers.
        case values
        /// Labels with their own times.
        case segments
        /// What labels say.
        case text
    }

    var basis: Basis {
        switch self {
        case .percent, .kappa, .fleiss, .scott, .s, .ac1, .alpha: .categories
        case .kappaLinear, .kappaQuadratic, .alphaOrdinal, .alphaInterval, .alphaRatio, .icc11, .icc21, .icc31, .icc1k, .icc2k, .icc3k, .ccc: .values
        case .alphaU, .gamma, .gammaCat, .f1, .boundaryF1: .segments
        case .wer, .cer: .text
        }
    }
}
