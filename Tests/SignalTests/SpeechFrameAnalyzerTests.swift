import Testing

@testable import Signal

@Suite struct SpeechFrameAnalyzerTests {
    private func frames(_ sound: [Float], block: Int = 4096) -> SpeechFrames {
        var analyzer = SpeechFrameAnalyzer()
        for start in stride(from: 0, to: sound.count, by: block) {
            analyzer.append(sound[start..<min(sound.count, start + block)])
        }
        analyzer.finish()
        return analyzer.frames
    }

    @Test(arguments: [80, 800, 8000, 8079, 12_345]) func `there is one frame for every whole 10 ms`(samples: Int) {
        let sound = Array(MadeSound.noise(amplitude: 0.1, seconds: 2, seed: 1)[..<samples])
        #expect(frames(sound).count == samples / 80)
    }

    @Test func `the size of the blocks changes nothing`() {
        let sound = MadeSound.voice(pitch: 120, amplitude: 0.1, seconds: 1.5)
        let whole = frames(sound, block: sound.count)
        for block in [1, 7, 80, 1000] {
            let parts = frames(sound, block: block)
            #expect(parts.level == whole.level, "blocks of \(block)")
            #expect(parts.periodicity == whole.periodicity, "blocks of \(block)")
        }
    }

    @Test func `the level of a sine is its power in half decibels above -110`() {
        // Amplitude 0.5: power 0.125, -9.03 dB; (110 - 9.03) · 2 = 201.9.
        let level = frames(MadeSound.sine(1000, amplitude: 0.5, seconds: 1)).level
        #expect(level[10..<90].allSatisfy { (201...203).contains($0) })
    }

    @Test func `sound below the band is damped by its distance from 250 Hz`() {
        // Second-order Butterworth: 10·log10(1 + (250/50)^4) = 28 dB at 50 Hz, 3 dB at 250 Hz.
        let reference = Double(frames(MadeSound.sine(1000, amplitude: 0.5, seconds: 1)).level[50])
        let corner = Double(frames(MadeSound.sine(250, amplitude: 0.5, seconds: 1)).level[50])
        let hum = Double(frames(MadeSound.sine(50, amplitude: 0.5, seconds: 1)).level[50])
        #expect(abs((reference - corner) / 2 - 3) < 1)
        #expect(abs((reference - hum) / 2 - 28) < 3)
    }

    @Test(arguments: [75.0, 110, 180, 260, 390]) func `a voiced sound is periodic`(pitch: Double) {
        let periodicity = frames(MadeSound.voice(pitch: pitch, amplitude: 0.1, seconds: 1)).periodicity
        #expect(periodicity[10..<90].allSatisfy { $0 > 200 }, "\(pitch) Hz")
    }

    @Test func `noise is hardly periodic and silence not at all`() {
        let noise = frames(MadeSound.noise(amplitude: 0.3, seconds: 2, seed: 3)).periodicity[10..<190].map(Int.init)
        #expect(noise.reduce(0, +) / noise.count < 128)
        #expect(frames(MadeSound.silence(seconds: 1)).periodicity.allSatisfy { $0 == 0 })
    }
}
