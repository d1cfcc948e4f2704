import Timeline

/// Writes one shape as an element of CVAT.
struct CVATShapeWriter {
    private let keyframe: Keyframe
    private let kind: CVATShape
    private let pointNames: [String]
    private let video: VideoStream?

    init(_ keyframe: Keyframe, _ attributes: [Attribute], _ video: VideoStream?) {
        (self.keyframe, self.video) = (keyframe, video)
        let stated = attributes["cvat.shape"].flatMap(CVATShape.init(rawValue:))
        kind = stated.flatMap { Self.fits(keyframe.shape, $0) ? $0 : nil } ?? CVATShape(keyframe.shape)
        pointNames = attributes["cvat.points"]?.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) ?? []
    }

    /// Whether a shape can be written as what it was.
    private static func fits(_ shape: Shape, _ kind: CVATShape) -> Bool {
        switch (shape, kind) {
        case (.polygon, .polyline), (.rotated, .ellipse): true
        case (.polygon(let parts), .cuboid): parts.map(\.points.count) == [4, 4]
        case (.keypoints(let points), .points): points.allSatisfy { $0.visibility == .visible }
        default: false
        }
    }

    func open(_ xml: inout XMLWriter) { xml.open(kind.rawValue) }

    func writeCoordinates(_ xml: inout XMLWriter) {
        switch keyframe.shape {
        case .box(let box): write(box, &xml)
        case .rotated(let rotated): write(rotated, &xml)
        case .polygon(let parts): write(parts, &xml)
        case .mask(let mask): write(mask, &xml)
        case .keypoints(let points): if kind == .points { xml.attribute("points", plain: Self.text(points.map(\.point))) }
        }
    }

    private func write(_ box: Box, _ xml: inout XMLWriter) {
        for (name, edge) in [("xtl", box.x), ("ytl", box.y), ("xbr", box.right), ("ybr", box.bottom)] { xml.attribute(name, plain: Self.text(edge)) }
    }

    private func write(_ rotated: RotatedBox, _ xml: inout XMLWriter) {
        let box = rotated.box
        if kind == .ellipse {
            let (radiusX, radiusY) = (box.width / 2, box.height / 2)
            let (x, y) = (Box.decimal(box.x + radiusX, of: box.x, radiusX), Box.decimal(box.y + radiusY, of: box.y, radiusY))
            for (name, value) in [("cx", x), ("cy", y), ("rx", radiusX), ("ry", radiusY)] { xml.attribute(name, plain: Self.text(value)) }
        } else {
            write(box, &xml)
        }
        if kind != .ellipse || rotated.angle != 0 { xml.attribute("rotation", plain: Self.text(rotated.angle)) }
    }

    private func write(_ parts: [Polygon], _ xml: inout XMLWriter) {
        let points = parts.flatMap(\.points)
        if kind == .cuboid {
            for (corner, point) in zip(CVATShape.cuboidCorners, points) {
                xml.attribute("x" + corner, plain: Self.text(point.x))
                xml.attribute("y" + corner, plain: Self.text(point.y))
            }
            return
        }
        xml.attribute("points", plain: Self.text(points))
        if parts.count != 1 { xml.attribute("parts", parts.map { String($0.points.count) }.joined(separator: ",")) }
    }

    private func write(_ mask: Mask, _ xml: inout XMLWriter) {
        let (box, runs) = CVATMask.write(mask)
        xml.attribute("rle", runs.map { String($0) }.joined(separator: ","))
        for (name, side) in [("left", box.x), ("top", box.y), ("width", box.width), ("height", box.height)] { xml.attribute(name, plain: Self.text(side)) }
        if mask.width != video?.width || mask.height != video?.height { xml.attribute("picture", "\(mask.width)x\(mask.height)") }
    }

    /// The points of a skeleton as elements, with the attributes that they had.
    func writePoints(_ xml: inout XMLWriter, _ attributes: [Attribute]) {
        guard kind == .skeleton, case .keypoints(let points) = keyframe.shape else { return }
        for (index, point) in points.enumerated() {
            let name = index < pointNames.count ? pointNames[index] : String(index + 1)
            xml.open("points")
            xml.attribute("label", name)
            xml.attribute("outside", point.visibility == .absent ? 1 : 0)
            xml.attribute("occluded", point.visibility == .hidden ? 1 : 0)
            xml.attribute("points", plain: Self.text([point.point]))
            let prefix = "cvat.point.\(name)."
            for attribute in attributes where attribute.name.hasPrefix(prefix) {
                xml.open("attribute")
                xml.attribute("name", String(attribute.name.dropFirst(prefix.utf8.count)))
                xml.text(attribute.value)
                xml.close()
            }
            xml.close()
        }
    }

    private static func text(_ value: Double) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendNumber(value)
        return bytes
    }

    private static func text(_ points: [Point]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, point) in points.enumerated() {
            if index > 0 { bytes.append(.ascii(";")) }
            bytes.appendNumber(point.x)
            bytes.append(.ascii(","))
            bytes.appendNumber(point.y)
        }
        return bytes
    }
}
