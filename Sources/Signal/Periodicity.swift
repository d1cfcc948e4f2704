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
        var energy: Float = 1e-7
        for i in 0..<width { energy += sound[i] * sound[i] }
        var best: Float = 0
        for row in 0..<lagRows {
            let lag = firstLag + 8 * row
            var products = SIMD8<Float>(), powers = SIMD8<Float>()
            for i in 0..<width {
                let later = bytes.unsafeLoadUnaligned(fromByteOffset: 4 * (i + lag), as: SIMD8<Float>.self)
                products += later * sound[i]
                powers += later * later
            }
            let ratio = products * 2 / (powers + energy)
            best = max(best, ratio.max())
        }
        return best
    }
}
