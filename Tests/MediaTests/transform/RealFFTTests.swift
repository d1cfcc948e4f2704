import Media
import Testing

#if canImport(Glibc)
    import Glibc
#endif

struct RealFFTTests {
    /// A deterministic signal without symmetry.
    private func signal(_ count: Int) -> [Float] {
        var state: UInt32 = 12345
        return (0..<count).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return Float(state >> 8) / Float(1 << 24) - 0.5
        }
    }

    @Test(arguments: [4, 8, 64, 512]) func `the spectrum is the sum that defines it`(count: Int) {
        let samples = signal(count)
        var spectrum = [Float](repeating: .nan, count: count + 2)
        RealFFT(count).forward(samples, into: &spectrum)
        for bin in 0...count / 2 {
            var (real, imaginary) = (0.0, 0.0)
            for (index, sample) in samples.enumerated() {
                let angle = -2 * Double.pi * Double(bin * index % count) / Double(count)
                real += Double(sample) * cos(angle)
                imaginary += Double(sample) * sin(angle)
            }
            #expect(abs(Double(spectrum[2 * bin]) - real) < 1e-4, "bin \(bin)")
            #expect(abs(Double(spectrum[2 * bin + 1]) - imaginary) < 1e-4, "bin \(bin)")
        }
    }

    @Test(arguments: [4, 1024, 1 << 18, 1 << 19, 1 << 20]) func `the inverse gives the samples back`(count: Int) {
        let (samples, fft) = (signal(count), RealFFT(count))
        var spectrum = [Float](repeating: 0, count: count + 2)
        var back = [Float](repeating: 0, count: count)
        fft.forward(samples, into: &spectrum)
        fft.inverse(spectrum, into: &back)
        let worst = zip(samples, back).map { abs($0 - $1) }.max() ?? .infinity
        #expect(worst < 1e-5)
    }

    @Test(arguments: [1 << 18, 1 << 19, 1 << 22]) func `a cosine is one line of half its length`(count: Int) {
        let bin = 12_345
        let samples = (0..<count).map { Float(cos(2 * Double.pi * Double(bin * $0 % count) / Double(count))) }
        var spectrum = [Float](repeating: 0, count: count + 2)
        RealFFT(count).forward(samples, into: &spectrum)
        #expect(abs(spectrum[2 * bin] / Float(count / 2) - 1) < 1e-4)
        spectrum[2 * bin] = 0
        #expect((spectrum.map(abs).max() ?? .infinity) < Float(count) * 1e-5)
    }

    @Test func `lengths that are no power of two from 4 to 4194304 are not supported`() {
        #expect([0, 1, 2, 6, 1 << 23, -4].allSatisfy { !RealFFT.isSupported($0) })
        #expect((2...22).allSatisfy { RealFFT.isSupported(1 << $0) })
    }
}
