/// How two continuous traces of the same targets agree. Add values (or whole recordings) and read the coefficients; memory does
/// not grow. Source for the running sums: Chan, Golub, LeVeque 1983 (doi 10.1080/00031305.1983.10483115).
public struct Concordance: Hashable, Sendable {
    public private(set) var count = 0
    private var (meanX, meanY) = (0.0, 0.0)
    private var (squaresX, squaresY, products) = (0.0, 0.0, 0.0)

    public init() {}

    /// The values of two annotators, target by target; those beyond the shorter list are left out.
    public init(_ x: [Double], _ y: [Double]) {
        for (a, b) in zip(x, y) { add(a, b) }
    }

    public mutating func add(_ x: Double, _ y: Double) {
        count += 1
        let (dx, dy) = (x - meanX, y - meanY)
        meanX += dx / Double(count)
        meanY += dy / Double(count)
        squaresX += dx * (x - meanX)
        squaresY += dy * (y - meanY)
        products += dx * (y - meanY)
    }

    /// Adds the values of another recording, `times` over.
    public mutating func add(_ other: Concordance, times: Int = 1) {
        for _ in 0..<times where other.count > 0 {
            let (a, b) = (Double(count), Double(other.count))
            let (dx, dy) = (other.meanX - meanX, other.meanY - meanY)
            count += other.count
            let n = Double(count)
            meanX += dx * b / n
            meanY += dy * b / n
            squaresX += other.squaresX + dx * dx * a * b / n
            squaresY += other.squaresY + dy * dy * a * b / n
            products += other.products + dx * dy * a * b / n
        }
    }

    /// Lin's concordance correlation coefficient: 2 s_xy / (s_x² + s_y² + (x̄ − ȳ)²) with sums divided by n. −1 to 1; it falls with
    /// every shift and change of scale. Source: Lin 1989 (doi 10.2307/2532051). Undefined without values and when both traces
    /// are one and the same constant.
    public var coefficient: Figure { coefficient(Double(count)) }

    /// The same with variances divided by n − 1. Undefined for fewer than two values too.
    public var unbiasedCoefficient: Figure { count < 2 ? .undefined(.tooFewItems) : coefficient(Double(count - 1)) }

    private func coefficient(_ divisor: Double) -> Figure {
        guard count > 0 else { return .undefined(.noRatings) }
        return .quotient(2 * products / divisor, (squaresX + squaresY) / divisor + square(meanX - meanY), else: .noVariance)
    }

    /// Pearson's correlation, which no shift or change of scale lowers. Undefined when a trace is constant.
    public var correlation: Figure {
        guard count > 0 else { return .undefined(.noRatings) }
        return .quotient(products, (squaresX * squaresY).squareRoot(), else: .noVariance)
    }
}
