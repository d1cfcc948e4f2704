import Timeline

/// Reads KITTI label files: each is one sequence, or one picture in the detection form.
struct KITTIReader {
    private let options: ReadingOptions
    private let clock: FrameClock
    private var usedAssumedRate = false

    /// What fields say that are not known, as the development kit writes them.
    static let unknownView = "0 0 -10"
    static let unknownSolid = "-1 -1 -1 -1000 -1000 -1000 -10"

    init(options: ReadingOptions) {
        self.options = options
        clock = FrameClock(options.frameTiming ?? .constant(KITTI.assumedRate))
    }

    mutating func document(_ bytes: [UInt8], name: String, size: PictureSize?, _ log: inout DiagnosticLog) throws(FormatError) -> Document {
        let source = try TextSource(bytes, encodingName: options.encodingName, log: &log)
        let text = source.text
        var collector = TrackCollector(categoryAttribute: "kitti.type")
        var (tracking, pictures) = (0, 0)
        for line in LineScanner(text, from: source.start) {
            let content = text.trimmed(line.range)
            guard !content.isEmpty else { continue }
            guard let fields = KITTILine(text, content), fields.frame.map({ $0 >= 0 }) ?? true, let time = clock.time(fields.frame ?? 0) else {
                log.add(
                    .error, "kitti-line", at: TextPosition(line: line.number), found: text.excerpt(content),
                    expected: "15 to 18 fields: [frame identity] type truncated occluded alpha box size place turn [score]", effect: "the line is left out")
                continue
            }
            if fields.frame == nil { pictures += 1 } else { tracking += 1 }
            if fields.box.width < 0 || fields.box.height < 0 {
                log.addHabit(.warning, "kitti-size", at: TextPosition(line: line.number), found: "a box of negative size", expected: "left, top, right, bottom", effect: "it is kept")
            }
            let identity = fields.identity.flatMap { $0 < 0 ? nil : $0 }
            collector.add(Self.keyframe(fields, time), of: identity, category: fields.category)
        }
        if tracking > 0, pictures > 0 {
            log.add(.warning, "kitti-form", found: "lines with frame and identity and lines without", expected: "one form", effect: "those without stand in the first frame")
        }
        return document(&collector, name, size, isPicture: tracking == 0 && pictures > 0, &log)
    }

    private mutating func document(_ collector: inout TrackCollector, _ name: String, _ size: PictureSize?, isPicture: Bool, _ log: inout DiagnosticLog) -> Document {
        let labels = collector.finish()
        if collector.repeats > 0 {
            log.add(.warning, "kitti-repeated", found: "\(collector.repeats) boxes of an identity that has another in the same frame", effect: "each is a label of its own")
        }
        if !isPicture { usedAssumedRate = usedAssumedRate || options.frameTiming == nil }
        let timing = isPicture ? nil : clock.timing
        let video = timing != nil || size != nil ? VideoStream(width: size?.width, height: size?.height, timing: timing) : nil
        let layer = Layer(id: "objects", kind: .tracks, labels: labels, attributes: isPicture ? [Attribute("kitti.form", "detection")] : [])
        return Document(media: Media(name: name, video: video), layers: [layer])
    }

    func remarkOnRate(_ log: inout DiagnosticLog) {
        guard usedAssumedRate else { return }
        log.add(.warning, "kitti-rate", found: "frames without their rate", expected: "the rate as an option", effect: "10 frames a second are assumed, as KITTI's cameras take them")
    }

    private static func keyframe(_ fields: KITTILine, _ time: Timestamp) -> Keyframe {
        var keyframe = Keyframe(time: time, shape: .box(fields.box), state: fields.isOccluded ? .occluded : .visible)
        let (view, solid) = (fields.view, fields.solid)
        if view != unknownView, view != "0 1 -10" { keyframe.attributes.append(Attribute("kitti.view", view)) }
        if solid != unknownSolid { keyframe.attributes.append(Attribute("kitti.solid", solid)) }
        if let score = fields.score.flatMap(Confidence.init) {
            keyframe.confidence = score
        } else if let score = fields.scoreText {
            keyframe.attributes.append(Attribute("kitti.score", score))
        }
        return keyframe
    }
}
