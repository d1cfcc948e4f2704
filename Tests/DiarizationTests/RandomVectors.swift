import Glibc

@testable import Diarization

/// Seeded numbers and vectors for tests.
struct RandomVectors {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    /// 0..<1.
    mutating func uniform() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 11) * 0x1p-53
    }

    /// Of variance 1 (Box and Muller 1958).
    mutating func normal() -> Float { Float(sqrt(-2 * log(1 - uniform())) * cos(2 * Double.pi * uniform())) }

    mutating func vector(_ size: Int) -> [Float] { (0..<size).map { _ in normal() } }

    /// Vectors of length 1 around centres of length 1, and the centre of each.
    mutating func clusters(_ counts: [Int], size: Int, scatter: Float) -> (vectors: Vectors, labels: [Int]) {
        let centres = counts.map { _ in vector(size).normalized }
        var (vectors, labels) = (Vectors(size: size), [Int]())
        for (label, count) in counts.enumerated() {
            for _ in 0..<count {
                let noise = vector(size).normalized
                vectors.append(zip(centres[label], noise).map { $0 + scatter * $1 }.normalized)
                labels.append(label)
            }
        }
        return (vectors, labels)
    }
}

/// Whether two labellings divide the same things alike, whatever the labels are called.
func agree(_ a: [Int], _ b: [Int]) -> Bool {
    var (there, back): ([Int: Int], [Int: Int]) = ([:], [:])
    return a.count == b.count && zip(a, b).allSatisfy { x, y in
        if there[x] == nil { there[x] = y }
        if back[y] == nil { back[y] = x }
        return there[x] == y && back[y] == x
    }
}
