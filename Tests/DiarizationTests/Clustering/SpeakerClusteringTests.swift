import Testing

@testable import Diarization

@Suite struct DiarizationSpeakerClusteringTests {
    private func clustering(block: Int = 500) -> SpeakerClustering {
        var clustering = SpeakerClustering()
        (clustering.blockSize, clustering.similarities, clustering.blockSimilarity) = (block, [0.4], 0.6)
        return clustering
    }

    @Test(arguments: [30, 100, 500]) func `blocks find the speakers that the whole has`(block: Int) {
        var random = RandomVectors(seed: 9)
        let (vectors, truth) = random.clusters([60, 90, 40, 70], size: 64, scatter: 0.7)
        let order = (0..<vectors.count).sorted { ($0 * 7919) % 260 < ($1 * 7919) % 260 }
        var shuffled = Vectors(size: 64)
        for index in order { shuffled.append(vectors[index]) }
        let labels = clustering(block: block).labels(of: shuffled, weights: [Float](repeating: 1, count: 260))[0]
        #expect(agree(labels, order.map { truth[$0] }))
    }

    @Test(arguments: 1...6) func `the number of speakers is kept to`(count: Int) {
        var random = RandomVectors(seed: 21)
        let (vectors, _) = random.clusters([50, 50, 50], size: 32, scatter: 1)
        var clustering = clustering()
        clustering.speakers = count...count
        let labels = clustering.labels(of: vectors, weights: [Float](repeating: 1, count: 150))[0]
        #expect(Set(labels) == Set(0..<count))
    }

    @Test func `what forms no cluster is put into the nearest`() {
        var random = RandomVectors(seed: 4)
        let (vectors, truth) = random.clusters([30, 30], size: 32, scatter: 0.5)
        let weights = (0..<60).map { $0 % 3 == 0 ? Float(0) : 1 }
        #expect(agree(clustering().labels(of: vectors, weights: weights)[0], truth))
        #expect(clustering().labels(of: vectors, weights: [Float](repeating: 0, count: 60))[0] == [Int](repeating: 0, count: 60))
    }
}
