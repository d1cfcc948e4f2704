/// The two formats of BBC's audiowaveform, which peaks.js draws: the finest level, min and max as whole numbers.
///
/// Source: audiowaveform, `doc/DataFormat.md`, version 2 of the format.
extension Waveform {
    /// Size of a number in an audiowaveform file.
    public enum PeakBits: Int, Sendable {
        case eight = 8
        case sixteen = 16
    }

    /// The binary `.dat` format, version 2: a header of six 32-bit numbers, then minimum and maximum of every channel of
    /// every point, all little-endian.
    public func peaksData(_ bits: PeakBits = .sixteen) -> [UInt8] {
        guard let level = levels.first else { return [] }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(24 + 2 * level.minimum.count * bits.rawValue / 8)
        let header = [2, bits == .eight ? 1 : 0, sampleRate, level.framesPerPoint, level.points, channels]
        for value in header { Self.append(value, 4, to: &bytes) }
        for index in level.minimum.indices {
            Self.append(Self.scaled(level.minimum[index], bits), bits.rawValue / 8, to: &bytes)
            Self.append(Self.scaled(level.maximum[index], bits), bits.rawValue / 8, to: &bytes)
        }
        return bytes
    }

    /// The same as JSON, as `audiowaveform -o x.json` writes it.
    public func peaksJSON(_ bits: PeakBits = .sixteen) -> [UInt8] {
        guard let level = levels.first else { return [] }
        var text = "{\"version\":2,\"channels\":\(channels),\"sample_rate\":\(sampleRate)"
        text += ",\"samples_per_pixel\":\(level.framesPerPoint),\"bits\":\(bits.rawValue),\"length\":\(level.points)"
        var bytes = Array((text + ",\"data\":[").utf8)
        for index in level.minimum.indices {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += Array("\(Self.scaled(level.minimum[index], bits)),\(Self.scaled(level.maximum[index], bits))".utf8)
        }
        return bytes + Array("]}\n".utf8)
    }

    private static func append(_ value: Int, _ count: Int, to bytes: inout [UInt8]) {
        for byte in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * byte))) }
    }

    /// A sample as a 16-bit number, or as the upper byte of one.
    private static func scaled(_ sample: Float, _ bits: PeakBits) -> Int {
        guard sample.isFinite else { return 0 }
        let value = Int(max(-32_768, min(32_767, (sample * 32_768).rounded())))
        return bits == .eight ? value / 256 : value
    }
}
