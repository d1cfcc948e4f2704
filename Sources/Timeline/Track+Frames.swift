extension Track {
    /// From the first keyframe to the last, as an instant where there is one; nil without keyframes.
    public var span: Span? {
        guard let first = keyframes.first?.time, let last = keyframes.last?.time else { return nil }
        return Segment(start: first, end: last).map(Span.segment) ?? .instant(first)
    }

    /// The object in every frame in which it is seen: the stated positions, and those between two of them where the track
    /// interpolates. Frames in which it is outside are left out.
    ///
    /// - Parameter limit: positions at most; nil is returned when there would be more.
    /// - Complexity: O(*n*) in the number of positions.
    public func everyFrame(_ timing: FrameTiming, limit: Int = 50_000_000) -> Track? {
        guard interpolation == .linear else {
            return Track(category, keyframes: keyframes.filter { $0.state != .outside })
        }
        var filled: [Keyframe] = []
        for (index, keyframe) in keyframes.enumerated() where keyframe.state != .outside {
            filled.append(keyframe)
            guard index + 1 < keyframes.count, let first = timing.frame(at: keyframe.time), let last = timing.frame(at: keyframes[index + 1].time),
                last - first > 1
            else { continue }
            guard last - first <= limit - filled.count else { return nil }
            for frame in first + 1..<last {
                guard let time = timing.time(ofFrame: frame) else { continue }
                filled.append(keyframe.interpolated(to: keyframes[index + 1], at: time))
            }
        }
        return filled.count > limit ? nil : Track(category, keyframes: filled)
    }

    /// Where the object is at a time: a stated position, or one between two where the track interpolates. Nil before the first
    /// keyframe, behind the last, while it is outside, and between keyframes of a track that does not interpolate.
    ///
    /// - Complexity: O(log *n*) in the number of keyframes.
    public func position(at time: Timestamp) -> Keyframe? {
        var (low, high) = (0, keyframes.count)
        while low < high {
            let middle = (low + high) / 2
            if keyframes[middle].time <= time { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return nil }
        let keyframe = keyframes[low - 1]
        guard keyframe.state != .outside else { return nil }
        if keyframe.time == time { return keyframe }
        guard interpolation == .linear, low < keyframes.count else { return nil }
        return keyframe.interpolated(to: keyframes[low], at: time)
    }
}

extension Keyframe {
    /// The position at a time between this keyframe and a later one: in proportion to the time where the shapes match corner by
    /// corner and the object is still there, and this one's otherwise. State and attributes are this one's, as in CVAT.
    func interpolated(to next: Keyframe, at time: Timestamp) -> Keyframe {
        let whole = Double((next.time - self.time).ticks)
        let share = whole > 0 ? Double((time - self.time).ticks) / whole : 0
        var result = self
        result.time = time
        result.isInterpolated = true
        if next.state != .outside, let shape = shape.mixed(with: next.shape, share) { result.shape = shape }
        return result
    }
}

extension Shape {
    /// The shape part of the way to another; nil where they do not match corner by corner.
    ///
    /// - Parameter share: 0 for this one, 1 for the other.
    func mixed(with other: Shape, _ share: Double) -> Shape? {
        switch (self, other) {
        case (.box(let a), .box(let b)): return .box(a.mixed(with: b, share))
        case (.rotated(let a), .rotated(let b)):
            // The shorter way round.
            let turn = (b.angle - a.angle).remainder(dividingBy: 360)
            return .rotated(RotatedBox(a.box.mixed(with: b.box, share), angle: a.angle + turn * share))
        case (.box(let a), .rotated(let b)): return Shape.rotated(RotatedBox(a, angle: 0)).mixed(with: .rotated(b), share)
        case (.rotated(let a), .box(let b)): return Shape.rotated(a).mixed(with: .rotated(RotatedBox(b, angle: 0)), share)
        case (.polygon(let a), .polygon(let b)):
            guard a.map(\.points.count) == b.map(\.points.count) else { return nil }
            return .polygon(zip(a, b).map { one, two in Polygon(zip(one.points, two.points).map { $0.mixed(with: $1, share) }) })
        case (.keypoints(let a), .keypoints(let b)):
            guard a.count == b.count else { return nil }
            return .keypoints(zip(a, b).map { Keypoint($0.point.mixed(with: $1.point, share), $0.visibility) })
        default: return nil
        }
    }
}

extension Box {
    fileprivate func mixed(with other: Box, _ share: Double) -> Box {
        func mix(_ a: Double, _ b: Double) -> Double { a + (b - a) * share }
        return Box(x: mix(x, other.x), y: mix(y, other.y), width: mix(width, other.width), height: mix(height, other.height))
    }
}

extension Point {
    fileprivate func mixed(with other: Point, _ share: Double) -> Point { Point(x: x + (other.x - x) * share, y: y + (other.y - y) * share) }
}
