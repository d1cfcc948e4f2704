#if canImport(Glibc)
    import Glibc
#endif

/// ln Γ(x) for x > 0, without the sign that the C library keeps in a global.
func logGamma(_ x: Double) -> Double {
    var sign: Int32 = 0
    return lgamma_r(x, &sign)
}

/// ln of the binomial coefficient n over k.
func logChoose(_ n: Int, _ k: Int) -> Double {
    logGamma(Double(n) + 1) - logGamma(Double(k) + 1) - logGamma(Double(n - k) + 1)
}

/// The regularised incomplete beta function I_x(a, b), for a, b > 0 and x in 0...1.
///
/// Source: NIST Digital Library of Mathematical Functions 8.17.22 (continued fraction), evaluated by Lentz's method.
func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    let front = exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log1p(-x))
    // The fraction converges fast below the mean; above it, take the other tail.
    return x < (a + 1) / (a + b + 2)
        ? front * betaFraction(x, a, b) / a
        : 1 - front * betaFraction(1 - x, b, a) / b
}

private func betaFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    func away(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var c = 1.0
    var d = 1 / away(1 - (a + b) * x / (a + 1))
    var value = d
    let limit = 200 + Int(10 * min(1e9, max(a, b)).squareRoot())
    for m in 1...limit {
        let m = Double(m)
        for term in [m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))] {
            d = 1 / away(1 + term * d)
            c = away(1 + term / c)
            value *= d * c
        }
        if abs(c * d - 1) < 1e-16 { break }
    }
    return value
}

/// The upper regularised incomplete gamma function Q(a, x), for a > 0 and x ≥ 0.
///
/// Source: NIST Digital Library of Mathematical Functions 8.7.1 (series) and 8.9.2 (continued fraction).
func upperGamma(_ a: Double, _ x: Double) -> Double {
    if x <= 0 { return 1 }
    let front = exp(a * log(x) - x - logGamma(a))
    let limit = 1000 + Int(20 * min(1e9, max(a, x)).squareRoot())
    if x < a + 1 {
        var (term, sum, n) = (1 / a, 1 / a, a)
        for _ in 0..<limit {
            n += 1
            term *= x / n
            sum += term
            if term < sum * 1e-17 { break }
        }
        return 1 - front * sum
    }
    var (b, c) = (x + 1 - a, 1e300)
    var (d, value) = (1 / b, 1 / b)
    for i in 1...limit {
        let term = -Double(i) * (Double(i) - a)
        b += 2
        d = 1 / (term * d + b)
        c = b + term / c
        value *= c * d
        if abs(c * d - 1) < 1e-16 { break }
    }
    return front * value
}

/// The share of the standard normal distribution above z.
func normalTail(_ z: Double) -> Double { erfc(z / 2.0.squareRoot()) / 2 }

/// The z with the share `p` of the standard normal distribution below it, 0 < p < 1.
func normalQuantile(_ p: Double) -> Double {
    p > 0.5 ? -normalQuantile(1 - p) : -bisect(0, 40) { normalTail($0) <= p }
}

/// The x with I_x(a, b) = p.
func betaQuantile(_ p: Double, _ a: Double, _ b: Double) -> Double {
    bisect(0, 1) { incompleteBeta($0, a, b) >= p }
}

/// The smallest x of a range for which a monotone condition holds, to the last bit that halving can tell.
func bisect(_ low: Double, _ high: Double, holds: (Double) -> Bool) -> Double {
    var (low, high) = (low, high)
    for _ in 0..<1100 {
        let middle = low + (high - low) / 2
        if middle <= low || middle >= high { break }
        if holds(middle) { high = middle } else { low = middle }
    }
    return high
}
