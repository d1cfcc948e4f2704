import Testing

@testable import Diarization

@Suite struct DiarizationAgglomerationTests {
    /// Joins the two clusters of the greatest mean similarity, over all pairs of their members, until `count` are left.
    private func bruteForce(_ vectors: Vectors, clusters count: Int) -> [Int] {
        var clusters = (0..<vectors.count).map { [$0] }
        while clusters.count > count {
            var best = (similarity: -Float.infinity, first: 0, second: 0)
            for first in clusters.indices {
                for second in clusters.indices where second > first {
                    let pairs = clusters[first].flatMap { a in clusters[second].map { (a, $0) } }
                    let mean = pairs.reduce(Float(0)) { sum, pair in
                        sum + zip(vectors[pair.0], vectors[pair.1]).reduce(0) { $0 + $1.0 * $1.1 }
                    } / Float(pairs.count)
                    if mean > best.similarity { best = (mean, first, second) }
                }
            }
            clusters[best.first] += clusters.remove(at: best.second)
        }
        var labels = [Int](repeating: 0, count: vectors.count)
        for (label, members) in clusters.enumerated() { for member in members { labels[member] = label } }
        return labels
    }

    @Test(arguments: 1...12) func `clusters are those of joining the most similar pair again and again`(seed: Int) {
        var random = RandomVectors(seed: UInt64(seed))
        let (vectors, _) = random.clusters([7, 5, 9, 2], size: 8, scatter: 1.5)
        let tree = Agglomeration(sums: vectors, weights: [Float](repeating: 1, count: vectors.count))
        for count in [1, 2, 3, 5, 9, 22, 23] { #expect(agree(tree.labels(clusters: count), bruteForce(vectors, clusters: count))) }
    }

    @Test func `similarities fall, and a threshold cuts where they pass it`() {
        var random = RandomVectors(seed: 3)
        let (vectors, _) = random.clusters([10, 10, 10], size: 6, scatter: 1)
        let tree = Agglomeration(sums: vectors, weights: [Float](repeating: 1, count: 30))
        #expect(zip(tree.merges, tree.merges.dropFirst()).allSatisfy { $0.similarity >= $1.similarity })
        for (index, merge) in tree.merges.enumerated() where index == 0 || tree.merges[index - 1].similarity > merge.similarity {
            #expect(tree.labels(similarity: merge.similarity.nextUp) == tree.labels(clusters: 30 - index))
        }
    }

    @Test func `clusters of clusters are clusters of their members`() {
        var random = RandomVectors(seed: 5)
        let (vectors, _) = random.clusters([6, 8, 4], size: 8, scatter: 0.8)
        let ones = [Float](repeating: 1, count: vectors.count)
        let fine = Agglomeration(sums: vectors, weights: ones).labels(clusters: 9)
        let sums = ClusterSums(vectors, weights: ones, labels: fine)
        var nodes = Vectors(size: 8)
        for sum in sums.sums { nodes.append(sum) }
        let coarse = Agglomeration(sums: nodes, weights: sums.weights).labels(clusters: 3)
        #expect(agree(fine.map { coarse[$0] }, Agglomeration(sums: vectors, weights: ones).labels(clusters: 3)))
    }

    @Test func `no vector, one vector, and the same vector many times`() {
        #expect(Agglomeration(sums: Vectors(size: 4), weights: []).labels(clusters: 1).isEmpty)
        var same = Vectors(size: 2)
        same.append([1, 0])
        #expect(Agglomeration(sums: same, weights: [1]).labels(similarity: 0.5) == [0])
        for _ in 0..<9 { same.append([1, 0]) }
        #expect(Agglomeration(sums: same, weights: [Float](repeating: 1, count: 10)).labels(similarity: 0.99) == [Int](repeating: 0, count: 10))
    }
}
