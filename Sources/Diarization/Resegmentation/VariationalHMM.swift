#if canImport(Glibc)
    import Glibc
#endif

/// The Bayesian hidden Markov model of VBx: who speaks in each window, given a first guess.
///
/// Landini, Profant, Diez and Burget 2022, "Bayesian HMM clustering of x-vector sequences (VBx) in speaker diarization",
/// doi:10.1016/j.csl.2021.101254, equations 11 to 24. Vectors are in the space of ``PLDA``: a speaker's mean is drawn from
/// N(0, diag(Φ)), his vectors scatter around it with covariance 1.
public struct VariationalHMM: Hashable, Sendable {
    /// How much the vectors count: overlapping windows are not independent.
    public var acousticFactor: Float = 0.4
    /// How much a speaker costs.
    public var speakerFactor: Float = 6
    /// Probability that the next window has the same speaker, inside a stretch of speech and across a pause.
    public var loop: Float = 0.9, loopAcrossPause: Float = 0.5
    public var iterations = 20
    /// The first guess is held this strongly: a window's speaker has exp(`smoothing`) times the weight of another.
    public var smoothing: Float = 5

    public init() {}

    public struct Result: Sendable {
        /// Windows × speakers: how likely each speaker is in each window.
        public internal(set) var posteriors: [Float]
        public internal(set) var priors: [Float]
        /// The lower bound of the evidence after each iteration; it never falls.
        public internal(set) var bounds: [Double] = []

        public var speakerCount: Int { priors.count }
        /// Speakers who are the likeliest in some window.
        public var heardCount: Int {
            guard speakerCount > 0 else { return 0 }
            return Set((0..<posteriors.count / speakerCount).map { likeliest(in: $0) }).count
        }

        /// The speaker with the greatest posterior in a window, of equals the first.
        public func likeliest(in window: Int) -> Int {
            let shares = posterior(window)
            return (shares.indices.max { (shares[$0], $1) < (shares[$1], $0) } ?? shares.startIndex) - shares.startIndex
        }

        public func posterior(_ window: Int) -> ArraySlice<Float> { posteriors[window * speakerCount..<(window + 1) * speakerCount] }
    }

    /// - Parameters:
    ///   - vectors: in the space of the PLDA.
    ///   - between: Φ.
    ///   - labels: the first guess, from 0 on.
    ///   - begins: whether a window is the first after a pause.
    /// - Complexity: O(windows × speakers × size) for each iteration.
    public func run(_ vectors: Vectors, between: [Float], labels: [Int], begins: [Bool]) -> Result {
        let count = (labels.max() ?? -1) + 1
        var state = State(model: self, vectors: vectors, between: between, begins: begins, speakers: count)
        var result = Result(posteriors: first(labels, count), priors: [Float](repeating: 1 / Float(max(1, count)), count: count))
        guard count > 0, iterations > 0 else { return result }
        for _ in 0..<iterations {
            let bound = state.iterate(&result)
            let gain = bound - (result.bounds.last ?? -.infinity)
            result.bounds.append(bound)
            if gain < 1e-4 * Double(vectors.count) { break }
        }
        return result
    }

    /// Posteriors of the first guess.
    private func first(_ labels: [Int], _ count: Int) -> [Float] {
        let other = 1 / (expf(smoothing) + Float(count - 1))
        var posteriors = [Float](repeating: other, count: labels.count * count)
        for (window, label) in labels.enumerated() { posteriors[window * count + label] = 1 - other * Float(count - 1) }
        return posteriors
    }
}

/// The buffers of one run.
private struct State {
    let model: VariationalHMM
    let vectors: Vectors
    let between: [Float]
    let begins: [Bool]
    let speakers: Int
    /// log p(x | speaker) up to what is common, then its exponential; forward and backward probabilities; the constant of each window.
    private var likelihoods, forward, backward: [Float]
    private var constants: [Double]
    private var scales: [Double]
    private let norms: [Double]

    init(model: VariationalHMM, vectors: Vectors, between: [Float], begins: [Bool], speakers: Int) {
        (self.model, self.vectors, self.between, self.begins, self.speakers) = (model, vectors, between, begins, speakers)
        let cells = [Float](repeating: 0, count: vectors.count * speakers)
        (likelihoods, forward, backward) = (cells, cells, cells)
        constants = [Double](repeating: 0, count: vectors.count)
        scales = constants
        norms = (0..<vectors.count).map { window in
            -0.5 * vectors[window].reduce(Double(vectors.size) * log(2 * Double.pi)) { $0 + Double($1) * Double($1) }
        }
    }

    /// One round of speaker models, posteriors and priors. Returns the bound.
    mutating func iterate(_ result: inout VariationalHMM.Result) -> Double {
        let penalty = measureLikelihoods(result.posteriors)
        let evidence = runForward(result.priors)
        runBackward(result.priors)
        update(&result)
        return evidence + penalty
    }

    /// Fits the speakers to the posteriors (equations 17 and 18) and fills in the likelihoods. Returns the part of the bound
    /// that the speakers make up.
    private mutating func measureLikelihoods(_ posteriors: [Float]) -> Double {
        let (size, ratio) = (vectors.size, model.acousticFactor / model.speakerFactor)
        let roots = between.map { $0.squareRoot() }
        var (penalty, weights, offsets) = (0.0, [[Float]](), [Float]())
        for speaker in 0..<speakers {
            var (count, sums) = (0.0, [Double](repeating: 0, count: size))
            for window in 0..<vectors.count {
                let share = posteriors[window * speakers + speaker]
                guard share > 1e-8 else { continue }
                count += Double(share)
                for (index, value) in vectors[window].enumerated() { sums[index] += Double(share * value) }
            }
            var (row, offset) = ([Float](repeating: 0, count: size), Float(0))
            for index in 0..<size {
                let variance = 1 / (1 + Double(ratio) * count * Double(between[index]))
                let mean = Double(ratio) * variance * sums[index] * Double(roots[index])
                row[index] = Float(mean) * roots[index]
                offset += Float(0.5 * (variance + mean * mean)) * between[index]
                penalty += 0.5 * Double(model.speakerFactor) * (log(variance) - variance - mean * mean + 1)
            }
            weights.append(row)
            offsets.append(offset)
        }
        fill(weights, offsets)
        return penalty
    }

    /// exp(log likelihood − the largest of the window), and that largest.
    private mutating func fill(_ weights: [[Float]], _ offsets: [Float]) {
        for window in 0..<vectors.count {
            let vector = vectors[window]
            var largest = -Float.infinity
            for speaker in 0..<speakers {
                let value = model.acousticFactor * (Vectors.product(weights[speaker][...], vector) - offsets[speaker])
                likelihoods[window * speakers + speaker] = value
                largest = max(largest, value)
            }
            for cell in window * speakers..<(window + 1) * speakers { likelihoods[cell] = expf(likelihoods[cell] - largest) }
            constants[window] = Double(largest) + Double(model.acousticFactor) * norms[window]
        }
    }

    private func loop(into window: Int) -> Float { begins[window] ? model.loopAcrossPause : model.loop }

    /// Forward probabilities, each window's scaled to a sum of 1. Returns the logarithm of the evidence.
    private mutating func runForward(_ priors: [Float]) -> Double {
        var evidence = 0.0
        for window in 0..<vectors.count {
            let (row, before) = (window * speakers, (window - 1) * speakers)
            let stay = window > 0 ? loop(into: window) : 0
            var sum: Float = 0
            for speaker in 0..<speakers {
                let reached = (1 - stay) * priors[speaker] + (window > 0 ? stay * forward[before + speaker] : 0)
                forward[row + speaker] = reached * likelihoods[row + speaker]
                sum += forward[row + speaker]
            }
            sum = max(sum, .leastNormalMagnitude)
            for speaker in 0..<speakers { forward[row + speaker] /= sum }
            scales[window] = Double(sum)
            evidence += log(Double(sum)) + constants[window]
        }
        return evidence
    }

    private mutating func runBackward(_ priors: [Float]) {
        guard vectors.count > 0 else { return }
        for cell in (vectors.count - 1) * speakers..<vectors.count * speakers { backward[cell] = 1 }
        for window in stride(from: vectors.count - 2, through: 0, by: -1) {
            let (row, next) = (window * speakers, (window + 1) * speakers)
            let (stay, scale) = (loop(into: window + 1), Float(scales[window + 1]))
            var common: Float = 0
            for speaker in 0..<speakers { common += priors[speaker] * likelihoods[next + speaker] * backward[next + speaker] }
            for speaker in 0..<speakers {
                let same = stay * likelihoods[next + speaker] * backward[next + speaker]
                backward[row + speaker] = (same + (1 - stay) * common) / scale
            }
        }
    }

    /// Posteriors, and priors from the moves between speakers (equation 24).
    private mutating func update(_ result: inout VariationalHMM.Result) {
        var priors = [Double](repeating: 0, count: speakers)
        for window in 0..<vectors.count {
            let row = window * speakers
            var sum: Float = 0
            for cell in row..<row + speakers { result.posteriors[cell] = forward[cell] * backward[cell]; sum += result.posteriors[cell] }
            for cell in row..<row + speakers { result.posteriors[cell] /= max(sum, .leastNormalMagnitude) }
            let move = window > 0 ? (1 - loop(into: window)) / Float(scales[window]) : 0
            for speaker in 0..<speakers {
                let cell = row + speaker
                priors[speaker] += window == 0
                    ? Double(result.posteriors[cell]) : Double(move * result.priors[speaker] * likelihoods[cell] * backward[cell])
            }
        }
        let total = priors.reduce(0, +)
        if total > 0 { result.priors = priors.map { Float($0 / total) } }
    }
}
