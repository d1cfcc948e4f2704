import Timeline

#if canImport(Glibc)
    import Glibc
#endif

/// Turns of a recording in which each channel has a speaker of its own: a telephone call in two channels, a panel with a
/// microphone each.
///
/// Speech is looked for in each channel by itself; where another channel is much louder, it is that one's voice that is heard.
public struct ChannelTurns {
    /// How much louder another channel may be, as a ratio of powers.
    public var crosstalk: Float = 4
    private let segmenter: SpeechSegmenter
    private var detectors: [NetworkSpeechDetector]
    /// Powers of 20 ms by channel.
    private var powers: [[Float]]
    private var sums: [Float]
    private var summed = 0
    private var sampleCount = 0

    public init(channels: Int, segmenter: SpeechSegmenter = SpeechSegmenter()) {
        self.segmenter = segmenter
        detectors = (0..<channels).map { _ in NetworkSpeechDetector() }
        powers = detectors.map { _ in [] }
        sums = detectors.map { _ in 0 }
    }

    /// Takes interleaved samples: whole sample frames, at ``Diarizer/sampleRate``.
    public mutating func append(_ samples: ArraySlice<Float>) {
        let count = samples.count / detectors.count
        for channel in detectors.indices {
            let part = (0..<count).map { samples[samples.startIndex + $0 * detectors.count + channel] }
            detectors[channel].append(part[...])
        }
        for frame in 0..<count {
            for channel in detectors.indices {
                let sample = samples[samples.startIndex + frame * detectors.count + channel]
                sums[channel] += sample * sample
            }
            summed += 1
            if summed == 320 { closePower() }
        }
        sampleCount += count
    }

    private mutating func closePower() {
        for channel in detectors.indices {
            powers[channel].append(sums[channel])
            sums[channel] = 0
        }
        summed = 0
    }

    /// Ends the sound. The speaker of a turn is its channel, from 0 on.
    public mutating func finish() -> [FoundTurn] {
        for channel in detectors.indices { detectors[channel].finish() }
        let end = Timestamp(units: Int64(sampleCount), perSecond: Int64(Diarizer.sampleRate))
        return detectors.indices.flatMap { channel in
            segmenter.segments(of: gated(channel), end: end).map { FoundTurn(segment: $0.segment, speaker: channel, confidence: $0.confidence) }
        }.sorted { ($0.segment.start, $0.speaker) < ($1.segment.start, $1.speaker) }
    }

    /// The likelihood of speech in a channel, zero where another one is much louder over 0.2 s.
    private func gated(_ channel: Int) -> SpeechPosterior {
        var posterior = detectors[channel].posterior
        let smooth = powers.map { Self.smoothed($0) }
        for index in posterior.values.indices where index < smooth[channel].count {
            let loudest = smooth.reduce(Float(0)) { max($0, $1[index]) }
            if loudest > crosstalk * smooth[channel][index] { posterior.values[index] = 0 }
        }
        return posterior
    }

    private static func smoothed(_ values: [Float]) -> [Float] {
        values.indices.map { index in values[max(0, index - 5)...min(values.count - 1, index + 5)].reduce(0, +) }
    }
}
