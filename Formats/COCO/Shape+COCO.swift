import Timeline

extension Shape {
    /// The box that COCO states beside the shape.
    var cocoBox: Box {
        switch self {
        case .box(let box): return box
        case .rotated(let rotated): return rotated.box
        case .mask(let mask): return mask.bounds ?? Box(x: 0, y: 0, width: 0, height: 0)
        case .polygon(let parts): return Self.box(around: parts.lazy.flatMap(\.points))
        case .keypoints(let points): return Self.box(around: points.lazy.filter { $0.visibility != .absent }.map(\.point))
        }
    }

    private static func box(around points: some Sequence<Point>) -> Box {
        var (low, high, isEmpty) = (Point(x: 0, y: 0), Point(x: 0, y: 0), true)
        for point in points {
            low = isEmpty ? point : Point(x: min(low.x, point.x), y: min(low.y, point.y))
            high = isEmpty ? point : Point(x: max(high.x, point.x), y: max(high.y, point.y))
            isEmpty = false
        }
        return Box(left: low.x, top: low.y, right: high.x, bottom: high.y)
    }

    /// The area that COCO states beside the shape, in square pixels: of the polygons, of the mask's pixels, else of the box.
    var cocoArea: Double {
        switch self {
        case .mask(let mask): return Double(mask.area)
        case .polygon(let parts): return parts.reduce(0) { $0 + $1.area }
        case .box, .rotated, .keypoints:
            let box = cocoBox
            return Box.decimal(box.width * box.height, of: box.width, box.height)
        }
    }
}

extension Polygon {
    /// In square pixels, by the formula of the shoelace.
    var area: Double {
        guard var last = points.last else { return 0 }
        var sum = 0.0
        for point in points {
            sum += last.x * point.y - point.x * last.y
            last = point
        }
        return sum.magnitude / 2
    }
}

extension [UInt8] {
    /// Appends ASCII that is written in the source.
    @inline(__always)
    mutating func append(plain text: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends a box as an array of JSON.
    mutating func appendJSON(_ box: Box) {
        append(.ascii("["))
        appendNumber(box.x)
        append(.ascii(","))
        appendNumber(box.y)
        append(.ascii(","))
        appendNumber(box.width)
        append(.ascii(","))
        appendNumber(box.height)
        append(.ascii("]"))
    }

    /// Appends key points as an array of JSON: x, y and visibility by turns.
    mutating func appendJSON(_ points: [Keypoint]) {
        append(.ascii("["))
        for (index, keypoint) in points.enumerated() {
            if index > 0 { append(.ascii(",")) }
            appendNumber(keypoint.point.x)
            append(.ascii(","))
            appendNumber(keypoint.point.y)
            append(.ascii(","))
            append(0x30 + keypoint.visibility.rawValue)
        }
        append(.ascii("]"))
    }

    /// Appends polygons as arrays of JSON: x and y by turns.
    mutating func appendJSON(_ polygons: [Polygon]) {
        append(.ascii("["))
        for (index, polygon) in polygons.enumerated() {
            append(plain: index > 0 ? ",[" : "[")
            for (place, point) in polygon.points.enumerated() {
                if place > 0 { append(.ascii(",")) }
                appendNumber(point.x)
                append(.ascii(","))
                appendNumber(point.y)
            }
            append(.ascii("]"))
        }
        append(.ascii("]"))
    }

    /// Appends a mask as an object of JSON, its runs as COCO's text or as numbers.
    mutating func appendJSON(_ mask: Mask, plainRuns: Bool) {
        append(plain: "{\"size\":[")
        appendDecimal(Int64(mask.height))
        append(.ascii(","))
        appendDecimal(Int64(mask.width))
        append(plain: plainRuns ? "],\"counts\":[" : "],\"counts\":\"")
        if plainRuns {
            for (index, run) in mask.runs.enumerated() {
                if index > 0 { append(.ascii(",")) }
                appendDecimal(Int64(run))
            }
            return append(plain: "]}")
        }
        var text: [UInt8] = []
        RunLengths.append(mask.runs, to: &text)
        for byte in text {
            // The backslash is one of the text's characters.
            if byte == .ascii("\\") { append(byte) }
            append(byte)
        }
        append(plain: "\"}")
    }
}
