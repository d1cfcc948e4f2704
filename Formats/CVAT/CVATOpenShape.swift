import Timeline

/// A shape or tag of a CVAT file while its element is open.
struct CVATOpenShape {
    /// Pixels of masks that are read in one file at most.
    static let maskLimit = 1 << 32

    let depth: Int
    let position: TextPosition
    let isTag: Bool
    let kind: CVATShape?
    /// Of a shape in a picture.
    let label: String
    let frameText: String
    let isOutside, isOccluded, isKeyframe: Bool
    /// Written by Slate to end a track, and no statement.
    let isAdded: Bool
    /// What the model does not name: order in depth, group, source.
    private(set) var statedAttributes: [Attribute] = []
    /// The `attribute` elements.
    private(set) var attributes: [Attribute] = []
    private(set) var problem: (found: String, expected: String)?
    private var shape: Shape?
    private var points: [(name: String, point: Keypoint)] = []

    init(_ tag: borrowing XMLTag, depth: Int, isInTrack: Bool) {
        (self.depth, position, isTag, kind) = (depth, tag.position, tag.name.is("tag"), CVATShape(tag.name))
        label = tag.string("label") ?? ""
        frameText = tag.string("frame") ?? ""
        isOutside = Self.isTrue(tag, "outside")
        isOccluded = Self.isTrue(tag, "occluded")
        isKeyframe = tag.range(of: "keyframe") == nil || Self.isTrue(tag, "keyframe")
        isAdded = isInTrack && Self.isTrue(tag, "added")
        if let order = tag.string("z_order"), order != "0" { statedAttributes.append(Attribute("cvat.z", order)) }
        if isOutside, isOccluded { statedAttributes.append(Attribute("cvat.occluded", "1")) }
        if let group = tag.string("group_id") { statedAttributes.append(Attribute("cvat.group", group)) }
        if let source = tag.string("source") { statedAttributes.append(Attribute("cvat.source", source)) }
    }

    private static func isTrue(_ tag: borrowing XMLTag, _ name: StaticString) -> Bool {
        guard let range = tag.range(of: name) else { return false }
        return range.count == 1 && tag.bytes[range.lowerBound] == .ascii("1") || tag.bytes.string(range).lowercased() == "true"
    }

    var frame: Int? { Int(frameText) }
    var pointNames: [String] { points.map(\.name) }

    // MARK: Coordinates

    mutating func readShape(_ tag: borrowing XMLTag, _ size: PictureSize?, _ budget: inout Int) {
        switch kind {
        case .box: shape = Self.box(tag)
        case .polygon, .polyline: shape = Self.points(tag).map { .polygon(Self.parts($0, tag.string("parts"))) }
        case .points: shape = Self.points(tag).map { .keypoints($0.map { Keypoint($0) }) }
        case .mask: shape = CVATMask.read(tag, size, &budget).map(Shape.mask)
        case .cuboid: shape = Self.cuboid(tag)
        case .ellipse: shape = Self.ellipse(tag)
        case .skeleton: shape = .keypoints([])
        case nil: return
        }
        if shape == nil, let kind { problem = ("<\(kind.rawValue)> with coordinates that cannot be read", Self.expected(kind)) }
    }

    private static func expected(_ kind: CVATShape) -> String {
        switch kind {
        case .box: "xtl, ytl, xbr, ybr as numbers"
        case .mask: "rle, left, top, width, height that fit each other, of at most \(CVATMask.pixelLimit) pixels"
        case .cuboid: "xtl1 to ybr2 as numbers"
        case .ellipse: "cx, cy, rx, ry as numbers"
        default: "points as x,y;x,y"
        }
    }

    private static func number(_ tag: borrowing XMLTag, _ name: StaticString) -> Double? { tag.range(of: name).flatMap { tag.bytes.double(tag.bytes.trimmed($0)) } }

    private static func box(_ tag: borrowing XMLTag) -> Shape? {
        guard let left = number(tag, "xtl"), let top = number(tag, "ytl"), let right = number(tag, "xbr"), let bottom = number(tag, "ybr") else { return nil }
        let box = Box(left: left, top: top, right: right, bottom: bottom)
        guard tag.range(of: "rotation") != nil else { return .box(box) }
        return number(tag, "rotation").map { .rotated(RotatedBox(box, angle: $0)) }
    }

    private static func ellipse(_ tag: borrowing XMLTag) -> Shape? {
        guard let x = number(tag, "cx"), let y = number(tag, "cy"), let radiusX = number(tag, "rx"), let radiusY = number(tag, "ry") else { return nil }
        let box = Box(left: Box.decimal(x - radiusX, of: x, radiusX), top: Box.decimal(y - radiusY, of: y, radiusY), right: Box.decimal(x + radiusX, of: x, radiusX), bottom: Box.decimal(y + radiusY, of: y, radiusY))
        return .rotated(RotatedBox(box, angle: number(tag, "rotation") ?? 0))
    }

    private static func cuboid(_ tag: borrowing XMLTag) -> Shape? {
        var points: [Point] = []
        for corner in CVATShape.cuboidCorners {
            guard let x = tag.number("x" + corner), let y = tag.number("y" + corner) else { return nil }
            points.append(Point(x: x, y: y))
        }
        return .polygon([Polygon(Array(points[..<4])), Polygon(Array(points[4...]))])
    }

    /// `x,y;x,y`; none for an empty value.
    private static func points(_ tag: borrowing XMLTag) -> [Point]? {
        guard let range = tag.range(of: "points") else { return nil }
        let bytes = tag.bytes
        var (points, position) = ([Point](), range.lowerBound)
        while position < range.upperBound {
            let end = bytes.position(of: .ascii(";"), in: position..<range.upperBound) ?? range.upperBound
            guard let comma = bytes.position(of: .ascii(","), in: position..<end), let x = bytes.double(bytes.trimmed(position..<comma)),
                let y = bytes.double(bytes.trimmed(comma + 1..<end))
            else { return nil }
            points.append(Point(x: x, y: y))
            position = end + 1
        }
        return points
    }

    /// Splits points into the parts of a shape that has several, as Slate writes them.
    private static func parts(_ points: [Point], _ counts: String?) -> [Polygon] {
        guard let counts else { return [Polygon(points)] }
        let numbers = counts.split(separator: ",").compactMap { Int($0) }.filter { $0 >= 0 && $0 <= points.count }
        var (parts, start) = ([Polygon](), 0)
        for number in numbers where number <= points.count - start {
            parts.append(Polygon(Array(points[start..<start + number])))
            start += number
        }
        return start == points.count ? parts : [Polygon(points)]
    }

    // MARK: Inside

    mutating func addPoint(_ tag: borrowing XMLTag) {
        guard let point = Self.points(tag), point.count == 1 else {
            problem = problem ?? ("a point of a skeleton that cannot be read", "one point as x,y")
            return
        }
        let visibility: Keypoint.Visibility = Self.isTrue(tag, "outside") ? .absent : Self.isTrue(tag, "occluded") ? .hidden : .visible
        points.append((tag.string("label") ?? String(points.count + 1), Keypoint(point[0], visibility)))
    }

    mutating func addAttribute(_ name: String, _ text: [UInt8]) {
        let prefix = points.last.map { "cvat.point.\($0.name)." } ?? "cvat.attribute."
        attributes.append(Attribute(prefix + name, String(decoding: text, as: UTF8.self)))
    }

    /// The key frame; nil for a tag.
    ///
    /// - Parameter pointNames: the points of the track's skeleton in their order; one that this shape lacks is absent.
    func keyframe(at time: Timestamp, pointNames: [String]) -> Keyframe? {
        guard var shape else { return nil }
        if kind == .skeleton {
            let known = Dictionary(points.map { ($0.name, $0.point) }, uniquingKeysWith: { first, _ in first })
            shape = .keypoints(pointNames.map { known[$0] ?? Keypoint(Point(x: 0, y: 0), .absent) })
        }
        return Keyframe(
            time: time, shape: shape, state: isOutside ? .outside : isOccluded ? .occluded : .visible, isInterpolated: !isKeyframe,
            attributes: statedAttributes + attributes)
    }
}

extension XMLTag {
    /// The value of an attribute whose name is made up at run time, as a number.
    fileprivate func number(_ name: String) -> Double? {
        for index in 0..<count where attributeName(index).local == name { return bytes.double(bytes.trimmed(range(index))) }
        return nil
    }
}
