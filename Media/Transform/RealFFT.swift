#if canImport(Glibc)
    import Glibc
#endif

/// The discrete Fourier transform of real samples and its inverse, for one length.
///
///     forward   X[k] = Σ x[n] · e^(-2πi·k·n / N)          for k in 0...N/2
///     inverse   x[n] = 1/N · Σ X[k] · e^(2πi·k·n / N)     so that inverse(forward(x)) is x
///
/// A spectrum is N/2 + 1 complex numbers as N + 2 floats: real, imaginary, real, imaginary … The imaginary parts of the
/// first and the last are zero. Both calls reuse the plan's buffers: nothing is allocated. Not thread-safe.
///
/// libavutil's `av_tx` does the work up to 2^18, the longest that version 5.1 plans; longer ones are put together
/// from two of half the length (Cooley and Tukey 1965, doi:10.1090/S0025-5718-1965-0178586-1).
public final class RealFFT {
    /// Samples in one transform.
    public let count: Int
    /// Floats in one spectrum: `count + 2`.
    public var spectrumCount: Int { count + 2 }

    private let plan: any RealFFTPlan

    /// - Parameter count: a power of two from 4 to 2^22.
    /// - Complexity: O(*n*).
    public init(_ count: Int) {
        precondition(Self.isSupported(count), "a transform length is a power of two from 4 to 4194304, not \(count)")
        self.count = count
        plan = Self.plan(count)
    }

    /// Whether a length can be planned.
    public static func isSupported(_ count: Int) -> Bool { (4...1 << 22).contains(count) && count & (count - 1) == 0 }

    private static func plan(_ count: Int) -> any RealFFTPlan {
        count <= DirectRealFFT.longest ? DirectRealFFT(count) : SplitRealFFT(count, half: { plan(count / 2) })
    }

    /// The spectrum of `count` samples, not scaled.
    ///
    /// - Parameters:
    ///   - samples: at least `count` floats; further ones are ignored.
    ///   - spectrum: at least `count + 2` floats; the first `count + 2` are overwritten.
    /// - Complexity: O(*n* log *n*).
    public func forward(_ samples: [Float], into spectrum: inout [Float]) {
        precondition(samples.count >= count && spectrum.count >= spectrumCount)
        samples.withUnsafeBufferPointer { input in
            guard let base = input.baseAddress else { return }
            plan.samples.update(from: base, count: count)
        }
        plan.forward()
        spectrum.withUnsafeMutableBufferPointer { output in
            output.baseAddress?.update(from: plan.spectrum, count: spectrumCount)
        }
    }

    /// The samples of a spectrum, scaled by 1 / `count`.
    ///
    /// - Parameters:
    ///   - spectrum: at least `count + 2` floats.
    ///   - samples: at least `count` floats; the first `count` are overwritten.
    /// - Complexity: O(*n* log *n*).
    public func inverse(_ spectrum: [Float], into samples: inout [Float]) {
        precondition(samples.count >= count && spectrum.count >= spectrumCount)
        spectrum.withUnsafeBufferPointer { input in
            guard let base = input.baseAddress else { return }
            plan.spectrum.update(from: base, count: spectrumCount)
        }
        plan.inverse()
        let scale = 1 / Float(count)
        samples.withUnsafeMutableBufferPointer { output in
            let result = plan.samples
            for index in 0..<count { output[index] = result[index] * scale }
        }
    }
}

/// A planned transform with its two buffers: `samples` (n floats) and `spectrum` (n + 2). Neither direction is scaled
/// down: there and back multiplies by n. Each may overwrite its input.
protocol RealFFTPlan: AnyObject {
    var samples: UnsafeMutablePointer<Float> { get }
    var spectrum: UnsafeMutablePointer<Float> { get }
    func forward()
    func inverse()
}
