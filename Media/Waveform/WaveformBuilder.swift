/// Collects the points of a waveform's finest level from blocks of any length.
struct WaveformBuilder {
    private let framesPerPoint, channels: Int
    private var minimum: [Float] = []
    private var maximum: [Float] = []
    private var rms: [Float] = []
    /// The unfinished point, one entry for each channel.
    private var low, high: [Float]
    private var energy: [Double]
    private var filled = 0

    init(framesPerPoint: Int, channels: Int) {
        (self.framesPerPoint, self.channels) = (framesPerPoint, channels)
        low = Array(repeating: .infinity, count: channels)
        high = Array(repeating: -.infinity, count: channels)
        energy = Array(repeating: 0, count: channels)
    }

    /// Adds the first sample frames of an interleaved block.
    mutating func add(_ block: [Float], frames: Int) {
        var frame = 0
        while frame < frames {
            let count = min(frames - frame, framesPerPoint - filled)
            for channel in 0..<channels { measure(block, from: frame, count: count, channel: channel) }
            filled += count
            frame += count
            if filled == framesPerPoint { finish() }
        }
    }

    private mutating func measure(_ block: [Float], from frame: Int, count: Int, channel: Int) {
        var (least, most, sum) = (low[channel], high[channel], Float(0))
        var index = frame * channels + channel
        for _ in 0..<count {
            let sample = block[index]
            least = sample < least ? sample : least
            most = sample > most ? sample : most
            sum += sample * sample
            index += channels
        }
        (low[channel], high[channel]) = (least, most)
        energy[channel] += Double(sum)
    }

    /// Closes the unfinished point, if there is one.
    mutating func finish() {
        guard filled > 0 else { return }
        for channel in 0..<channels {
            // A block of nothing but NaN leaves no bounds: it is drawn as silence.
            let heard = low[channel] <= high[channel]
            minimum.append(heard ? low[channel] : 0)
            maximum.append(heard ? high[channel] : 0)
            let power = energy[channel] / Double(filled)
            rms.append(power.isFinite ? Float(power.squareRoot()) : 0)
            (low[channel], high[channel], energy[channel]) = (.infinity, -.infinity, 0)
        }
        filled = 0
    }

    /// All levels, finest first. Call ``finish()`` before.
    func pyramid() -> [WaveformLevel] {
        var levels = [
            WaveformLevel(
                framesPerPoint: framesPerPoint, channels: channels, minimum: minimum, maximum: maximum, rms: rms)
        ]
        while let last = levels.last, last.points > 512 { levels.append(last.halved()) }
        return levels
    }
}

extension WaveformLevel {
    /// Half as many points, each joining two; the odd one at the end stays as it is.
    func halved() -> WaveformLevel {
        let count = (points + 1) / 2
        var low: [Float] = []
        var high: [Float] = []
        var power: [Float] = []
        low.reserveCapacity(count * channels)
        high.reserveCapacity(count * channels)
        power.reserveCapacity(count * channels)
        for point in 0..<count {
            for channel in 0..<channels {
                let first = 2 * point * channels + channel
                let second = 2 * point + 1 < points ? first + channels : first
                low.append(min(minimum[first], minimum[second]))
                high.append(max(maximum[first], maximum[second]))
                power.append(((rms[first] * rms[first] + rms[second] * rms[second]) / 2).squareRoot())
            }
        }
        return WaveformLevel(
            framesPerPoint: 2 * framesPerPoint, channels: channels, minimum: low, maximum: high, rms: power)
    }
}
