import Testing
import Timeline

@testable import Diarization

@Suite struct DiarizationSpeakerLookupTests {
    private func segment(_ start: Int64, _ end: Int64) -> Segment { Segment(start: .milliseconds(start), end: .milliseconds(end))! }
    private func turn(_ start: Int64, _ end: Int64, _ speaker: Int) -> FoundTurn { FoundTurn(segment: segment(start, end), speaker: speaker, confidence: 1) }

    @Test(arguments: 1...20) func `the speaker is the one of the longest time, as counted millisecond by millisecond`(seed: Int) {
        var random = RandomVectors(seed: UInt64(seed))
        let turns = (0..<40).map { _ -> FoundTurn in
            let start = Int64(random.uniform() * 8000)
            return turn(start, start + 1 + Int64(random.uniform() * 900), Int(random.uniform() * 3))
        }.sorted { $0.segment.start < $1.segment.start }
        let lookup = SpeakerLookup(turns, reach: .zero)
        for _ in 0..<30 {
            let start = Int64(random.uniform() * 9000)
            let stretch = segment(start, start + 1 + Int64(random.uniform() * 400))
            var counts = [Int64](repeating: 0, count: 3)
            for turn in turns { counts[turn.speaker] += turn.segment.intersection(stretch)?.duration.milliseconds ?? 0 }
            let found = lookup.speaker(in: stretch)
            if let found { #expect(counts[found] == counts.max()) } else { #expect(counts.max() == 0) }
        }
    }

    @Test func `words get speakers, and those far from any turn keep what they say`() {
        var layer = Layer(id: "words", kind: .words)
        for (index, start) in [100, 950, 1400, 5000].enumerated() {
            layer.labels.append(Label(id: LabelID("w", index), span: .segment(segment(Int64(start), Int64(start) + 200)), content: .word(Word("x"))))
        }
        let document = Document(media: Media(name: "a.wav"), layers: [layer])
        let turns = [turn(0, 1000, 0), turn(1000, 1300, 1)]
        let speakers = document.withSpeakers(of: turns, names: [nil, "Ada"]).layers[0].labels.map(\.content.speaker)
        #expect(speakers == ["S1", "Ada", "Ada", nil])
    }

    @Test func `a layer for each speaker holds every turn once`() {
        let turns = [turn(0, 1000, 0), turn(500, 1300, 1), turn(1400, 1500, 0)]
        let document = Document(turns: turns, in: Media(name: "a.wav"), layout: .layerPerSpeaker, parameters: [])
        #expect(document.layers.map(\.speaker) == ["S1", "S2"])
        #expect(document.layers.map(\.labels.count) == [2, 1])
        #expect(document.problems().isEmpty)
        let regions = Document(turns: turns, in: Media(name: "a.wav"), layout: .regions, parameters: [])
        #expect(regions.layers[0].labels.map(\.span) == [.segment(segment(0, 1300)), .segment(segment(1400, 1500))])
    }
}
