#if canImport(Glibc)
    import Glibc
#endif

/// Where something is in a picture. Pixels, x to the right and y down from the top left corner, whole numbers on the
/// corners of pixels; normalised and per-cent coordinates are converted where they are read.
public enum Shape: Hashable, Sendable {
    case box(Box)
    indirect case rotated(RotatedBox)
    case polygon([Polygon])
    case mask(Mask)
    case keypoints([Keypoint])

    /// The smallest upright box around the shape; nil when it has no point.
    public var bounds: Box? {
        switch self {
        case .box(let box): box
        case .rotated(let rotated): Box(around: rotated.corners)
        case .polygon(let polygons): Box(around: polygons.flatMap(\.points))
        case .mask(let mask): mask.bounds
        case .keypoints(let points): Box(around: points.filter { $0.visibility != .absent }.map(\.point))
        }
    }
}

/// An upright box by its top left corner and its size, in pixels. A size may be zero or negative, as files state it.
public struct Box: Hashable, Sendable {
    public var x, y, width, height: Double

    @inlinable public init(x: Double, y: Double, width: Double, height: Double) {
        (self.x, self.y, self.width, self.height) = (x, y, width, height)
    }

    public var area: Double { width * height }

    init?(around points: [Point]) {
        guard let first = points.first else { return nil }
        var (low, high) = (first, first)
        for point in points {
            low = Point(x: min(low.x, point.x), y: min(low.y, point.y))
            high = Point(x: max(high.x, point.x), y: max(high.y, point.y))
        }
        self.init(x: low.x, y: low.y, width: high.x - low.x, height: high.y - low.y)
    }
}

/// A box turned around its centre.
public struct RotatedBox: Hashable, Sendable {
    /// The box before it is turned.
    public var box: Box
    /// Clockwise on the screen, in degrees.
    public var angle: Double

    public init(_ box: Box, angle: Double) { (self.box, self.angle) = (box, angle) }

    /// Where the corners lie after the turn: top left, top right, bottom right, bottom left of the box before it.
    public var corners: [Point] {
        let centre = Point(x: box.x + box.width / 2, y: box.y + box.height / 2)
        let (sine, cosine) = (sin(angle * .pi / 180), cos(angle * .pi / 180))
        return [(-1.0, -1.0), (1, -1), (1, 1), (-1, 1)].map { side in
            let (x, y) = (side.0 * box.width / 2, side.1 * box.height / 2)
            return Point(x: centre.x + x * cosine - y * sine, y: centre.y + x * sine + y * cosine)
        }
    }
}

public struct Point: Hashable, Sendable {
    public var x, y: Double
    @inlinable public init(x: Double, y: Double) { (self.x, self.y) = (x, y) }
}

/// A ring of points; the last joins the first. Several polygons of one shape are its parts.
public struct Polygon: Hashable, Sendable {
    public var points: [Point]
    public init(_ points: [Point]) { self.points = points }
}

/// A point of a skeleton, by its place in the order of the skeleton.
public struct Keypoint: Hashable, Sendable {
    public enum Visibility: UInt8, Hashable, Sendable, CaseIterable {
        /// Not labelled; the coordinates mean nothing.
        case absent = 0
        /// Labelled but hidden.
        case hidden = 1
        case visible = 2
    }

    public var point: Point
    public var visibility: Visibility

    public init(_ point: Point, _ visibility: Visibility = .visible) { (self.point, self.visibility) = (point, visibility) }
}
