#if canImport(Glibc)
    import Glibc
#endif

/// A second-order Butterworth high-pass filter, one sample at a time (transposed direct form II; bilinear transform as in
/// R. Bristow-Johnson, "Audio EQ Cookbook").
struct HighPass: Sendable {
    private let b0, a1, a2: Float
    private var z1: Float = 0, z2: Float = 0

    /// - Parameters:
    ///   - frequency: -3 dB point in Hz, below half the sample rate.
    ///   - sampleRate: in Hz.
    init(frequency: Float, sampleRate: Float) {
        let w = 2 * Float.pi * frequency / sampleRate
        let alpha = sinf(w) / Float(2).squareRoot()
        let scale = 1 / (1 + alpha)
        b0 = (1 + cosf(w)) / 2 * scale
        a1 = -2 * cosf(w) * scale
        a2 = (1 - alpha) * scale
    }

    @inline(__always)
    mutating func filter(_ x: Float) -> Float {
        let y = b0 * x + z1
        z1 = -2 * b0 * x - a1 * y + z2
        z2 = b0 * x - a2 * y
        return y
    }
}
