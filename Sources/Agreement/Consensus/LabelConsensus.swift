/// What a model of annotators believes about items.
public struct LabelConsensus: Hashable, Sendable {
    /// The probability of each category, item after item.
    public let posterior: [Double]
    public let categories: Int
    /// The logarithm of the probability of all labels under the model. Higher is better between runs on the same labels.
    public let logLikelihood: Double
    /// Rounds of expectation-maximisation.
    public let rounds: Int
    /// False when the limit of rounds came before the model settled.
    public let converged: Bool

    /// The most probable category of an item; the lowest of equals.
    public func label(of item: Int) -> Int {
        let row = posterior[item * categories..<(item + 1) * categories]
        return row.firstIndex(of: row.max()!)! - row.startIndex
    }

    /// How much more probable the best category is than the next, 0 to 1. Items with a small margin go to a person first.
    public func margin(of item: Int) -> Double {
        let row = posterior[item * categories..<(item + 1) * categories].sorted(by: >)
        return row.count > 1 ? row[0] - row[1] : 1
    }

    /// The items in the order in which a person should look: least margin first, then by number.
    public var adjudicationOrder: [Int] {
        let margins = (0..<posterior.count / max(1, categories)).map(margin)
        return margins.indices.sorted { (margins[$0], $0) < (margins[$1], $1) }
    }
}
