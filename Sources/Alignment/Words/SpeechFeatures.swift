import Signal

/// What the phone models look at: cepstra and their slopes, set to mean 0 and deviation 1 over the frames in which somebody speaks.
/// That takes off most of what parts one voice and microphone from another.
public struct SpeechFeatures: Sendable {
    /// Values of a frame, padded to two vectors: 13 cepstra, 13 slopes.
    typealias Vector = (level: SIMD16<Float>, slope: SIMD16<Float>)

    public let frameCount: Int
    /// Natural logarithm of the power of each frame.
    let levels: [Float]
    private let frames: [SIMD16<Float>]

    /// Slopes count so much beside the cepstra.
    private static let slopeWeight: Float = 4

    public init(_ cepstra: Cepstra) {
        frameCount = cepstra.frameCount
        levels = cepstra.levels
        let (mean, deviation) = Self.statistics(cepstra)
        frames = (0..<cepstra.frameCount).map { frame in
            var vector = (Self.raw(cepstra, frame) - mean) / deviation
            vector[0] = max(-6, min(3, vector[0]))
            return vector
        }
    }

    private static func raw(_ cepstra: Cepstra, _ frame: Int) -> SIMD16<Float> {
        var vector = SIMD16<Float>.zero
        for index in 0..<Cepstra.count { vector[index] = cepstra.coefficients[frame * Cepstra.count + index] }
        return vector
    }

    /// Over the frames within 7.5 (33 dB) of the loud ones.
    private static func statistics(_ cepstra: Cepstra) -> (mean: SIMD16<Float>, deviation: SIMD16<Float>) {
        let threshold = cepstra.levels.percentile(0.95) - 7.5
        var (sum, squares, count) = (SIMD16<Float>.zero, SIMD16<Float>.zero, Float(0))
        let speech = (0..<cepstra.frameCount).filter { cepstra.levels[$0] > threshold }
        for frame in speech { sum += raw(cepstra, frame); count += 1 }
        let mean = sum / max(1, count)
        for frame in speech {
            let difference = raw(cepstra, frame) - mean
            squares += difference * difference
        }
        return (mean, (squares / max(1, count)).squareRoot() + 1e-3)
    }

    /// The vector of a frame; the slope is the regression over two frames on either side.
    @inline(__always)
    func vector(_ frame: Int) -> Vector {
        guard frame >= 2, frame + 2 < frameCount else { return (frames[frame], .zero) }
        let slope = (2 * (frames[frame + 2] - frames[frame - 2]) + (frames[frame + 1] - frames[frame - 1])) / 10
        return (frames[frame], Self.slopeWeight * slope)
    }
}

extension [Float] {
    /// The value below which a share of the values lies; 0 of none.
    func percentile(_ share: Float) -> Float {
        guard !isEmpty else { return 0 }
        return sorted()[Swift.min(count - 1, Int(Float(count - 1) * share))]
    }
}
