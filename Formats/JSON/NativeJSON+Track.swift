import Timeline

extension VideoStream {
    var json: JSONValue {
        object {
            $0.add("width", width.map { .integer(Int64($0)) })
            $0.add("height", height.map { .integer(Int64($0)) })
            $0.add("frames", frameCount.map { .integer(Int64($0)) })
            switch timing {
            case .constant(let rate): $0.add("rate", .array([.integer(rate.numerator), .integer(rate.denominator)]))
            case .times(let times): $0.add("times", .array(times.map { .integer($0.ticks) }))
            case nil: break
            }
        }
    }
}

extension SoundStream {
    var json: JSONValue {
        object {
            $0.add("sampleRate", sampleRate.map { .integer(Int64($0)) })
            $0.add("channels", channelCount.map { .integer(Int64($0)) })
        }
    }
}

extension Keyframe {
    var json: JSONValue {
        object {
            $0.add("at", .integer(time.ticks))
            $0.add(shape.key, shape.json)
            $0.add("state", state == .visible ? nil : state.name)
            $0.add("interpolated", isInterpolated ? .bool(true) : nil)
            $0.add("confidence", confidence?.value)
            $0.add("attributes", attributes)
        }
    }
}

extension Keyframe.State {
    /// The name in JSON.
    var name: String {
        switch self {
        case .visible: "visible"
        case .occluded: "occluded"
        case .outside: "outside"
        }
    }
}

extension Shape {
    fileprivate var key: String {
        switch self {
        case .box: "box"
        case .rotated: "rotated"
        case .polygon: "polygon"
        case .mask: "mask"
        case .keypoints: "keypoints"
        }
    }

    fileprivate var json: JSONValue {
        switch self {
        case .box(let box): .numbers(box.sides)
        case .rotated(let rotated): .numbers(rotated.box.sides + [rotated.angle])
        case .polygon(let polygons): .array(polygons.map { .numbers($0.points.flatMap { [$0.x, $0.y] }) })
        case .mask(let mask):
            object {
                $0.add("size", .array([.integer(Int64(mask.width)), .integer(Int64(mask.height))]))
                $0.add("runs", .array(mask.runs.map { .integer(Int64($0)) }))
            }
        case .keypoints(let points): .numbers(points.flatMap { [$0.point.x, $0.point.y, Double($0.visibility.rawValue)] })
        }
    }
}

extension Box {
    fileprivate var sides: [Double] { [x, y, width, height] }
}

extension JSONValue {
    fileprivate static func numbers(_ values: [Double]) -> JSONValue { .array(values.map(JSONValue.double)) }
}
