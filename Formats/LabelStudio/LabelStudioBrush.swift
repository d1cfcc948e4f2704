import Timeline

/// The masks of Label Studio's brush: the RGBA bytes of the picture, packed by the scheme of `@thi.ng/rle-pack`.
enum LabelStudioBrush {
    /// Pixels of a mask at most.
    static let pixelLimit = 1 << 26

    /// The pixels whose alpha is not zero; nil where the numbers are no such packing or do not fill the picture.
    static func mask(_ value: JSONValue?, _ size: PictureSize) -> Mask? {
        guard let numbers = value?.array, size.width > 0, size.height > 0, size.width <= pixelLimit, size.height <= pixelLimit, size.width * size.height <= pixelLimit else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(numbers.count)
        for number in numbers {
            guard let byte = number.integer.flatMap({ UInt8(exactly: $0) }) else { return nil }
            bytes.append(byte)
        }
        guard let inside = alpha(bytes, size.width * size.height) else { return nil }
        var builder = RunBuilder()
        for column in 0..<size.width {
            for row in 0..<size.height { builder.add(inside[row * size.width + column], 1) }
        }
        return Mask(width: size.width, height: size.height, runs: builder.runs)
    }

    /// Whether each pixel has alpha. 32 bits: number of values. 5 bits: bits of a value, less one. Four times 4 bits: bits of a length,
    /// less one. Then stretches: a bit that says whether one value repeats, 2 bits for the kind of length, the length less one, the value or values.
    private static func alpha(_ bytes: [UInt8], _ pixels: Int) -> [Bool]? {
        var bits = Bits(bytes: bytes)
        guard let count = bits.read(32), count == 4 * pixels, let word = bits.read(5) else { return nil }
        var lengths: [Int] = []
        for _ in 0..<4 {
            guard let length = bits.read(4) else { return nil }
            lengths.append(length + 1)
        }
        var (inside, position) = ([Bool](repeating: false, count: pixels), 0)
        while position < count {
            guard let repeats = bits.read(1), let kind = bits.read(2), let length = bits.read(lengths[kind]) else { return nil }
            let end = position + length + 1
            guard end <= count else { return nil }
            if repeats == 1 {
                guard let value = bits.read(word + 1) else { return nil }
                if value != 0 { for index in position..<end where index % 4 == 3 { inside[index / 4] = true } }
            } else {
                for index in position..<end {
                    guard let value = bits.read(word + 1) else { return nil }
                    if index % 4 == 3, value != 0 { inside[index / 4] = true }
                }
            }
            position = end
        }
        return inside
    }

    private struct Bits {
        let bytes: [UInt8]
        var position = 0

        init(bytes: [UInt8]) { self.bytes = bytes }

        /// Nil past the end.
        mutating func read(_ count: Int) -> Int? {
            guard position + count <= 8 * bytes.count else { return nil }
            var value = 0
            for _ in 0..<count {
                value = value << 1 | Int(bytes[position >> 3] >> UInt8(7 - position & 7) & 1)
                position += 1
            }
            return value
        }
    }

    /// The packing of a mask: white where it is inside, nothing elsewhere.
    static func packed(_ mask: Mask) -> [UInt8] {
        var inside = [Bool](repeating: false, count: mask.width * mask.height)
        var position = 0
        for (index, run) in mask.runs.enumerated() {
            if index % 2 == 1 { for pixel in position..<position + Int(run) { inside[pixel % mask.height * mask.width + pixel / mask.height] = true } }
            position += Int(run)
        }
        var writer = BitWriter()
        writer.add(4 * inside.count, 32)
        writer.add(7, 5)
        for length in [2, 3, 7, 15] { writer.add(length, 4) }
        var start = 0
        while start < inside.count {
            var end = start
            while end < inside.count, inside[end] == inside[start], end - start < 1 << 14 { end += 1 }
            writer.add(1, 1)
            writer.add(3, 2)
            writer.add(4 * (end - start) - 1, 16)
            writer.add(inside[start] ? 255 : 0, 8)
            start = end
        }
        return writer.bytes
    }

    private struct BitWriter {
        private(set) var bytes: [UInt8] = []
        private var count = 0

        mutating func add(_ value: Int, _ width: Int) {
            for bit in stride(from: width - 1, through: 0, by: -1) {
                if count % 8 == 0 { bytes.append(0) }
                if value >> bit & 1 == 1 { bytes[bytes.count - 1] |= 0x80 >> UInt8(count % 8) }
                count += 1
            }
        }
    }
}
