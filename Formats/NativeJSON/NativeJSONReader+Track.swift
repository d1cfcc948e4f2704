import Timeline

extension NativeJSONReader {
    mutating func video(_ json: inout JSONTokenizer) throws(FormatError) -> VideoStream {
        var video = VideoStream()
        _ = try members(&json, VideoKey.self) { (reader, json, key) throws(FormatError) in
            switch key {
            case .width: video.width = try reader.count(&json)
            case .height: video.height = try reader.count(&json)
            case .frames: video.frameCount = try reader.count(&json)
            case .rate: video.timing = .constant(try reader.rate(&json))
            case .times: video.timing = .times(try reader.times(&json))
            }
        }
        return video
    }

    mutating func sound(_ json: inout JSONTokenizer) throws(FormatError) -> SoundStream {
        var sound = SoundStream()
        _ = try members(&json, SoundKey.self) { (reader, json, key) throws(FormatError) in
            switch key {
            case .sampleRate: sound.sampleRate = try reader.count(&json)
            case .channels: sound.channelCount = try reader.count(&json)
            }
        }
        return sound
    }

    private mutating func rate(_ json: inout JSONTokenizer) throws(FormatError) -> FrameRate {
        let place = json.position()
        let pair = try list(&json) { (reader, json) throws(FormatError) in try reader.whole(&json) }
        guard pair.count == 2, let rate = FrameRate(pair[0], over: pair[1]) else {
            throw wrong(place, "a rate of \(pair.count) numbers", "a numerator and a denominator above 0, at most 1000000 frames a second")
        }
        return rate
    }

    private mutating func times(_ json: inout JSONTokenizer) throws(FormatError) -> [Timestamp] {
        let place = json.position()
        let times = try list(&json) { (reader, json) throws(FormatError) in try reader.time(&json) }
        guard zip(times, times.dropFirst()).allSatisfy({ $0 < $1 }) else { throw wrong(place, "times that do not ascend", "the time of each frame") }
        return times
    }

    // MARK: Tracks

    mutating func track(_ json: inout JSONTokenizer) throws(FormatError) -> Content {
        let place = json.position()
        var (category, track) = (String?.none, Track("", keyframes: []))
        _ = try members(&json, TrackKey.self) { (reader, json, key) throws(FormatError) in
            switch key {
            case .category: category = try reader.text(&json)
            case .interpolation: track.interpolation = try reader.named(&json, Track.Interpolation.self)
            case .keyframes: track.keyframes = try reader.list(&json) { (reader, json) throws(FormatError) in try reader.keyframe(&json) }
            }
        }
        track.category = try required(category, TrackKey.category.rawValue, place)
        return .track(track)
    }

    private mutating func keyframe(_ json: inout JSONTokenizer) throws(FormatError) -> Keyframe {
        let place = json.position()
        var (time, shape, frame) = (Timestamp?.none, Shape?.none, Keyframe(time: .zero, shape: .polygon([])))
        let unknown = try members(&json, KeyframeKey.self, carries: true) { (reader, json, key) throws(FormatError) in
            switch key {
            case .at: time = try reader.time(&json)
            case .box: shape = .box(Box(try reader.numbers(&json, 4)))
            case .rotated:
                let values = try reader.numbers(&json, 5)
                shape = .rotated(RotatedBox(Box(values), angle: values[4]))
            case .polygon: shape = .polygon(try reader.list(&json) { (reader, json) throws(FormatError) in try reader.polygon(&json) })
            case .mask: shape = .mask(try reader.mask(&json))
            case .keypoints: shape = .keypoints(try reader.keypoints(&json))
            case .state: frame.state = try reader.named(&json, NativeState.self).state
            case .interpolated: frame.isInterpolated = try reader.truth(&json)
            case .confidence: frame.confidence = try reader.confidence(&json)
            case .attributes: frame.attributes = try reader.attributes(&json)
            }
        }
        frame.time = try required(time, KeyframeKey.at.rawValue, place)
        frame.shape = try required(shape, "box, rotated, polygon, mask or keypoints", place)
        frame.attributes += unknown
        return frame
    }

    private mutating func polygon(_ json: inout JSONTokenizer) throws(FormatError) -> Polygon {
        let place = json.position()
        let numbers = try list(&json) { (reader, json) throws(FormatError) in try reader.number(&json) }
        guard numbers.count % 2 == 0 else { throw wrong(place, "\(numbers.count) numbers", "pairs of x and y") }
        return Polygon(stride(from: 0, to: numbers.count, by: 2).map { Point(x: numbers[$0], y: numbers[$0 + 1]) })
    }

    private mutating func keypoints(_ json: inout JSONTokenizer) throws(FormatError) -> [Keypoint] {
        let place = json.position()
        let values = try list(&json) { (reader, json) throws(FormatError) in try reader.number(&json) }
        guard values.count % 3 == 0 else { throw wrong(place, "\(values.count) numbers", "x, y and visibility of each point") }
        var points: [Keypoint] = []
        for index in stride(from: 0, to: values.count, by: 3) {
            guard let visibility = UInt8(exactly: values[index + 2]).flatMap(Keypoint.Visibility.init(rawValue:)) else {
                throw wrong(place, "visibility \(values[index + 2])", "0, 1 or 2")
            }
            points.append(Keypoint(Point(x: values[index], y: values[index + 1]), visibility))
        }
        return points
    }

    private mutating func mask(_ json: inout JSONTokenizer) throws(FormatError) -> Mask {
        let place = json.position()
        var (size, runs) = ([Int](), [UInt32]())
        _ = try members(&json, MaskKey.self) { (reader, json, key) throws(FormatError) in
            switch key {
            case .size: size = try reader.list(&json) { (reader, json) throws(FormatError) in try reader.count(&json) }
            case .runs:
                runs = try reader.list(&json) { (reader, json) throws(FormatError) in
                    guard let run = json.integer.flatMap(UInt32.init(exactly:)) else { throw reader.wrong(&json, "a run length") }
                    return run
                }
            }
        }
        guard size.count == 2, let mask = Mask(width: size[0], height: size[1], runs: runs) else {
            throw wrong(place, "runs that do not fit the size", "run lengths that cover at most width times height pixels")
        }
        return mask
    }
}

extension Box {
    /// - Parameter sides: left, top, width, height.
    fileprivate init(_ sides: [Double]) { self.init(x: sides[0], y: sides[1], width: sides[2], height: sides[3]) }
}

/// States of keyframes by their names in the file.
enum NativeState: String, CaseIterable {
    case visible, occluded, outside

    init(_ state: Keyframe.State) {
        switch state {
        case .visible: self = .visible
        case .occluded: self = .occluded
        case .outside: self = .outside
        }
    }

    var state: Keyframe.State {
        switch self {
        case .visible: .visible
        case .occluded: .occluded
        case .outside: .outside
        }
    }
}
