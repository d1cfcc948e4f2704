import Testing
import Timeline

@testable import Diarization

@Suite struct DiarizationKnownVoicesTests {
    /// A track of one-second windows with given vectors.
    private func track(_ vectors: [[Float]]) -> EmbeddingTrack {
        var track = EmbeddingTrack()
        for (index, vector) in vectors.enumerated() {
            track.windows.append(index * 50..<(index + 1) * 50)
            track.vectors.append(vector.normalized)
        }
        return track
    }

    @Test func `speakers get the names of voices like theirs, each name once`() {
        var random = RandomVectors(seed: 7)
        let people = (0..<3).map { _ in random.vector(64).normalized }
        func near(_ person: Int) -> [Float] { zip(people[person], random.vector(64)).map { $0 + 0.03 * $1 } }
        let recording = track([near(0), near(1), near(1), near(0), near(2)])
        let turns = [0, 1, 1, 0, 2].enumerated().map { second, speaker in
            FoundTurn(segment: Segment(start: .seconds(Int64(second)), end: .seconds(Int64(second) + 1))!, speaker: speaker, confidence: 1)
        }
        var voices = KnownVoices()
        let enrolled = [("Ada", track([near(1)])), ("Ben", track([near(0), near(0)])), ("nobody", EmbeddingTrack())].map { voices.enrol($0, $1) }
        #expect(enrolled == [true, true, false])
        #expect(voices.names(of: turns, in: recording) == ["Ben", "Ada", nil])
    }
}
