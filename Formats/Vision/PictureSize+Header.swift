extension PictureSize {
    /// The size that the first bytes of a PNG, JPEG, GIF, BMP or WebP file state; nil for others and for a side of zero.
    ///
    /// PNG: ISO/IEC 15948 (11.2.2). JPEG: ITU-T T.81 (B.2.2). GIF89a (18). BMP: BITMAPINFOHEADER. WebP: RFC 9649 (2.5 to 2.7).
    init?(header bytes: [UInt8]) {
        let head = PictureHeader(bytes: bytes)
        guard let size = head.png ?? head.gif ?? head.bitmap ?? head.webP ?? head.jpeg, size.width > 0, size.height > 0 else { return nil }
        self.init(width: size.width, height: size.height)
    }
}

/// Numbers in the first bytes of a picture. Nothing is read beyond them.
private struct PictureHeader {
    let bytes: [UInt8]

    private func number(_ offset: Int, _ count: Int, isLittle: Bool) -> Int? {
        guard offset >= 0, offset + count <= bytes.count else { return nil }
        let part = bytes[offset..<offset + count]
        return isLittle ? part.reversed().reduce(0) { $0 << 8 | Int($1) } : part.reduce(0) { $0 << 8 | Int($1) }
    }

    private func big(_ offset: Int, _ count: Int = 2) -> Int? { number(offset, count, isLittle: false) }
    private func little(_ offset: Int, _ count: Int = 2) -> Int? { number(offset, count, isLittle: true) }

    private func pair(_ width: Int?, _ height: Int?) -> (width: Int, height: Int)? {
        guard let width, let height else { return nil }
        return (width, height)
    }

    var png: (width: Int, height: Int)? {
        guard bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]), bytes.has("IHDR", at: 12) else { return nil }
        return pair(big(16, 4), big(20, 4))
    }

    var gif: (width: Int, height: Int)? {
        guard bytes.has("GIF87a", at: 0) || bytes.has("GIF89a", at: 0) else { return nil }
        return pair(little(6), little(8))
    }

    var bitmap: (width: Int, height: Int)? {
        guard bytes.has("BM", at: 0), let length = little(14, 4) else { return nil }
        // The old header has sides of two bytes.
        guard length >= 40 else { return pair(little(18), little(20)) }
        // A height below zero says that rows go from top to bottom.
        return pair(little(18, 4), little(22, 4).map { Int(Int32(truncatingIfNeeded: $0).magnitude) })
    }

    var webP: (width: Int, height: Int)? {
        guard bytes.has("RIFF", at: 0), bytes.has("WEBP", at: 8) else { return nil }
        if bytes.has("VP8X", at: 12) { return pair(little(24, 3).map { $0 + 1 }, little(27, 3).map { $0 + 1 }) }
        if bytes.has("VP8L", at: 12), little(20, 1) == 0x2F, let bits = little(21, 4) { return (bits & 0x3FFF + 1, bits >> 14 & 0x3FFF + 1) }
        guard bytes.has("VP8 ", at: 12) else { return nil }
        return pair(little(26).map { $0 & 0x3FFF }, little(28).map { $0 & 0x3FFF })
    }

    /// The first start of a frame; other segments are passed over by their length.
    var jpeg: (width: Int, height: Int)? {
        guard bytes.starts(with: [0xFF, 0xD8]) else { return nil }
        var position = 2
        while position + 1 < bytes.count {
            guard bytes[position] == 0xFF else { return nil }
            let marker = bytes[position + 1]
            if marker == 0xFF { position += 1; continue }
            if marker == 0x01 || (0xD0...0xD9).contains(marker) { position += 2; continue }
            guard let length = big(position + 2), length >= 2 else { return nil }
            // Frames begin with C0 to CF, but for tables (C4), an extension (C8) and arithmetic conditions (CC).
            if (0xC0...0xCF).contains(marker), marker != 0xC4, marker != 0xC8, marker != 0xCC { return pair(big(position + 7), big(position + 5)) }
            position += 2 + length
        }
        return nil
    }
}
