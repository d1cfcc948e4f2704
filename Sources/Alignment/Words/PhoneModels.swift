#if canImport(Glibc)
    import Glibc
#endif

/// Gaussians of diagonal covariance for the thirds of phones and for silence.
///
/// They begin as a synthetic voice has them, and are estimated again on the recording itself, with the voice as a prior (MAP; Gauvain and Lee 1994,
/// equation 23, for means).
struct PhoneModels {
    /// Classes: three for each phone, then silence.
    let classCount: Int
    var silence: Int { classCount - 1 }

    /// The mean and variance of all frames: what any sound looks like.
    private let filler: (mean: SpeechFeatures.Vector, variance: SpeechFeatures.Vector)

    private let prior: [SpeechFeatures.Vector]
    private var means: [SpeechFeatures.Vector]
    private var variances: [SpeechFeatures.Vector]
    /// What ``score(_:into:)`` needs of each class: means over variances, halves of inverse variances, and the constant.
    private var factors: [(linear: SpeechFeatures.Vector, square: SpeechFeatures.Vector, constant: Float)] = []

    private static let leastVariance: Float = 0.08
    /// Frames that the voice counts for at first, and by how much less after each round.
    private static let priorFrames: Float = 3, priorDecay: Float = 0.6
    /// Frames that the variance over all phones counts for in that of one.
    private static let pooledFrames: Float = 12

    init(_ text: SpokenText, _ recording: SpeechFeatures) {
        classCount = text.alphabet.count * 3 + 1
        var (sums, counts) = ([SpeechFeatures.Vector](repeating: (.zero, .zero), count: classCount), [Float](repeating: 0, count: classCount))
        for phone in text.words.flatMap(\.phones) {
            for third in 0..<3 {
                let index = phone.phone * 3 + third
                sums[index].level += phone.thirds[third].level
                sums[index].slope += phone.thirds[third].slope
                counts[index] += 1
            }
        }
        prior = zip(sums, counts).map { ($0.level / max(1, $1), $0.slope / max(1, $1)) }
        means = prior
        let one = SIMD16<Float>(repeating: 1)
        variances = Array(repeating: (one, one), count: classCount)
        filler = Self.filler(recording)
        learnSilence(Self.quietFrames(recording), recording, weight: 0)
        prepare()
    }

    private static func filler(_ recording: SpeechFeatures) -> (mean: SpeechFeatures.Vector, variance: SpeechFeatures.Vector) {
        var (sum, squares) = (SpeechFeatures.Vector(.zero, .zero), SpeechFeatures.Vector(.zero, .zero))
        for frame in 0..<recording.frameCount {
            let vector = recording.vector(frame)
            sum.level += vector.level
            sum.slope += vector.slope
            squares.level += vector.level * vector.level
            squares.slope += vector.slope * vector.slope
        }
        let count = Float(max(1, recording.frameCount))
        let mean: SpeechFeatures.Vector = (sum.level / count, sum.slope / count)
        return (mean, (squares.level / count - mean.level * mean.level + 0.05, squares.slope / count - mean.slope * mean.slope + 0.05))
    }

    /// The frames near the floor of the recording's level.
    private static func quietFrames(_ recording: SpeechFeatures) -> [Int] {
        let limit = max(recording.levels.percentile(0.12), recording.levels.percentile(0.01) + 1)
        return (0..<recording.frameCount).filter { recording.levels[$0] <= limit }
    }

    private mutating func learnSilence(_ frames: [Int], _ recording: SpeechFeatures, weight: Float) {
        guard frames.count > 10 || weight == 0, !frames.isEmpty else { return }
        let total = weight + Float(frames.count)
        var mean = (level: means[silence].level * weight, slope: means[silence].slope * weight)
        for frame in frames { mean.level += recording.vector(frame).level; mean.slope += recording.vector(frame).slope }
        mean = (mean.level / total, mean.slope / total)
        var spread = (level: variances[silence].level * weight, slope: variances[silence].slope * weight)
        for frame in frames {
            let vector = recording.vector(frame)
            let (level, slope) = (vector.level - mean.level, vector.slope - mean.slope)
            spread.level += level * level
            spread.slope += slope * slope
        }
        means[silence] = mean
        let added: Float = weight == 0 ? 0.15 : 0
        variances[silence] = (bounded(spread.level / total + added), bounded(spread.slope / total + added))
    }

    private func bounded(_ variance: SIMD16<Float>) -> SIMD16<Float> {
        variance.replacing(with: Self.leastVariance, where: variance .< Self.leastVariance)
    }

    /// Estimates the models on a recording whose frames are divided among the classes.
    ///
    /// - Parameter round: from 0; the voice counts for less in later ones.
    mutating func learn(_ classes: [Int32], of recording: SpeechFeatures, round: Int) {
        var (sums, counts) = ([SpeechFeatures.Vector](repeating: (.zero, .zero), count: classCount), [Float](repeating: 0, count: classCount))
        for (frame, index) in classes.enumerated() {
            let vector = recording.vector(frame)
            sums[Int(index)].level += vector.level
            sums[Int(index)].slope += vector.slope
            counts[Int(index)] += 1
        }
        var weight = Self.priorFrames
        for _ in 0..<round { weight *= Self.priorDecay }
        weight += 1
        for index in 0..<silence {
            let total = weight + counts[index]
            means[index] = ((prior[index].level * weight + sums[index].level) / total, (prior[index].slope * weight + sums[index].slope) / total)
        }
        learnVariances(classes, counts, of: recording)
        learnSilence(classes.indices.filter { Int(classes[$0]) == silence }, recording, weight: 10)
        prepare()
    }

    private mutating func learnVariances(_ classes: [Int32], _ counts: [Float], of recording: SpeechFeatures) {
        var sums = [SpeechFeatures.Vector](repeating: (.zero, .zero), count: classCount)
        var (pooled, speech) = (SpeechFeatures.Vector(.zero, .zero), Float(0))
        for (frame, index) in classes.enumerated() where Int(index) != silence {
            let vector = recording.vector(frame)
            let (level, slope) = (vector.level - means[Int(index)].level, vector.slope - means[Int(index)].slope)
            sums[Int(index)].level += level * level
            sums[Int(index)].slope += slope * slope
            speech += 1
        }
        guard speech > 0 else { return }
        for sum in sums { pooled.level += sum.level; pooled.slope += sum.slope }
        let own = Self.pooledFrames / speech
        for index in 0..<silence {
            let total = Self.pooledFrames + counts[index]
            variances[index] = (
                bounded((pooled.level * own + sums[index].level) / total), bounded((pooled.slope * own + sums[index].slope) / total)
            )
        }
    }

    private mutating func prepare() {
        factors = zip(means + [filler.mean], variances + [filler.variance]).map { mean, variance in
            let inverse: SpeechFeatures.Vector = (1 / variance.level, 1 / variance.slope)
            let square = (mean.level * mean.level * inverse.level).sum() + (mean.slope * mean.slope * inverse.slope).sum()
            var logarithms: Float = 0
            for lane in 0..<13 { logarithms += log(variance.level[lane]) + log(variance.slope[lane]) }
            return ((mean.level * inverse.level, mean.slope * inverse.slope), (inverse.level * 0.5, inverse.slope * 0.5), -0.5 * (square + logarithms))
        }
    }

    /// The log-likelihood of a vector in each class, without the constant of 2π.
    @inline(__always)
    func score(_ vector: SpeechFeatures.Vector, into scores: UnsafeMutablePointer<Float>) {
        factors.withUnsafeBufferPointer { factors in
            for index in 0..<classCount {
                let factor = factors[index]
                let level = vector.level * (factor.linear.level - vector.level * factor.square.level)
                let slope = vector.slope * (factor.linear.slope - vector.slope * factor.square.slope)
                scores[index] = total(level + slope) + factor.constant
            }
        }
    }

    /// The log-likelihood of a vector as any sound.
    @inline(__always)
    func fillerScore(_ vector: SpeechFeatures.Vector) -> Float {
        let factor = factors[classCount]
        let level = vector.level * (factor.linear.level - vector.level * factor.square.level)
        let slope = vector.slope * (factor.linear.slope - vector.slope * factor.square.slope)
        return total(level + slope) + factor.constant
    }

    @inline(__always)
    private func total(_ vector: SIMD16<Float>) -> Float {
        let eight = vector.lowHalf + vector.highHalf
        let four = eight.lowHalf + eight.highHalf
        let two = four.lowHalf + four.highHalf
        return two.x + two.y
    }
}
