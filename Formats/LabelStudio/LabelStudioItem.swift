import Timeline

/// What one result of Label Studio says.
struct LabelStudioItem {
    struct Piece: Equatable {
        let span: Span
        let content: Content
    }

    struct Problem {
        let code, found, expected: String
        var isLoss = false
    }

    private(set) var contents: [Piece] = []
    private(set) var confidence: Confidence?
    private(set) var problems: [Problem] = []
    /// The video that a sequence states.
    private(set) var stream: VideoStream?
    /// Whether frames were counted by an assumed rate.
    private(set) var needsRate = false

    private let item: JSONValue
    private let options: ReadingOptions
    private var value: JSONValue { item["value"] ?? .null }

    init(_ item: JSONValue, _ options: ReadingOptions) {
        (self.item, self.options) = (item, options)
        confidence = item["score"]?.double.flatMap(Confidence.init)
        let type = item["type"]?.string ?? ""
        switch type {
        case "relation": return
        case "videorectangle": readSequence()
        case "choices", "taxonomy", "rating", "number", "datetime", "pairwise", "labels", "paragraphlabels", "hypertextlabels", "timeserieslabels", "paragraphs": readTags(type)
        case "textarea": readText()
        default: readRegion(type)
        }
    }

    // MARK: Texts and tags

    /// From `start` to `end` in seconds; open from the start where there are none, as for the task as a whole.
    private var span: Span {
        guard let start = Self.seconds(value["start"]) else { return .open(.zero) }
        guard let end = Self.seconds(value["end"]) else { return .open(start) }
        return Segment(start: start, end: end).map(Span.segment) ?? .instant(start)
    }

    private static func seconds(_ value: JSONValue?) -> Timestamp? {
        guard case .number(let digits)? = value else { return nil }
        return DecimalSeconds(Array(digits.utf8), 0..<digits.utf8.count).map { Timestamp(ticks: $0.ticks) }
    }

    private mutating func readText() {
        let texts = value["text"]?.array?.compactMap(\.string) ?? value["text"]?.string.map { [$0] } ?? []
        contents = texts.map { Piece(span: span, content: .cue(Cue(CueText($0)))) }
        if contents.isEmpty { problems.append(Problem(code: "labelstudio-value", found: "a text area without text", expected: "value.text")) }
    }

    private mutating func readTags(_ type: String) {
        let stated = value[type] ?? value["labels"] ?? .null
        var names: [String] = []
        switch stated {
        case .array(let items): names = items.map { item in item.string ?? item.array?.compactMap(\.string).joined(separator: "/") ?? item.text }
        case .null: break
        default: names = [stated.string ?? stated.text]
        }
        let vocabulary = item["from_name"]?.string
        contents = names.map { Piece(span: span, content: .tag(Tag($0, vocabulary: vocabulary))) }
        if contents.isEmpty { problems.append(Problem(code: "labelstudio-value", found: "a result of type \(type) without a value", expected: "value.\(type)")) }
    }

    // MARK: Regions of pictures

    private func number(_ name: String) -> Double? { value[name]?.double.flatMap { $0.isFinite ? $0 : nil } }

    /// A share in per cent of a side in pixels.
    static func pixels(_ share: Double, _ side: Double) -> Double { Box.decimal(share * side / 100, of: share, side) }

    private var category: String {
        let type = item["type"]?.string ?? ""
        let stated = value[type]?.array ?? value["labels"]?.array ?? []
        return stated.first?.string ?? ""
    }

    private mutating func readRegion(_ type: String) {
        let stated = PictureSize(width: Int(exactly: item["original_width"]?.double ?? 0) ?? 0, height: Int(exactly: item["original_height"]?.double ?? 0) ?? 0)
        let size = stated.width > 0 && stated.height > 0 ? stated : options.pictureSize ?? PictureSize(width: 100, height: 100)
        let (width, height) = (Double(size.width), Double(size.height))
        let found: Shape? =
            switch type {
            case "rectanglelabels", "rectangle": box(width, height)
            case "ellipselabels", "ellipse": ellipse(width, height)
            case "polygonlabels", "polygon": polygon(width, height)
            case "keypointlabels", "keypoint": keypoint(width, height)
            case "brushlabels", "brush": LabelStudioBrush.mask(value["rle"], size).map(Shape.mask)
            default: nil
            }
        guard let found else {
            problems.append(Problem(code: "labelstudio-type", found: "a result of type '\(type.prefix(40))' that cannot be read as a region", expected: "a type of image, video, audio or text"))
            return
        }
        if stated.width > 0, stated.height > 0 { stream = VideoStream(width: stated.width, height: stated.height) }
        if stream == nil, options.pictureSize == nil {
            problems.append(Problem(code: "labelstudio-size", found: "a region of a picture whose size is not known", expected: "original_width and original_height, or the size as an option"))
        }
        contents = [Piece(span: .instant(.zero), content: .track(Track(category, keyframes: [Keyframe(time: .zero, shape: found)])))]
    }

    private func box(_ width: Double, _ height: Double) -> Shape? {
        guard let x = number("x"), let y = number("y"), let w = number("width"), let h = number("height") else { return nil }
        let box = Box(x: Self.pixels(x, width), y: Self.pixels(y, height), width: Self.pixels(w, width), height: Self.pixels(h, height))
        guard let angle = number("rotation"), angle != 0 else { return .box(box) }
        return .rotated(box.turnedAtCorner(angle))
    }

    private func ellipse(_ width: Double, _ height: Double) -> Shape? {
        guard let x = number("x"), let y = number("y"), let radiusX = number("radiusX"), let radiusY = number("radiusY") else { return nil }
        let box = Box(
            x: Self.pixels(x - radiusX, width), y: Self.pixels(y - radiusY, height), width: Self.pixels(2 * radiusX, width), height: Self.pixels(2 * radiusY, height))
        return .rotated(RotatedBox(box, angle: number("rotation") ?? 0))
    }

    private func polygon(_ width: Double, _ height: Double) -> Shape? {
        guard let pairs = value["points"]?.array else { return nil }
        var points: [Point] = []
        for pair in pairs {
            guard let sides = pair.array?.compactMap(\.double), sides.count == 2 else { return nil }
            points.append(Point(x: Self.pixels(sides[0], width), y: Self.pixels(sides[1], height)))
        }
        return .polygon([Polygon(points)])
    }

    private func keypoint(_ width: Double, _ height: Double) -> Shape? {
        guard let x = number("x"), let y = number("y") else { return nil }
        return .keypoints([Keypoint(Point(x: Self.pixels(x, width), y: Self.pixels(y, height)))])
    }

    // MARK: Sequences of video

    private mutating func readSequence() {
        guard let sequence = value["sequence"]?.array, !sequence.isEmpty else {
            return problems.append(Problem(code: "labelstudio-value", found: "a video rectangle without a sequence", expected: "value.sequence"))
        }
        let rate = statedRate
        if let rate { stream = VideoStream(timing: .constant(rate), frameCount: value["framesCount"]?.integer.map { Int($0) }) }
        if rate == nil, options.frameTiming == nil { needsRate = true }
        let clock = FrameClock(rate.map(FrameTiming.constant) ?? options.frameTiming ?? .constant(FrameClock.assumedRate))
        let size = options.pictureSize ?? PictureSize(width: 100, height: 100)
        if options.pictureSize == nil { problems.append(Problem(code: "labelstudio-size", found: "boxes of a video whose size is not known", expected: "the size as an option")) }
        var frames: [(frame: Int, shape: Shape, isEnabled: Bool)] = []
        for entry in sequence {
            guard let frame = entry["frame"]?.double.flatMap({ Int(exactly: $0) }), frame >= 1, clock.time(frame) != nil, let shape = Self.shape(entry, size) else {
                problems.append(Problem(code: "labelstudio-frame", found: "an entry of a sequence without frame and box", expected: "frame from 1, x, y, width, height", isLoss: true))
                continue
            }
            frames.append((frame - 1, shape, entry["enabled"] != .bool(false)))
        }
        contents = Self.track(category, frames, clock).map { [$0] } ?? []
    }

    /// Frames over seconds, as one of the usual rates where it is near one.
    private var statedRate: FrameRate? {
        guard let frames = value["framesCount"]?.double, let duration = value["duration"]?.double, frames > 0, duration > 0, (frames / duration).isFinite else { return nil }
        let rate = frames / duration
        let usual: [(Int64, Int64)] = [(24_000, 1001), (24, 1), (25, 1), (30_000, 1001), (30, 1), (48, 1), (50, 1), (60_000, 1001), (60, 1), (120, 1)]
        if let near = usual.min(by: { abs(Double($0.0) / Double($0.1) - rate) < abs(Double($1.0) / Double($1.1) - rate) }), abs(Double(near.0) / Double(near.1) - rate) < 0.0005 * rate {
            return FrameRate(near.0, over: near.1)
        }
        return rate < 1_000_000 ? Int64(exactly: (rate * 1000).rounded()).flatMap { FrameRate($0, over: 1000) } : nil
    }

    private static func shape(_ entry: JSONValue, _ size: PictureSize) -> Shape? {
        guard let x = entry["x"]?.double, let y = entry["y"]?.double, let w = entry["width"]?.double, let h = entry["height"]?.double, [x, y, w, h].allSatisfy(\.isFinite) else { return nil }
        let (width, height) = (Double(size.width), Double(size.height))
        let box = Box(x: pixels(x, width), y: pixels(y, height), width: pixels(w, width), height: pixels(h, height))
        guard let angle = entry["rotation"]?.double, angle.isFinite, angle != 0 else { return .box(box) }
        return .rotated(box.turnedAtCorner(angle))
    }

    /// A key frame that is not enabled is the last of a stretch; where nothing lies between two that are, nothing is interpolated.
    private static func track(_ category: String, _ stated: [(frame: Int, shape: Shape, isEnabled: Bool)], _ clock: FrameClock) -> Piece? {
        var frames: [(frame: Int, shape: Shape, isEnabled: Bool)] = []
        for entry in stated.sorted(by: { $0.frame < $1.frame }) where frames.last?.frame != entry.frame { frames.append(entry) }
        let interpolates = zip(frames, frames.dropFirst()).contains { $0.isEnabled && $1.frame > $0.frame + 1 }
        var keyframes: [Keyframe] = []
        for (index, entry) in frames.enumerated() {
            guard let time = clock.time(entry.frame) else { continue }
            keyframes.append(Keyframe(time: time, shape: entry.shape))
            let next = index + 1 < frames.count ? frames[index + 1].frame : entry.frame + 1
            guard interpolates, !entry.isEnabled, next > entry.frame + 1, let after = clock.time(entry.frame + 1) else { continue }
            keyframes.append(Keyframe(time: after, shape: entry.shape, state: .outside))
        }
        let track = Track(category, keyframes: keyframes, interpolation: interpolates ? .linear : .none)
        return track.span.map { Piece(span: $0, content: .track(track)) }
    }
}

extension Box {
    /// The box turned around its top left corner, as Label Studio turns it.
    ///
    /// - Parameter angle: clockwise on the screen, in degrees.
    func turnedAtCorner(_ angle: Double) -> RotatedBox {
        // The corners of the box turned about its centre tell how far the corner went.
        let corner = RotatedBox(self, angle: angle).corners[0]
        return RotatedBox(Box(x: x + (x - corner.x), y: y + (y - corner.y), width: width, height: height), angle: angle)
    }
}
