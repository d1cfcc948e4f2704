/// A still picture in memory: rows from the top, pixels from the left, no padding between rows.
public struct Picture: Hashable, Sendable {
    /// What one pixel holds. Values use the full range, 0 black to 255 white, whatever the video's own range is.
    public enum Layout: Hashable, Sendable {
        /// One byte: luma.
        case gray
        /// Three bytes: red, green, blue, gamma-coded as in the video.
        case rgb

        public var bytesPerPixel: Int { self == .gray ? 1 : 3 }
    }

    /// The largest width and height of any picture that Slate makes.
    public static let maximumSide = 16_384

    public let width, height: Int
    public let layout: Layout
    /// `width · height · layout.bytesPerPixel` bytes.
    public internal(set) var pixels: [UInt8]

    /// Nil unless both sides are from 1 to ``maximumSide`` and the number of bytes fits them.
    public init?(width: Int, height: Int, layout: Layout, pixels: [UInt8]) {
        guard Self.allows(width, height), pixels.count == width * height * layout.bytesPerPixel else { return nil }
        self.init(unchecked: width, height, layout, pixels)
    }

    /// A picture of one shade of gray; nil unless both sides are from 1 to ``maximumSide``.
    public init?(width: Int, height: Int, layout: Layout, shade: UInt8) {
        guard Self.allows(width, height) else { return nil }
        let pixels = [UInt8](repeating: shade, count: width * height * layout.bytesPerPixel)
        self.init(unchecked: width, height, layout, pixels)
    }

    init(unchecked width: Int, _ height: Int, _ layout: Layout, _ pixels: [UInt8]) {
        (self.width, self.height, self.layout, self.pixels) = (width, height, layout, pixels)
    }

    /// Whether a picture may have these sides.
    public static func allows(_ width: Int, _ height: Int) -> Bool {
        (1...maximumSide).contains(width) && (1...maximumSide).contains(height)
    }

    /// Bytes from one row to the next.
    public var rowBytes: Int { width * layout.bytesPerPixel }
}
