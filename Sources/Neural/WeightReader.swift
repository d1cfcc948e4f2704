/// Takes the weights of an embedded network out of the text that a training script wrote: base64 (RFC 4648, section 4) of
/// 16-bit floats (IEEE 754 binary16), little-endian, tensor after tensor in the order in which the network asks for them.
public struct WeightReader {
    private let bytes: [UInt8]
    private var position = 0

    public init(_ text: StaticString) {
        bytes = text.withUTF8Buffer { Self.decoded($0) }
    }

    /// The next `count` values.
    public mutating func next(_ count: Int) -> [Float] {
        precondition(bytes.count - position >= 2 * count, "the weights end early")
        defer { position += 2 * count }
        return (0..<count).map { index in
            let at = position + 2 * index
            return Self.float(UInt16(bytes[at]) | UInt16(bytes[at + 1]) << 8)
        }
    }

    /// A convolution: its weights, then its bias.
    public mutating func convolution(inputs: Int, outputs: Int, kernel: Int = 1, dilation: Int = 1, step: Int = 1) -> Convolution {
        let weights = next(outputs * inputs * kernel)
        return Convolution(weights: weights, bias: next(outputs), inputs: inputs, kernel: kernel, dilation: dilation, step: step)
    }

    /// Whether all was taken.
    public var isAtEnd: Bool { position == bytes.count }

    private static func float(_ half: UInt16) -> Float {
        let sign: Float = half & 0x8000 == 0 ? 1 : -1
        let (exponent, fraction) = (Int(half >> 10 & 31), Float(half & 1023))
        guard exponent > 0 else { return sign * fraction * 0x1p-24 }
        return sign * (1 + fraction / 1024) * Float(sign: .plus, exponent: exponent - 15, significand: 1)
    }

    private static func decoded(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var result = [UInt8]()
        result.reserveCapacity(text.count / 4 * 3)
        var (bits, count) = (UInt32(0), 0)
        for character in text {
            guard let value = sixBits(character) else { continue }
            bits = bits << 6 | value
            count += 6
            if count >= 8 {
                count -= 8
                result.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return result
    }

    /// Nil for padding.
    private static func sixBits(_ character: UInt8) -> UInt32? {
        switch character {
        case 0x41...0x5A: UInt32(character - 0x41)
        case 0x61...0x7A: UInt32(character - 0x61 + 26)
        case 0x30...0x39: UInt32(character - 0x30 + 52)
        case 0x2B: 62
        case 0x2F: 63
        default: nil
        }
    }
}
