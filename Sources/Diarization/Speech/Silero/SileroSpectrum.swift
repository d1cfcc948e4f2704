import Media
import Neural

#if canImport(Glibc)
    import Glibc
#endif

/// The magnitudes of the short-time spectrum by which the Silero network begins: four frames of a window, half a frame apart,
/// the sound mirrored behind its end.
///
/// The file holds the spectrum as a convolution. Where its rows are those of a windowed Fourier transform, as the published ones
/// are, the fast transform gives the same values; other rows are multiplied as they stand.
struct SileroSpectrum: Sendable {
    private let length: Int
    private let bins: Int
    /// Nil where the rows are no windowed Fourier transform.
    private let window: [Float]?
    private let rows: Dense

    /// Samples of a window with the mirrored ones: two and a half frames.
    var soundCount: Int { length * 5 / 2 }
    private var mirrored: Int { length / 4 }

    /// - Parameter basis: `length` + 2 rows of `length` values: the real parts, then the imaginary ones.
    init(basis: [Float], length: Int) {
        (self.length, bins) = (length, length / 2 + 1)
        window = Self.isTransform(basis, length) ? Array(basis[..<length]) : nil
        rows = Dense(weights: basis, bias: [Float](repeating: 0, count: length + 2), inputs: length)
    }

    struct Workspace {
        fileprivate let transform: RealFFT?
        fileprivate var frame, spectrum: [Float]
        fileprivate var products: FrameMatrix
    }

    func workspace(windows: Int) -> Workspace {
        Workspace(
            transform: window == nil ? nil : RealFFT(length), frame: [Float](repeating: 0, count: length),
            spectrum: [Float](repeating: 0, count: length + 2), products: FrameMatrix(frames: windows, channels: length + 2))
    }

    /// - Parameters:
    ///   - sound: a window in each row, its last `length` / 4 samples yet to be mirrored.
    ///   - result: the frames of each window one behind the other.
    func magnitudes(of sound: inout FrameMatrix, into result: inout FrameMatrix, _ work: inout Workspace) {
        let end = soundCount - mirrored
        for row in 0..<sound.frameCount {
            for index in 0..<mirrored { sound[row, end + index] = sound[row, end - 2 - index] }
        }
        for position in 0..<SileroNetwork.positions {
            if let window, let transform = work.transform {
                transformed(sound, position, window, transform, &result, &work)
            } else {
                rows.apply(to: sound, column: position * length / 2, into: &work.products)
                for row in 0..<sound.frameCount {
                    for bin in 0..<bins { result[row, position * bins + bin] = hypotenuse(work.products[row, bin], work.products[row, bins + bin]) }
                }
            }
        }
    }

    private func transformed(
        _ sound: FrameMatrix, _ position: Int, _ window: [Float], _ transform: RealFFT, _ result: inout FrameMatrix, _ work: inout Workspace
    ) {
        for row in 0..<sound.frameCount {
            for index in 0..<length { work.frame[index] = sound[row, position * length / 2 + index] * window[index] }
            transform.forward(work.frame, into: &work.spectrum)
            for bin in 0..<bins { result[row, position * bins + bin] = hypotenuse(work.spectrum[2 * bin], work.spectrum[2 * bin + 1]) }
        }
    }

    @inline(__always)
    private func hypotenuse(_ real: Float, _ imaginary: Float) -> Float { (real * real + imaginary * imaginary).squareRoot() }

    /// Whether the rows are w[n] · cos(2πkn / N) and then −w[n] · sin(2πkn / N), w being the first, to 16-bit precision and more.
    private static func isTransform(_ basis: [Float], _ length: Int) -> Bool {
        let bins = length / 2 + 1
        for bin in 0..<bins {
            for index in 0..<length {
                let (window, angle) = (Double(basis[index]), 2 * Double.pi * Double(bin * index % length) / Double(length))
                guard abs(window * cos(angle) - Double(basis[bin * length + index])) < 5e-7,
                    abs(window * sin(angle) + Double(basis[(bins + bin) * length + index])) < 5e-7
                else { return false }
            }
        }
        return true
    }
}
