/// Functions of eight numbers at once.
enum Exponential {
    /// eˣ to 2 units in the last place; x beyond ±87 counts as that.
    ///
    /// x = n · ln 2 + r with |r| ≤ ln 2 / 2, and eʳ by a polynomial (Cody and Waite 1980, chapter 6).
    @inline(__always)
    static func exp(_ argument: SIMD8<Float>) -> SIMD8<Float> {
        let x = argument.clamped(lowerBound: SIMD8(repeating: -87), upperBound: SIMD8(repeating: 87))
        // Adding 1.5 · 2^23 rounds to a whole number, which then lies in the last bits.
        let shifted = x * 1.442_695_04 + 12_582_912
        let whole = shifted - 12_582_912
        let r = x - whole * 0.693_359_375 + whole * 2.121_944_4e-4
        var sum = r * 1.987_569_2e-4 + 1.398_199_9e-3
        sum = sum * r + 8.333_452e-3
        sum = sum * r + 4.166_579_6e-2
        sum = sum * r + 0.166_666_65
        sum = sum * r + 0.5
        sum = sum * r * r + r + 1
        let exponent = unsafeBitCast(shifted, to: SIMD8<Int32>.self) &- 0x4B40_0000
        return sum * unsafeBitCast((exponent &+ 127) &<< 23, to: SIMD8<Float>.self)
    }

    /// 1 / (1 + e⁻ˣ).
    @inline(__always)
    static func sigmoid(_ x: SIMD8<Float>) -> SIMD8<Float> { 1 / (1 + exp(-x)) }

    @inline(__always)
    static func tanh(_ x: SIMD8<Float>) -> SIMD8<Float> { 2 / (1 + exp(-2 * x)) - 1 }
}
