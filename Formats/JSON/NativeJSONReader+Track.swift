import Timeline

extension NativeJSONReader {
    func video(_ json: JSONValue, _ path: String) throws(FormatError) -> VideoStream {
        VideoStream(
            width: try optionalCount(json, "width", path), height: try optionalCount(json, "height", path), timing: try timing(json, path),
            frameCount: try optionalCount(json, "frames", path))
    }

    func sound(_ json: JSONValue, _ path: String) throws(FormatError) -> SoundStream {
        SoundStream(sampleRate: try optionalCount(json, "sampleRate", path), channelCount: try optionalCount(json, "channels", path))
    }

    private func timing(_ json: JSONValue, _ path: String) throws(FormatError) -> FrameTiming? {
        if json["rate"] != nil {
            let pair = try list(json, "rate", path, whole)
            guard pair.count == 2, let rate = FrameRate(pair[0], over: pair[1]) else {
                throw wrong(path + ".rate", "another value", "a numerator and a denominator above 0")
            }
            return .constant(rate)
        }
        guard json["times"] != nil else { return nil }
        let times = try list(json, "times", path, whole).map { Timestamp(ticks: $0) }
        guard zip(times, times.dropFirst()).allSatisfy({ $0 < $1 }) else { throw wrong(path + ".times", "times that do not ascend", "the time of each frame") }
        return .times(times)
    }

    func track(_ json: JSONValue, _ path: String) throws(FormatError) -> Track {
        var track = Track(try string(json, "category", path), keyframes: try list(json, "keyframes", path, keyframe))
        if json["interpolation"] != nil {
            track.interpolation = try named(json, "interpolation", path, Track.Interpolation.init(rawValue:), Track.Interpolation.allCases.map(\.rawValue))
        }
        return track
    }

    private func keyframe(_ json: JSONValue, _ path: String) throws(FormatError) -> Keyframe {
        var keyframe = Keyframe(time: try time(json, "at", path), shape: try shape(json, path), attributes: try list(json, "attributes", path, attribute))
        if json["state"] != nil {
            let states = Keyframe.State.allCases
            keyframe.state = try named(json, "state", path, { name in states.first { $0.name == name } }, states.map(\.name))
        }
        keyframe.isInterpolated = json["interpolated"] == .bool(true)
        if let value = try optionalDouble(json, "confidence", path) {
            guard let confidence = Confidence(value) else { throw wrong(path + ".confidence", "\(value)", "a number from 0 to 1") }
            keyframe.confidence = confidence
        }
        return keyframe
    }

    private func shape(_ json: JSONValue, _ path: String) throws(FormatError) -> Shape {
        if json["box"] != nil { return .box(box(try numbers(json, "box", path, 4))) }
        if json["rotated"] != nil {
            let values = try numbers(json, "rotated", path, 5)
            return .rotated(RotatedBox(box(values), angle: values[4]))
        }
        if json["polygon"] != nil { return .polygon(try list(json, "polygon", path, polygon)) }
        if json["keypoints"] != nil { return .keypoints(try keypoints(json, path)) }
        if let mask = json["mask"] { return .mask(try self.mask(mask, path + ".mask")) }
        throw wrong(path, "a keyframe without a shape", "one of box, rotated, polygon, mask, keypoints")
    }

    private func box(_ values: [Double]) -> Box { Box(x: values[0], y: values[1], width: values[2], height: values[3]) }

    private func polygon(_ json: JSONValue, _ path: String) throws(FormatError) -> Polygon {
        guard let values = json.array, values.count % 2 == 0 else { throw wrong(path, json.kind, "pairs of x and y") }
        let numbers = try values.map { value throws(FormatError) in try number(value, path) }
        return Polygon(stride(from: 0, to: numbers.count, by: 2).map { Point(x: numbers[$0], y: numbers[$0 + 1]) })
    }

    private func keypoints(_ json: JSONValue, _ path: String) throws(FormatError) -> [Keypoint] {
        let values = try list(json, "keypoints", path, number)
        guard values.count % 3 == 0 else { throw wrong(path + ".keypoints", "\(values.count) numbers", "x, y and visibility of each point") }
        return try stride(from: 0, to: values.count, by: 3).map { index throws(FormatError) in
            guard let visibility = UInt8(exactly: values[index + 2]).flatMap(Keypoint.Visibility.init(rawValue:)) else {
                throw wrong(path + ".keypoints", "visibility \(values[index + 2])", "0, 1 or 2")
            }
            return Keypoint(Point(x: values[index], y: values[index + 1]), visibility)
        }
    }

    private func mask(_ json: JSONValue, _ path: String) throws(FormatError) -> Mask {
        let (size, runs) = (try list(json, "size", path, whole), try list(json, "runs", path, whole))
        guard size.count == 2, runs.allSatisfy({ UInt32(exactly: $0) != nil }),
            let mask = Mask(width: Int(size[0]), height: Int(size[1]), runs: runs.map { UInt32($0) })
        else { throw wrong(path, "runs that do not fit the size", "run lengths that cover at most width times height pixels") }
        return mask
    }

    // MARK: Numbers

    private func optionalCount(_ json: JSONValue, _ name: String, _ path: String) throws(FormatError) -> Int? {
        guard json[name] != nil else { return nil }
        let value = try integer(json, name, path)
        guard (0...1 << 40).contains(value) else { throw wrong(Self.join(path, name), "\(value)", "a count") }
        return Int(value)
    }

    private func whole(_ json: JSONValue, _ path: String) throws(FormatError) -> Int64 {
        guard let value = json.integer else { throw wrong(path, json.kind, "a whole number") }
        return value
    }

    private func number(_ json: JSONValue, _ path: String) throws(FormatError) -> Double {
        guard let value = json.double, value.isFinite else { throw wrong(path, json.kind, "a number") }
        return value
    }

    private func numbers(_ json: JSONValue, _ name: String, _ path: String, _ count: Int) throws(FormatError) -> [Double] {
        let values = try list(json, name, path, number)
        guard values.count == count else { throw wrong(Self.join(path, name), "\(values.count) numbers", "\(count)") }
        return values
    }
}
