import Timeline

/// Boxes in formats that state edges instead of sizes. Sums and differences of decimals are given back as the decimals that they
/// are, so that `10.1` and a width of `20.2` end at `30.3`, and edges at `10.1` and `30.3` have a width of `20.2`.
extension Box {
    init(left: Double, top: Double, right: Double, bottom: Double) {
        self.init(x: left, y: top, width: Self.decimal(right - left, of: left, right), height: Self.decimal(bottom - top, of: top, bottom))
    }

    var right: Double { Self.decimal(x + width, of: x, width) }
    var bottom: Double { Self.decimal(y + height, of: y, height) }

    /// The number with the fewest decimals, at most nine, within the rounding error of a sum or product; the number itself where there
    /// is none.
    ///
    /// - Parameters:
    ///   - a, b: what it was made of; their size tells the error.
    static func decimal(_ value: Double, of a: Double, _ b: Double) -> Double {
        let error = 2 * max(a.magnitude, b.magnitude, value.magnitude).ulp
        var scale = 1.0
        for _ in 0...9 {
            let rounded = (value * scale).rounded() / scale
            if (rounded - value).magnitude <= error { return rounded }
            scale *= 10
        }
        return value
    }
}
