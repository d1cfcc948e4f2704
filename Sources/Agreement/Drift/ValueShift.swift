#if canImport(Glibc)
    import Glibc
#endif

/// How far the values of one period (durations, scores) are from those of another. Everything is undefined when a period
/// is empty. Values are finite.
public struct ValueShift: Sendable {
    /// The values of both periods in ascending order, with how many of each period have a value.
    private let steps: [(value: Double, first: Int, second: Int)]
    private let firstCount, secondCount: Int

    public init(_ first: [Double], _ second: [Double]) {
        (firstCount, secondCount) = (first.count, second.count)
        let all = (first.map { ($0, true) } + second.map { ($0, false) }).sorted { $0.0 < $1.0 }
        var steps: [(value: Double, first: Int, second: Int)] = []
        for (value, isFirst) in all {
            if steps.last?.value != value { steps.append((value, 0, 0)) }
            if isFirst { steps[steps.count - 1].first += 1 } else { steps[steps.count - 1].second += 1 }
        }
        self.steps = steps
    }

    private var isEmpty: Bool { firstCount == 0 || secondCount == 0 }

    /// The Kolmogorov-Smirnov distance: the largest distance between the two distribution functions, 0 to 1.
    public var kolmogorovSmirnov: Figure {
        isEmpty ? .undefined(.noRatings) : .value(Double(largestGap) / (Double(firstCount) * Double(secondCount)))
    }

    /// The exact probability of a distance as large or larger if both periods had one continuous distribution, by counting
    /// lattice paths. Source: Hodges 1958 (doi 10.1007/BF02589501). - Complexity: O(first · second).
    public var exactKolmogorovSmirnovProbability: Figure {
        isEmpty ? .undefined(.noRatings) : .value(latticeProbability(firstCount, secondCount, gap: largestGap))
    }

    /// The same probability from the one-sample distribution with round(m n / (m + n)) values.
    /// Source: Marsaglia, Tsang, Wang 2003 (doi 10.18637/jss.v008.i18); the limiting series above 2000 values.
    public var approximateKolmogorovSmirnovProbability: Figure {
        kolmogorovSmirnov.map { distance in
            let (m, n) = (Double(firstCount), Double(secondCount))
            return kolmogorovTail(distance, values: Int((m * n / (m + n)).rounded(.toNearestOrEven)))
        }
    }

    /// The largest |i n − j m| over the steps: the distance times m n, exactly.
    private var largestGap: Int {
        var (below, largest) = (0, 0)
        for step in steps {
            below += step.first * secondCount - step.second * firstCount
            largest = max(largest, abs(below))
        }
        return largest
    }

    /// Mann and Whitney's U of the first period: how many pairs have the larger value in the first, ties for half.
    /// Source: Mann and Whitney 1947 (doi 10.1214/aoms/1177730491).
    public var mannWhitneyU: Figure {
        guard !isEmpty else { return .undefined(.noRatings) }
        var (below, sum) = (0, 0.0)
        for step in steps {
            sum += Double(step.first) * (Double(below) + Double(step.second) / 2)
            below += step.second
        }
        return .value(sum)
    }

    /// The two-sided probability of U by the normal approximation with the corrections for ties and continuity.
    /// Undefined when all values are the same.
    public var mannWhitneyProbability: Figure {
        guard case .value(let u) = mannWhitneyU else { return mannWhitneyU }
        let (m, n) = (Double(firstCount), Double(secondCount))
        let total = m + n
        let ties = steps.reduce(0.0) { sum, step in
            let t = Double(step.first + step.second)
            return sum + t * (t * t - 1)
        }
        guard steps.count > 1 else { return .undefined(.noVariance) }
        let deviation = (m * n / 12 * (total + 1 - ties / (total * (total - 1)))).squareRoot()
        let z = (max(u, m * n - u) - m * n / 2 - 0.5) / deviation
        return .value(min(1, 2 * normalTail(z)))
    }

    /// The Wasserstein (earth mover's) distance: the area between the two distribution functions, in the units of the values.
    public var wasserstein: Figure {
        guard !isEmpty else { return .undefined(.noRatings) }
        var (a, b, area) = (0, 0, 0.0)
        for (step, next) in zip(steps, steps.dropFirst()) {
            a += step.first
            b += step.second
            area += abs(Double(a) / Double(firstCount) - Double(b) / Double(secondCount)) * (next.value - step.value)
        }
        return .value(area)
    }
}

/// The probability that a random path of `m` steps right and `n` steps up has |i n − j m| ≥ gap somewhere.
private func latticeProbability(_ m: Int, _ n: Int, gap: Int) -> Double {
    if gap <= 0 { return 1 }
    // Row i holds the probability of having been outside on the way to (i, j).
    var row = (0...n).map { $0 * m >= gap ? 1.0 : 0 }
    for i in 1...m {
        row[0] = i * n >= gap ? 1 : row[0]
        for j in 1...n {
            row[j] = abs(i * n - j * m) >= gap ? 1 : (Double(i) * row[j] + Double(j) * row[j - 1]) / Double(i + j)
        }
    }
    return row[n]
}

/// P(D ≥ d) of the one-sample Kolmogorov statistic with so many values.
private func kolmogorovTail(_ d: Double, values n: Int) -> Double {
    let scaled = Double(n) * d * d
    if d <= 0 || n == 0 { return 1 }
    if scaled > 18 { return min(1, 2 * exp(-2 * scaled)) }
    if n > 2000 {
        return min(1, max(0, (1...100).reduce(0.0) { $0 + ($1 % 2 == 1 ? 2 : -2) * exp(-2 * square(Double($1)) * scaled) }))
    }
    let k = Int(Double(n) * d) + 1
    let (size, h) = (2 * k - 1, Double(k) - Double(n) * d)
    let power = ScaledMatrix(kolmogorovMatrix(size, h), size: size).power(n)
    var (value, exponent) = (power.values[(k - 1) * size + k - 1], power.exponent)
    for i in 1...n {
        value *= Double(i) / Double(n)
        if value < 1e-140 { value *= 1e140; exponent -= 140 }
    }
    return min(1, max(0, 1 - value * pow(10, Double(exponent))))
}

private func kolmogorovMatrix(_ size: Int, _ h: Double) -> [Double] {
    var matrix = (0..<size * size).map { $0 / size - $0 % size + 1 < 0 ? 0.0 : 1 }
    for i in 0..<size {
        matrix[i * size] -= pow(h, Double(i + 1))
        matrix[(size - 1) * size + i] -= pow(h, Double(size - i))
    }
    matrix[(size - 1) * size] += 2 * h - 1 > 0 ? pow(2 * h - 1, Double(size)) : 0
    for i in 0..<size {
        for j in 0..<size where i - j + 1 > 0 {
            for g in 1...(i - j + 1) { matrix[i * size + j] /= Double(g) }
        }
    }
    return matrix
}

/// A square matrix times a power of ten, so that high powers stay in range.
private struct ScaledMatrix {
    var values: [Double]
    var exponent = 0
    let size: Int

    init(_ values: [Double], size: Int) { (self.values, self.size) = (values, size) }

    func power(_ n: Int) -> ScaledMatrix {
        if n == 1 { return self }
        let half = power(n / 2)
        let whole = half.times(half)
        return n % 2 == 0 ? whole : whole.times(self)
    }

    private func times(_ other: ScaledMatrix) -> ScaledMatrix {
        var product = ScaledMatrix(Array(repeating: 0, count: size * size), size: size)
        for i in 0..<size {
            for k in 0..<size where values[i * size + k] != 0 {
                for j in 0..<size { product.values[i * size + j] += values[i * size + k] * other.values[k * size + j] }
            }
        }
        product.exponent = exponent + other.exponent
        if product.values[(size / 2) * size + size / 2] > 1e140 {
            product.values = product.values.map { $0 * 1e-140 }
            product.exponent += 140
        }
        return product
    }
}
