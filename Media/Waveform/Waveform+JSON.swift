extension Waveform {
    /// Slate's own JSON: every level with minimum, maximum and RMS as fractions of full scale, six decimals, the
    /// channels of a point side by side.
    public func json() -> [UInt8] {
        let head = "{\"type\":\"waveform\",\"sample_rate\":\(sampleRate),\"channels\":\(channels)"
        var bytes = Array((head + ",\"sample_frames\":\(sampleFrames),\"damaged\":\(damage.count),\"levels\":[").utf8)
        for (index, level) in levels.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += Array("{\"frames_per_point\":\(level.framesPerPoint),\"points\":\(level.points)".utf8)
            for (name, values) in [("min", level.minimum), ("max", level.maximum), ("rms", level.rms)] {
                bytes += Array(",\"\(name)\":[".utf8)
                Self.append(values, to: &bytes)
                bytes.append(UInt8(ascii: "]"))
            }
            bytes.append(UInt8(ascii: "}"))
        }
        return bytes + Array("]}\n".utf8)
    }

    private static func append(_ values: [Float], to bytes: inout [UInt8]) {
        for (index, value) in values.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(
                millionths: value.isFinite ? Int((max(-1000, min(1000, value)) * 1_000_000).rounded()) : 0, to: &bytes)
        }
    }

    /// A number of millionths as decimal digits, without zeros at the end.
    private static func append(millionths value: Int, to bytes: inout [UInt8]) {
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        let (whole, part) = value.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
        bytes += Array(String(whole).utf8)
        guard part > 0 else { return }
        var digits = Array(padded(UInt64(part), 6).utf8)
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        bytes.append(UInt8(ascii: "."))
        bytes += digits
    }
}
