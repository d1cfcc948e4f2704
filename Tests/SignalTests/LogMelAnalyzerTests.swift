import Glibc
import Testing

@testable import Signal

@Suite struct LogMelAnalyzerTests {
    /// A tone at 440 Hz over a rattle of 1000 steps, as in the known answers.
    private let sound = (0..<16000).map { n in
        Float(0.3 * sin(2 * Double.pi * 440 * Double(n) / 16000) + (Double(n * 7919 % 1000) / 1000 - 0.5) * 0.01)
    }

    private func frames(_ sound: [Float], block: Int = 4096) -> [Float] {
        let analyzer = LogMelAnalyzer()
        var frames: [Float] = []
        for start in stride(from: 0, to: sound.count, by: block) {
            analyzer.append(sound[start..<min(sound.count, start + block)], into: &frames)
        }
        analyzer.finish(into: &frames)
        return frames
    }

    /// What training/speech-detector/features.py (numpy) gives for the sound.
    @Test(arguments: [
        (0, 0, 0.718718), (0, 10, 0.060440), (0, 39, -5.301837), (50, 9, -4.662589), (50, 10, -7.519763), (50, 25, -4.917974),
        (99, 10, 0.050171), (99, 39, -5.529860),
    ] as [(Int, Int, Float)])
    func `bands are those of the training script`(frame: Int, band: Int, expected: Float) {
        #expect(abs(frames(sound)[frame * 40 + band] - expected) < 2e-3)
    }

    @Test(arguments: [0, 159, 160, 400, 16_159]) func `there is one frame for every whole hop`(samples: Int) {
        #expect(frames([Float](repeating: 0.1, count: samples)).count == samples / 160 * 40)
    }

    @Test(arguments: [1, 7, 160, 5000]) func `the size of the blocks changes nothing`(block: Int) {
        #expect(frames(sound, block: block) == frames(sound, block: sound.count))
    }

    @Test func `silence is the floor`() {
        #expect(frames([Float](repeating: 0, count: 1600)).allSatisfy { abs($0 - log(Float(1e-6))) < 1e-5 })
    }

    @Test func `filters are triangles with peak 1 whose slopes add to 1`() {
        let bank = MelFilterBank(bandCount: 40, lowest: 60, highest: 7600, transformSize: 8192, sampleRate: 16000)
        var sums = [Float](repeating: 0, count: 4097)
        for bin in 200...3800 {
            var (power, bands) = ([Float](repeating: 0, count: 4097), [Float](repeating: 0, count: 40))
            power[bin] = 1
            bank.apply(to: power, into: &bands)
            sums[bin] = bands.reduce(0, +)
        }
        #expect(sums[200...3600].allSatisfy { abs($0 - 1) < 1e-4 })
    }
}
