/// A waveform as a picture: one band for each channel, the range of samples in light, the RMS within it in dark.
public struct WaveformDrawing: Sendable {
    /// Pixels.
    public let width, height: Int
    private let bands: [[Column]]

    /// One column of pixels: sample values of −1 to 1.
    private struct Column: Sendable {
        let low, high, rms: Float
    }

    /// Shades of the PNG, and the same as colours of the SVG.
    private enum Shade {
        static let background: UInt8 = 0xFF, range: UInt8 = 0xA0, rms: UInt8 = 0x40
    }

    /// - Parameters:
    ///   - width: pixels, at least 1; time runs from the left edge to the right.
    ///   - height: pixels for all channels together, at least 1.
    public init(_ waveform: Waveform, width: Int, height: Int) {
        precondition(width > 0 && height > 0, "a picture is at least one pixel wide and high")
        (self.width, self.height) = (width, height)
        let level = waveform.level(points: width)
        bands = (0..<waveform.channels).map { channel in
            (0..<width).map { Self.column(level, channel: channel, x: $0, of: width) }
        }
    }

    private static func column(_ level: WaveformLevel?, channel: Int, x: Int, of width: Int) -> Column {
        guard let level, level.points > 0 else { return Column(low: 0, high: 0, rms: 0) }
        let first = x * level.points / width
        let last = max(first + 1, (x + 1) * level.points / width)
        var (low, high, power) = (Float.infinity, -Float.infinity, Float(0))
        for point in first..<last {
            let index = point * level.channels + channel
            low = min(low, level.minimum[index])
            high = max(high, level.maximum[index])
            power += level.rms[index] * level.rms[index]
        }
        return Column(low: low, high: high, rms: (power / Float(last - first)).squareRoot())
    }

    /// A grayscale PNG.
    ///
    /// - Throws: ``ImageError`` when FFmpeg lacks the encoder or the picture is too large for it.
    public func png() throws -> [UInt8] {
        var pixels = [UInt8](repeating: Shade.background, count: width * height)
        for (band, columns) in bands.enumerated() {
            for (x, column) in columns.enumerated() {
                paint(column.low, column.high, band, x, Shade.range, &pixels)
                paint(max(column.low, -column.rms), min(column.high, column.rms), band, x, Shade.rms, &pixels)
            }
        }
        guard let picture = Picture(width: width, height: height, layout: .gray, pixels: pixels) else {
            throw ImageError(problem: "a picture of \(width) x \(height) pixels is too large")
        }
        return try ImageEncoder(.png).encode(picture)
    }

    private func paint(_ low: Float, _ high: Float, _ band: Int, _ x: Int, _ shade: UInt8, _ pixels: inout [UInt8]) {
        let (top, bottom) = (Int(y(high, band)), Int(y(low, band)))
        for row in max(0, min(top, height - 1))...max(0, min(max(top, bottom), height - 1)) {
            pixels[row * width + x] = shade
        }
    }

    /// The height of a sample value in its band, in pixels from the top.
    private func y(_ value: Float, _ band: Int) -> Float {
        let bandHeight = Float(height) / Float(max(bands.count, 1))
        let clipped = value.isFinite ? max(-1, min(1, value)) : 0
        return Float(band) * bandHeight + (1 - clipped) / 2 * (bandHeight - 1)
    }

    /// An SVG picture: two closed outlines for each channel.
    public func svg() -> [UInt8] {
        let size = "width=\"\(width)\" height=\"\(height)\" viewBox=\"0 0 \(width) \(height)\""
        var text = "<svg xmlns=\"http://www.w3.org/2000/svg\" \(size)>\n"
        text += "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
        for (band, columns) in bands.enumerated() {
            let range = outline(columns.map { ($0.low, $0.high) }, band)
            let rms = outline(columns.map { (max($0.low, -$0.rms), min($0.high, $0.rms)) }, band)
            text += "<path fill=\"#a0a0a0\" d=\"\(range)\"/>\n<path fill=\"#404040\" d=\"\(rms)\"/>\n"
        }
        return Array((text + "</svg>\n").utf8)
    }

    private func outline(_ columns: [(low: Float, high: Float)], _ band: Int) -> String {
        let above = columns.enumerated().map { "\($0) \(tenths(y($1.high, band)))" }
        let below = columns.enumerated().reversed().map { "\($0) \(tenths(y($1.low, band) + 1))" }
        return "M" + (above + below).joined(separator: "L") + "Z"
    }

    private func tenths(_ value: Float) -> String {
        let scaled = Int((value * 10).rounded())
        return scaled % 10 == 0 ? "\(scaled / 10)" : "\(scaled / 10).\(scaled % 10)"
    }
}
