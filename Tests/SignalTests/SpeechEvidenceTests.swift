import Testing

@testable import Signal

@Suite struct SpeechEvidenceTests {
    /// Half a second of voice every two seconds, over faint noise.
    private func talk(gain: Float = 1) -> [Float] {
        var sound = MadeSound.noise(amplitude: 0.001, seconds: 40, seed: 9)
        let voice = MadeSound.voice(pitch: 130, amplitude: 0.1, seconds: 0.5)
        for start in stride(from: 8000, to: sound.count - voice.count, by: 16_000) {
            for (index, sample) in voice.enumerated() { sound[start + index] += sample }
        }
        return sound.map { $0 * gain }
    }

    private func evidence(_ sound: [Float]) -> [UInt8] {
        var analyzer = SpeechFrameAnalyzer()
        analyzer.append(sound[...])
        analyzer.finish()
        return SpeechEvidence.values(of: analyzer.frames)
    }

    @Test func `voice over a quiet room is speech and the room is not`() {
        let values = evidence(talk())
        for second in stride(from: 1, to: 37, by: 2) {
            #expect(values[second * 100 + 15..<second * 100 + 35].allSatisfy { $0 > 200 }, "voice at \(second) s")
            #expect(values[second * 100 + 80..<second * 100 + 180].allSatisfy { $0 < 40 }, "room after \(second) s")
        }
    }

    @Test func `the gain of the recording does not matter`() {
        let loud = evidence(talk()), quiet = evidence(talk(gain: 0.05))
        let far = zip(loud, quiet).count { abs(Int($0) - Int($1)) > 20 }
        #expect(far < loud.count / 100)
    }

    @Test func `no frames give no values`() { #expect(SpeechEvidence.values(of: SpeechFrames()).isEmpty) }
}

@Suite struct SmoothingTests {
    @Test func `the moving mean takes what there is at the ends`() {
        #expect([Float](arrayLiteral: 0, 3, 6, 9).boxSmoothed(radius: 1) == [1.5, 3, 6, 7.5])
    }

    @Test func `a kernel repeats the end values`() {
        #expect([Float](arrayLiteral: 1, 1, 5).smoothed(by: [0.25, 0.5, 0.25]) == [1, 2, 4])
    }

    @Test func `a rolling percentile follows a step after half its width`() {
        // 20 s at 10 dB, then 20 s at 50 dB; windows of 4 s.
        let level = [Float](repeating: 10, count: 2000) + [Float](repeating: 50, count: 2000)
        let median = RollingPercentile(fraction: 0.5, width: 40, smoothing: 0).values(of: level)
        #expect(median.count == 400)
        #expect(median[..<199].allSatisfy { $0 == 10 })
        #expect(median[202...].allSatisfy { $0 == 50 })
    }
}
