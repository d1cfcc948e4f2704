/// How periodic a short stretch of sound is.
enum Periodicity {
    /// Lags at 4 kHz of 400 Hz to 70 Hz, in rows of eight.
    private static let firstLag = 10, lagRows = 6

    /// The largest autocorrelation at a lag of 10 to 57 samples, divided by the mean power of the two stretches compared.
    ///
    /// - Parameter sound: 160 samples at 4 kHz.
    /// - Returns: 0 for silence and noise without pitch, up to 1 for a periodic sound.
    static func peak(of sound: Span<Float>) -> Float {
        let width = sound.count - firstLag - 8 * lagRows
        let bytes = sound.bytes
        let powers = runningPower(of: sound)
        let ownPower = Lanes(repeating: powers[width] + 1e-7)
        let sums = powers.span.bytes
        var best = Lanes()
        for lag in stride(from: firstLag, to: firstLag + 8 * lagRows, by: 8) {
            var products = Lanes()
            for i in 0..<width { products += load(bytes, i + lag) * sound[i] }
            let ratio = products * 2 / (load(sums, lag + width) - load(sums, lag) + ownPower)
            best.replace(with: ratio, where: ratio .> best)
        }
        return best.max()
    }

    private typealias Lanes = SIMD8<Float>

    /// Power before each sample.
    private static func runningPower(of sound: Span<Float>) -> [Float] {
        var powers = [Float](repeating: 0, count: sound.count + 1)
        for i in 0..<sound.count { powers[i + 1] = powers[i] + sound[i] * sound[i] }
        return powers
    }

    @inline(__always)
    private static func load(_ bytes: RawSpan, _ index: Int) -> Lanes {
        bytes.unsafeLoadUnaligned(fromByteOffset: 4 * index, as: Lanes.self)
    }
}
