import Glibc
import Testing
import Timeline

@testable import Diarization

@Suite struct DiarizationDiarizerTests {
    private func turns(_ sound: [Float], speech: [Segment]? = nil, block: Int = 1 << 16, frames: Int = 9000) -> [FoundTurn] {
        var settings = Diarizer.Settings()
        settings.speech = speech
        var diarizer = Diarizer(settings, block: frames)
        for start in stride(from: 0, to: sound.count, by: block) { diarizer.append(sound[start..<min(sound.count, start + block)]) }
        return SpeakerAssignment().turns(of: diarizer.finish())
    }

    private func noise(_ samples: Int, level: Float) -> [Float] {
        var random = RandomVectors(seed: 1)
        return (0..<samples).map { _ in Float(random.uniform() - 0.5) * 2 * level }
    }

    /// A voice-like sound: pulses at a pitch through one resonance, with syllables.
    private func voice(_ seconds: Int, pitch: Double, resonance: Double) -> [Float] {
        var (phase, a, b) = (0.0, 0.0, 0.0)
        let (radius, angle) = (0.97, 2 * Double.pi * resonance / 16000)
        return (0..<seconds * 16000).map { sample in
            phase += pitch / 16000
            let pulse = phase >= 1 ? 1.0 : 0.0
            phase -= phase.rounded(.down)
            let out = pulse + 2 * radius * cos(angle) * a - radius * radius * b
            (a, b) = (out, a)
            return Float(0.1 * out * max(0.05, sin(Double(sample) / 16000 * 2 * Double.pi * 4)))
        }
    }

    @Test(arguments: [0, 1, 319, 320, 640, 16_000]) func `silence of any length has no speaker`(samples: Int) {
        #expect(turns([Float](repeating: 0, count: samples)).isEmpty)
    }

    @Test func `noise and a tone have no speaker`() {
        #expect(turns(noise(64_000, level: 0.1)).isEmpty)
        #expect(turns((0..<64_000).map { Float(0.3 * sin(2 * Double.pi * 440 * Double($0) / 16000)) }).isEmpty)
    }

    @Test(arguments: [1, 200, 16_000, 20_001]) func `speech that is given always has a speaker`(samples: Int) throws {
        let whole = try #require(Segment(start: .zero, end: Timestamp(units: Int64(samples), perSecond: 16_000)))
        for sound in [[Float](repeating: 0, count: samples), noise(samples, level: 1), [Float](repeating: 1, count: samples)] {
            let found = turns(sound, speech: [whole])
            if samples >= 320 { #expect(found.map(\.segment) == [whole]) } else { #expect(found.count <= 1) }
        }
    }

    @Test func `the size of the blocks changes nothing`() throws {
        let sound = voice(2, pitch: 110, resonance: 500) + voice(2, pitch: 220, resonance: 1500)
        let whole = try #require(Segment(start: .zero, end: .seconds(4)))
        #expect(turns(sound, speech: [whole]) == turns(sound, speech: [whole], block: 777))
    }

    @Test func `two sounds that alternate are two speakers`() throws {
        let (low, high) = (voice(4, pitch: 100, resonance: 400), voice(4, pitch: 230, resonance: 1800))
        let whole = try #require(Segment(start: .zero, end: .seconds(16)))
        let found = turns(low + high + low + high, speech: [whole]).exclusive
        #expect(found.map(\.speaker) == [0, 1, 0, 1])
        for (turn, start) in zip(found, [0, 4, 8, 12]) { #expect(abs(turn.segment.start.milliseconds - Int64(start) * 1000) <= 750) }
    }

    @Test func `more than a block of sound is whole`() throws {
        let sound = voice(9, pitch: 120, resonance: 600)
        let whole = try #require(Segment(start: .zero, end: .seconds(9)))
        let found = turns(sound, speech: [whole], frames: 130)
        #expect(found.exclusive.reduce(TimeDelta.zero) { $0 + $1.segment.duration } == .seconds(9))
        #expect(found.map(\.segment.end).max() == .seconds(9))
    }
}
