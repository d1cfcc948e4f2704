import Foundation
import Timeline

/// A short sound with bursts that pass for speech, and subtitles for it that are late: at least eight cues in 8 s, since
/// fewer are never sure.
struct SpokenClip {
    /// A WAV file: mono, 16 bits, 8 kHz.
    let sound: [UInt8]
    let subtitles: [UInt8]

    private static let rate = 8000

    /// - Parameters:
    ///   - seed: clips of different seeds have their bursts at different times.
    ///   - late: milliseconds by which the cues come after the bursts.
    init(seed: UInt64, seconds: Int, late: Int = 700) {
        var random = SplitMix64(seed: seed)
        var samples = (0..<seconds * Self.rate).map { _ in Double.random(in: -0.001...0.001, using: &random) }
        var cues: [(start: Int, end: Int)] = []
        var end = 300
        while true {
            let start = end + Int.random(in: 150...450, using: &random)
            end = start + Int.random(in: 250...500, using: &random)
            guard end < seconds * 1000 - 500 else { break }
            Self.voice(Double.random(in: 110...200, using: &random), &samples, start, end)
            cues.append((start + late, end + late))
        }
        sound = Self.wave(samples)
        subtitles = Array(Self.subRip(cues).utf8)
    }

    /// Adds a tone with overtones that swells four times a second, as syllables do.
    private static func voice(_ pitch: Double, _ samples: inout [Double], _ start: Int, _ end: Int) {
        for index in start * rate / 1000..<end * rate / 1000 {
            let time = Double(index) / Double(rate)
            let swell = 0.07 + 0.03 * sin(2 * .pi * 4 * time)
            samples[index] += swell * (1...5).reduce(0) { $0 + sin(2 * .pi * pitch * Double($1) * time) / Double($1) }
        }
    }

    private static func wave(_ samples: [Double]) -> [UInt8] {
        let data = samples.flatMap { little(Int($0 * 32_000), 2) }
        let format = little(16, 4) + little(1, 2) + little(1, 2) + little(rate, 4) + little(2 * rate, 4) + little(2, 2) + little(16, 2)
        return Array("RIFF".utf8) + little(36 + data.count, 4) + Array("WAVEfmt ".utf8) + format + Array("data".utf8)
            + little(data.count, 4) + data
    }

    private static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    private static func subRip(_ cues: [(start: Int, end: Int)]) -> String {
        cues.enumerated().map { "\($0 + 1)\n\(time($1.start)) --> \(time($1.end))\nWords number \($0)\n\n" }.joined()
    }

    private static func time(_ milliseconds: Int) -> String {
        String(format: "00:00:%02d,%03d", milliseconds / 1000, milliseconds % 1000)
    }
}
