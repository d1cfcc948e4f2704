/// What the shot detector keeps of a thumbnail: its pixels, their distribution, and whether it is blank.
struct ThumbnailMeasure: Sendable {
    let picture: Picture
    /// For each channel, the share of pixels in 16 equal bands of brightness.
    private let histogram: [Float]
    /// Whether the whole picture is nearly black or nearly white.
    let isBlank: Bool

    private static let bands = 16
    /// How far the whole picture may move between two frames, in pixels of the thumbnail: a tenth of its sides.
    private static let travel = (right: 6, down: 4)

    init(_ picture: Picture) {
        self.picture = picture
        histogram = Self.histogram(picture)
        isBlank = Self.isBlank(picture.pixels)
    }

    /// How unlike two thumbnails are, from 0 to 1: the mean of the difference pixel by pixel, which sees where things
    /// are, and of the difference of the histograms, which does not mind things that move.
    func difference(_ other: ThumbnailMeasure) -> Float {
        guard picture.width == other.picture.width, picture.pixels.count == other.picture.pixels.count else { return 1 }
        return (pixelDifference(other) + histogramDifference(other)) / 2
    }

    /// A mean difference of a quarter of the range counts as entirely different: unrelated pictures reach it.
    ///
    /// When the pictures do not match as they lie, the best match of one moved over the other counts: a camera that
    /// pans or shakes moves the whole picture, a cut replaces it.
    private func pixelDifference(_ other: ThumbnailMeasure) -> Float {
        var least = meanDifference(other, right: 0, down: 0)
        guard least > 4 else { return least / 64 }
        for down in -Self.travel.down...Self.travel.down {
            for right in -Self.travel.right...Self.travel.right {
                least = min(least, meanDifference(other, right: right, down: down))
            }
        }
        return min(1, least / 64)
    }

    /// The mean difference of the pixels that both cover when the other picture is moved.
    private func meanDifference(_ other: ThumbnailMeasure, right: Int, down: Int) -> Float {
        let (width, height, depth) = (picture.width, picture.height, picture.layout.bytesPerPixel)
        guard abs(right) < width, abs(down) < height else { return 255 }
        let (first, second) = (picture.pixels.span, other.picture.pixels.span)
        let count = (width - abs(right)) * depth
        var sum: Int32 = 0
        for y in max(0, down)..<min(height, height + down) {
            let here = (y * width + max(0, right)) * depth
            let there = ((y - down) * width + max(0, -right)) * depth
            for x in 0..<count { sum &+= abs(Int32(first[here + x]) &- Int32(second[there + x])) }
        }
        return Float(sum) / Float(count * (height - abs(down)))
    }

    private func histogramDifference(_ other: ThumbnailMeasure) -> Float {
        var sum: Float = 0
        for (a, b) in zip(histogram, other.histogram) { sum += abs(a - b) }
        return sum / Float(2 * picture.layout.bytesPerPixel)
    }

    private static func histogram(_ picture: Picture) -> [Float] {
        let depth = picture.layout.bytesPerPixel
        var counts = [Int](repeating: 0, count: bands * depth)
        for (position, value) in picture.pixels.enumerated() {
            counts[position % depth * bands + Int(value) / (256 / bands)] += 1
        }
        let pixels = Float(max(picture.width * picture.height, 1))
        return counts.map { Float($0) / pixels }
    }

    private static func isBlank(_ pixels: [UInt8]) -> Bool {
        guard let first = pixels.first else { return false }
        let (low, high) = pixels.reduce((first, first)) { (min($0.0, $1), max($0.1, $1)) }
        return high <= 28 || low >= 227
    }
}
