/// A computed figure, or the reason why it does not exist.
///
/// A chance-corrected coefficient is a quotient, and 0/0 is neither perfect agreement nor none. It is never reported as
/// 0, 1 or NaN.
public enum Figure: Hashable, Sendable {
    case value(Double)
    case undefined(Undefined)

    /// Nil when the figure is undefined.
    public var value: Double? { if case .value(let value) = self { value } else { nil } }

    /// Nil when the figure is defined.
    public var undefined: Undefined? { if case .undefined(let reason) = self { reason } else { nil } }

    /// The figure after a step that needs its value.
    public func map(_ transform: (Double) -> Double) -> Figure {
        switch self {
        case .value(let value): .value(transform(value))
        case .undefined: self
        }
    }

    /// `numerator / denominator`, undefined for the reason when the denominator is zero.
    static func quotient(_ numerator: Double, _ denominator: Double, else reason: Undefined) -> Figure {
        denominator == 0 ? .undefined(reason) : .value(numerator / denominator)
    }

    /// (observed − chance) / (1 − chance).
    static func corrected(_ observed: Double, chance: Double) -> Figure {
        chance >= 1 ? .undefined(.chanceIsCertain) : .value((observed - chance) / (1 - chance))
    }
}
