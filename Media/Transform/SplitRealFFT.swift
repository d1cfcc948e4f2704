#if canImport(Glibc)
    import Glibc
#endif

/// A real transform put together from those of the even and the odd samples.
///
/// With E and O the spectra of the even and odd samples and w = e^(-2πi/N):
///
///     X[k] = E[k] + w^k · O[k]        X[N/2 - k] = conj(E[k] - w^k · O[k])        for k in 0...N/4
final class SplitRealFFT: RealFFTPlan {
    let samples, spectrum: UnsafeMutablePointer<Float>
    private let count: Int
    private let even, odd: any RealFFTPlan
    /// w^k for k in 0...N/4, as real, imaginary.
    private let twiddles: [Float]

    init(_ count: Int, half: () -> any RealFFTPlan) {
        self.count = count
        (even, odd) = (half(), half())
        samples = .allocate(capacity: count)
        spectrum = .allocate(capacity: count + 2)
        samples.initialize(repeating: 0, count: count)
        spectrum.initialize(repeating: 0, count: count + 2)
        twiddles = (0...count / 4).flatMap { index in
            let angle = -2 * Double.pi * Double(index) / Double(count)
            return [Float(cos(angle)), Float(sin(angle))]
        }
    }

    deinit {
        samples.deallocate()
        spectrum.deallocate()
    }

    func forward() {
        for index in 0..<count / 2 {
            even.samples[index] = samples[2 * index]
            odd.samples[index] = samples[2 * index + 1]
        }
        even.forward()
        odd.forward()
        let (e, o) = (even.spectrum, odd.spectrum)
        for low in stride(from: 0, through: count / 2, by: 2) {
            let (wr, wi) = (twiddles[low], twiddles[low + 1])
            let (real, imaginary) = (o[low] * wr - o[low + 1] * wi, o[low] * wi + o[low + 1] * wr)
            let high = count - low
            (spectrum[low], spectrum[low + 1]) = (e[low] + real, e[low + 1] + imaginary)
            (spectrum[high], spectrum[high + 1]) = (e[low] - real, imaginary - e[low + 1])
        }
    }

    func inverse() {
        let (e, o) = (even.spectrum, odd.spectrum)
        for low in stride(from: 0, through: count / 2, by: 2) {
            let high = count - low
            let (wr, wi) = (twiddles[low], -twiddles[low + 1])
            // 2E and 2·w^k·O: the doubling is the factor by which there and back exceeds the halves' own.
            (e[low], e[low + 1]) = (spectrum[low] + spectrum[high], spectrum[low + 1] - spectrum[high + 1])
            let (real, imaginary) = (spectrum[low] - spectrum[high], spectrum[low + 1] + spectrum[high + 1])
            (o[low], o[low + 1]) = (real * wr - imaginary * wi, real * wi + imaginary * wr)
        }
        even.inverse()
        odd.inverse()
        for index in 0..<count / 2 {
            samples[2 * index] = even.samples[index]
            samples[2 * index + 1] = odd.samples[index]
        }
    }
}
