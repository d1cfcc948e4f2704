#if canImport(Glibc)
    import Glibc
#endif

/// Mel cepstra of a sound, frame by frame, and the level of each frame.
public struct Cepstra: Sendable {
    /// Coefficients of a frame.
    public static let count = 13

    /// ``count`` values a frame: the discrete cosine transform (type II, orthonormal) of the log-mel powers.
    public var coefficients: [Float] = []
    /// Natural logarithm of the power of each frame.
    public var levels: [Float] = []

    public init() {}

    public var frameCount: Int { levels.count }
}

/// Measures mel cepstra (Davis and Mermelstein 1980) of mono sound, without keeping the sound: 26 bands from 80 to 7600 Hz, windows of 25 ms.
public final class CepstrumAnalyzer {
    /// Samples from one frame to the next: 10 ms, as near as the rate allows.
    public let hop: Int

    public private(set) var cepstra = Cepstra()
    private let analyzer: LogMelAnalyzer
    private let cosines: [Float]
    private var mel: [Float] = []
    private var last: Float = 0
    private var emphasized: [Float] = []

    private static let bands = 26

    /// - Parameter sampleRate: of the sound; 16000 or more.
    public init(sampleRate: Int) {
        hop = sampleRate / 100
        var settings = LogMelAnalyzer.Settings()
        (settings.sampleRate, settings.hop, settings.window) = (sampleRate, hop, sampleRate / 40)
        settings.transformSize = sampleRate > 20_480 ? 1024 : 512
        (settings.bandCount, settings.lowest, settings.highest, settings.floor) = (Self.bands, 80, 7600, 1e-7)
        analyzer = LogMelAnalyzer(settings)
        cosines = (0..<Cepstra.count).flatMap { row in
            (0..<Self.bands).map { band in
                let scale = row == 0 ? sqrt(1 / Double(Self.bands)) : sqrt(2 / Double(Self.bands))
                return Float(scale * cos(Double.pi * Double(row) * (Double(band) + 0.5) / Double(Self.bands)))
            }
        }
    }

    /// Takes the next samples, in any number.
    public func append(_ samples: ArraySlice<Float>) {
        emphasized.removeAll(keepingCapacity: true)
        for sample in samples {
            emphasized.append(sample - 0.97 * last)
            last = sample
        }
        analyzer.append(emphasized[...], into: &mel)
        transform()
    }

    /// Ends the sound.
    public func finish() {
        analyzer.finish(into: &mel)
        transform()
    }

    private func transform() {
        let bands = Self.bands
        mel.withUnsafeBufferPointer { mel in
            cosines.withUnsafeBufferPointer { cosines in
                for frame in 0..<mel.count / bands {
                    let values = mel.baseAddress! + frame * bands
                    for row in 0..<Cepstra.count {
                        var sum: Float = 0
                        for band in 0..<bands { sum += cosines[row * bands + band] * values[band] }
                        cepstra.coefficients.append(sum)
                    }
                    var power: Float = 0
                    for band in 0..<bands { power += expf(values[band]) }
                    cepstra.levels.append(logf(power))
                }
            }
        }
        mel.removeAll(keepingCapacity: true)
    }
}
