import Testing
import Timeline

@testable import Diarization

@Suite struct DiarizationTurnTests {
    private func turn(_ start: Int64, _ end: Int64, _ speaker: Int) -> FoundTurn {
        FoundTurn(segment: Segment(start: .milliseconds(start), end: .milliseconds(end))!, speaker: speaker, confidence: 1)
    }

    @Test(arguments: 1...20) func `exclusive turns cover the same time once`(seed: Int) {
        var random = RandomVectors(seed: UInt64(seed))
        let turns = (0..<30).map { _ -> FoundTurn in
            let start = Int64(random.uniform() * 10_000)
            return turn(start, start + 1 + Int64(random.uniform() * 2000), Int(random.uniform() * 4))
        }.sorted { $0.segment.start < $1.segment.start }
        let exclusive = turns.exclusive
        func covered(_ turns: [FoundTurn]) -> [Bool] { (0..<12_100).map { time in turns.contains { ($0.segment.start.milliseconds..<$0.segment.end.milliseconds).contains(time) } } }
        #expect(covered(exclusive) == covered(turns))
        #expect(zip(exclusive, exclusive.dropFirst()).allSatisfy { $0.segment.end <= $1.segment.start })
    }

    @Test func `given speech is joined and cut at zero`() {
        let parts = [turn(5000, 6000, 0), turn(-500, 700, 0), turn(600, 900, 1), turn(900, 1000, 0), turn(-9, -3, 0)].map(\.segment)
        #expect(SpeechStretches.joined(parts) == [turn(0, 1000, 0).segment, turn(5000, 6000, 0).segment])
    }

    /// A track of given speakers, one window for each 0.24 s.
    private func track(_ speakers: [Int], pauses: Set<Int> = []) -> (EmbeddingTrack, VariationalHMM.Result) {
        var (track, first) = (EmbeddingTrack(), 0)
        for window in speakers.indices {
            track.windows.append(window * 12..<window * 12 + 12)
            guard window + 1 == speakers.count || pauses.contains(window + 1) else { continue }
            let frames = first * 12..<(window + 1) * 12
            let segment = Segment(start: .zero + EmbeddingTrack.hop * frames.lowerBound, end: .zero + EmbeddingTrack.hop * frames.upperBound)!
            track.stretches.append(.init(segment: segment, frames: frames, windows: first..<window + 1, details: 0..<0))
            first = window + 1
        }
        track.overlap = [UInt8](repeating: 0, count: speakers.count * 12)
        let count = (speakers.max() ?? 0) + 1
        let shares = speakers.flatMap { speaker in (0..<count).map { $0 == speaker ? Float(1) : 0 } }
        return (track, .init(posteriors: shares, priors: [Float](repeating: 1 / Float(count), count: count)))
    }

    @Test(arguments: 1...10) func `turns of one speaker at a time cover the speech, and only their names change with the speakers' numbers`(seed: Int) {
        var random = RandomVectors(seed: UInt64(seed))
        let speakers = (0..<60).map { _ in Int(random.uniform() * 3) }
        let (track, result) = track(speakers, pauses: [13, 40])
        let turns = TurnBuilder(track: track, posteriors: result, onset: nil).turns()
        let time = turns.reduce(TimeDelta.zero) { $0 + $1.segment.duration }
        #expect(time == .milliseconds(60 * 240))
        let (other, renamed) = self.track(speakers.map { [2, 0, 1][$0] }, pauses: [13, 40])
        #expect(TurnBuilder(track: other, posteriors: renamed, onset: nil).turns() == turns)
    }

    @Test func `a second speaker is named where two are heard`() throws {
        var (track, result) = track([0, 0, 0, 0, 1, 1, 1, 1])
        for frame in 42..<54 { track.overlap[frame] = 255 }
        let turns = TurnBuilder(track: track, posteriors: result, onset: 0.5).turns()
        #expect(turns.map(\.speaker) == [0, 1])
        #expect(turns.map(\.segment) == [turn(0, 1080, 0).segment, turn(840, 1920, 1).segment])
        #expect(TurnBuilder(track: track, posteriors: result, onset: nil).turns().map(\.segment) == [turn(0, 960, 0).segment, turn(960, 1920, 1).segment])
    }
}
