import Glibc
import Testing
import Timeline

@testable import Diarization

@Suite struct NetworkSpeechDetectorTests {
    private func posterior(_ sound: [Float], block: Int = 1 << 16, stretch: Int = 4000) -> [Float] {
        var detector = NetworkSpeechDetector(stretch: stretch)
        for start in stride(from: 0, to: sound.count, by: block) { detector.append(sound[start..<min(sound.count, start + block)]) }
        detector.finish()
        return detector.posterior.values
    }

    private func noise(_ seconds: Int, level: Float, seed: UInt64 = 1) -> [Float] {
        var state = seed
        return (0..<seconds * 16000).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Float(Int32(truncatingIfNeeded: state >> 32)) * 0x1p-31 * level
        }
    }

    @Test(arguments: [0, 1, 319, 320, 640, 16_000]) func `there is one value for every whole 20 ms`(samples: Int) {
        #expect(posterior([Float](repeating: 0.01, count: samples)).count == samples / 320)
    }

    @Test func `nobody speaks in silence, noise or a tone`() {
        let tone = (0..<16000 * 10).map { Float(0.3 * sin(2 * Double.pi * 440 * Double($0) / 16000)) }
        for sound in [[Float](repeating: 0, count: 160_000), noise(10, level: 0.1), noise(10, level: 0.001), tone] {
            let posterior = SpeechPosterior(hop: .milliseconds(20), values: posterior(sound))
            #expect(SpeechSegmenter().segments(of: posterior, end: .seconds(10)).isEmpty)
        }
    }

    @Test func `the size of the blocks changes nothing`() {
        let sound = noise(3, level: 0.1)
        #expect(posterior(sound, block: 1000) == posterior(sound))
    }

    @Test func `a stretch knows all it depends on`() {
        let voiced = (0..<16000 * 200).map { n in
            let time = Double(n) / 16000
            return Float(sin(2 * Double.pi * (120 + 20 * sin(3 * time)) * time) * max(0, sin(time)) * 0.2)
        }
        let sound = zip(voiced, noise(200, level: 0.01)).map { $0 + $1 }
        let (parts, whole) = (posterior(sound), posterior(sound, stretch: 20_000))
        #expect(parts.count == 10_000)
        #expect(zip(parts, whole).allSatisfy { abs($0 - $1) < 1e-4 })
    }
}
