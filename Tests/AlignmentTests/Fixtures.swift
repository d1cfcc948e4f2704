import Timeline

@testable import Alignment

/// Cues and evidence with a known relation.
enum Made {
    /// Cues of 0.8 to 5 s with pauses of up to 12 s, as talk has them; the same for the same seed.
    static func cues(count: Int, seed: UInt64, from first: Double = 10, pause shortest: Double = 0.3) -> [Segment] {
        var random = SplitMix64(seed: seed)
        var time = first
        return (0..<count).compactMap { _ in
            let length = Double.random(in: 0.8...5, using: &random)
let pause = Double.random(in: 0...1, using: &random) < 0.8
                ? Double.random(in: shortest...3, using: &random) : Double.random(in: 3...12, using: &random)
            defer { time += length + pause }
            return segment(time, time + length)
        }
    }

    static func segment(_ start: Double, _ end: Double) -> Segment? {
        Segment(start: .milliseconds(Int64((start * 1000).rounded())), end: .milliseconds(Int64((end * 1000).rounded())))
    }

    /// Evidence of speech in the segments: strong inside with gaps between words, weak and noisy outside.
    static func evidence(_ speech: [Segment], seconds: Double, seed: UInt64) -> [UInt8] {
        var random = SplitMix64(seed: seed ^ 0xE)
        var values = (0..<Int(seconds * 100)).map { _ in UInt8.random(in: 0...40, using: &random) }
        for segment in speech {
            let range = Int(segment.start.milliseconds / 10)..<Int(segment.end.milliseconds / 10)
            for frame in range where values.indices.contains(frame) {
                values[frame] = frame % 37 < 5 ? 60 : UInt8.random(in: 150...255, using: &random)
            }
        }
        return values
    }

    static func alignable(_ segments: [Segment]) -> [AlignableCue] { segments.map { AlignableCue(segment: $0, isSpeech: true) } }

    /// The segments as a clock shows them that runs at `rate` and is `offset` seconds ahead.
    static func moved(_ segments: [Segment], rate: Double = 1, offset: Double = 0) -> [Segment] {
        segments.compactMap { segment($0.start.approximateSeconds * rate + offset, $0.end.approximateSeconds * rate + offset) }
    }
}

/// Evidence held in memory that counts what was asked for.
final class HeldEvidence: EvidenceSource {
    let values: [UInt8]
    private(set) var asked = 0

    init(_ values: [UInt8]) { self.values = values }

    var frameCount: Int { values.count }

    func evidence(of frames: Range<Int>) -> [UInt8] {
        asked += frames.count
        return Array(values[frames])
    }
}
