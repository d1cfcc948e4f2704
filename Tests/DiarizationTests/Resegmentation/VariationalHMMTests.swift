import Glibc
import Testing

@testable import Diarization

@Suite struct DiarizationVariationalHMMTests {
    /// Windows of speakers in turns, in a space in which their means have variance `between` and they scatter with variance 1.
    private func conversation(_ seed: UInt64, speakers: Int, windows: Int, between: [Float]) -> (Vectors, [Int]) {
        var random = RandomVectors(seed: seed)
        let means = (0..<speakers).map { _ in between.map { $0.squareRoot() * random.normal() } }
        var (vectors, labels, speaker) = (Vectors(size: between.count), [Int](), 0)
        for _ in 0..<windows {
            if random.uniform() < 0.1 { speaker = Int(random.uniform() * Double(speakers)) }
            vectors.append(means[speaker].map { $0 + random.normal() })
            labels.append(speaker)
        }
        return (vectors, labels)
    }

    @Test(arguments: 1...8) func `the bound never falls`(seed: Int) {
        let between = (0..<16).map { 4 / Float(1 + $0) }
        let (vectors, truth) = conversation(UInt64(seed), speakers: 3, windows: 200, between: between)
        var random = RandomVectors(seed: UInt64(seed))
        let guess = truth.map { random.uniform() < 0.3 ? Int(random.uniform() * 6) : $0 }
        let begins = truth.indices.map { $0 % 17 == 0 }
        var model = VariationalHMM()
        (model.acousticFactor, model.speakerFactor) = (0.4, 4)
        let bounds = model.run(vectors, between: between, labels: guess, begins: begins).bounds
        #expect(bounds.count > 1)
        #expect(zip(bounds, bounds.dropFirst()).allSatisfy { $1 >= $0 - 1e-3 * abs($0) * 1e-2 })
    }

    @Test func `speakers are found from a guess with errors and with too many speakers`() {
        let between = [Float](repeating: 4, count: 24)
        let (vectors, truth) = conversation(2, speakers: 3, windows: 300, between: between)
        var random = RandomVectors(seed: 8)
        let guess = truth.map { random.uniform() < 0.2 ? 3 + Int(random.uniform() * 3) : $0 }
        let result = VariationalHMM().run(vectors, between: between, labels: guess, begins: truth.map { _ in false })
        #expect(agree((0..<300).map(result.likeliest), truth))
    }

    /// The posteriors given fixed speaker models, by summing over every path.
    @Test func `posteriors are those of all paths`() {
        let between: [Float] = [3, 1]
        var random = RandomVectors(seed: 31)
        var vectors = Vectors(size: 2)
        for _ in 0..<6 { vectors.append(random.vector(2)) }
        let (labels, begins) = ([0, 0, 1, 1, 2, 2], [true, false, false, true, false, false])
        var model = VariationalHMM()
        model.iterations = 1
        let result = model.run(vectors, between: between, labels: labels, begins: begins)
        let expected = BruteForce(model: model, vectors: vectors, between: between, begins: begins, labels: labels).posteriors
        for (a, b) in zip(result.posteriors, expected) { #expect(abs(Double(a) - b) < 1e-4) }
    }

    @Test func `posteriors of a window and priors add up to 1`() {
        let between: [Float] = [3, 2, 1]
        let (vectors, truth) = conversation(4, speakers: 2, windows: 80, between: between)
        let result = VariationalHMM().run(vectors, between: between, labels: truth, begins: truth.map { _ in false })
        for window in 0..<80 { #expect(abs(result.posterior(window).reduce(0, +) - 1) < 1e-5) }
        #expect(abs(result.priors.reduce(0, +) - 1) < 1e-5)
    }
}

/// The same model in doubles, path by path.
private struct BruteForce {
    let model: VariationalHMM
    let vectors: Vectors
    let between: [Float]
    let begins: [Bool]
    let labels: [Int]

    var posteriors: [Double] {
        let (count, speakers) = (vectors.count, 3)
        let scores = likelihoods(speakers)
        var (sums, total) = ([Double](repeating: 0, count: count * speakers), 0.0)
        for code in 0..<Int(pow(Double(speakers), Double(count))) {
            let path = (0..<count).map { code / Int(pow(Double(speakers), Double($0))) % speakers }
            var probability = 1 / Double(speakers) * exp(scores[0][path[0]])
            for window in 1..<count {
                let stay = Double(begins[window] ? model.loopAcrossPause : model.loop)
                let move = (1 - stay) / Double(speakers)
                probability *= (path[window] == path[window - 1] ? stay + move : move) * exp(scores[window][path[window]])
            }
            total += probability
            for window in 0..<count { sums[window * speakers + path[window]] += probability }
        }
        return sums.map { $0 / total }
    }

    /// Landini et al. 2022, equations 17, 18 and 23, without what all speakers share.
    private func likelihoods(_ speakers: Int) -> [[Double]] {
        let ratio = Double(model.acousticFactor / model.speakerFactor)
        let other = 1 / (exp(Double(model.smoothing)) + Double(speakers - 1))
        let shares = labels.map { label in (0..<speakers).map { $0 == label ? 1 - other * Double(speakers - 1) : other } }
        let models = (0..<speakers).map { speaker in
            between.indices.map { index -> (mean: Double, variance: Double) in
                let count = shares.reduce(0) { $0 + $1[speaker] }
                let variance = 1 / (1 + ratio * count * Double(between[index]))
                let sum = zip(shares, 0..<vectors.count).reduce(0.0) { $0 + $1.0[speaker] * Double(vectors[$1.1][vectors[$1.1].startIndex + index]) }
                return (ratio * variance * sum * Double(between[index]).squareRoot(), variance)
            }
        }
        return (0..<vectors.count).map { window in
            let x = Array(vectors[window])
            return models.map { model in
                Double(self.model.acousticFactor) * between.indices.reduce(0.0) { sum, index in
                    let phi = Double(between[index])
                    return sum + Double(x[index]) * phi.squareRoot() * model[index].mean - 0.5 * phi * (model[index].variance + model[index].mean * model[index].mean)
                }
            }
        }
    }
}
