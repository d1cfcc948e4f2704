import Timeline

extension YOLO {
    static func write(_ corpus: Corpus, _ options: WritingOptions) throws(FormatError) -> [OutputFile] {
        var writer = YOLOWriter(options)
        for document in corpus.documents { try writer.add(document) }
        return writer.finish()
    }
}

/// Writes a YOLO data set: `labels/<picture>.txt` and `data.yaml`.
struct YOLOWriter {
    private let options: WritingOptions
    private var names: [String] = []
    private var numbers: [String: Int] = [:]
    private var files: [OutputFile] = []
    private var taken = FileNames()
    /// Key points and numbers of each, of the poses written so far.
    private var pose: Int?

    init(_ options: WritingOptions) { self.options = options }

    /// - Throws: ``FormatError`` when nobody stated the size of the picture.
    mutating func add(_ document: Document) throws(FormatError) {
        let layers = document.layers.filter { $0.kind == .tracks && !$0.labels.isEmpty }
        let video = document.media.video
        guard let width = video?.width ?? options.pictureSize?.width, let height = video?.height ?? options.pictureSize?.height, width > 0, height > 0 else {
            if layers.isEmpty { return }
            throw FormatError(.malformed, file: document.media.name, found: "positions in a picture whose size nobody stated", expected: "the size as an option, since YOLO states shares of it")
        }
        let base = taken.unique(document.media.name)
        let (clock, isPicture) = (FrameClock(document.media, options), document.isPicture)
        var frames: [Int: [UInt8]] = isPicture ? [0: []] : [:]
        for layer in layers {
            for label in layer.labels {
                guard case .track(let track) = label.content else { continue }
                guard let shown = track.everyFrame(clock.timing) else {
                    throw FormatError(.tooLarge, file: document.media.name, found: "more than 50 million boxes between keyframes of '\(label.id)'", expected: "fewer")
                }
                let number = number(of: track.category)
                for keyframe in shown.keyframes {
                    append(keyframe, label, number, Double(width), Double(height), to: &frames[isPicture ? 0 : clock.frame(keyframe.time), default: []])
                }
            }
        }
        for (frame, bytes) in frames.sorted(by: { $0.key < $1.key }) {
            files.append(OutputFile(path: "labels/\(isPicture ? base : YOLOFrame(video: base, number: frame).stem).txt", bytes))
        }
    }

    /// Names that are numbers keep theirs where it is free.
    private mutating func number(of name: String) -> Int {
        if let known = numbers[name] { return known }
        numbers[name] = names.count
        names.append(name)
        return names.count - 1
    }

    private mutating func append(_ keyframe: Keyframe, _ label: Label, _ number: Int, _ width: Double, _ height: Double, to bytes: inout [UInt8]) {
        var values: [Double] = []
        switch keyframe.shape {
        case .polygon(let parts) where parts.count == 1 && parts[0].points.count >= 3:
            for point in parts[0].points { values += [Self.share(point.x, width), Self.share(point.y, height)] }
        case .rotated(let rotated):
            for point in rotated.corners { values += [Self.share(point.x, width), Self.share(point.y, height)] }
        case .keypoints(let points) where pose == nil || pose == points.count:
            pose = points.count
            values = Self.box(keyframe.shape.cocoBox, width, height)
            if let stated = keyframe.attributes["yolo.box"] { values = stated.split(separator: " ").compactMap { Double($0) } }
            for point in points { values += [Self.share(point.point.x, width), Self.share(point.point.y, height), Double(point.visibility.rawValue)] }
        default: values = Self.box(keyframe.shape.cocoBox, width, height)
        }
        bytes.appendDecimal(Int64(number))
        for value in values {
            bytes.append(Byte.space)
            bytes.appendNumber(value)
        }
        if case .box = keyframe.shape, let confidence = keyframe.confidence ?? label.confidence {
            bytes.append(Byte.space)
            bytes.appendNumber(confidence.value)
        } else if case .box = keyframe.shape, let stated = keyframe.attributes["yolo.confidence"] {
            bytes += " \(stated)".utf8
        }
        bytes.append(Byte.lineFeed)
    }

    private static func share(_ position: Double, _ side: Double) -> Double { position / side }

    private static func box(_ box: Box, _ width: Double, _ height: Double) -> [Double] {
        [(box.x + box.width / 2) / width, (box.y + box.height / 2) / height, box.width / width, box.height / height]
    }

    mutating func finish() -> [OutputFile] {
        var lines = ["path: .", "train: images", "val: images", "nc: \(names.count)"]
        if let pose { lines.append("kpt_shape: [\(pose), 3]") }
        lines.append("names:")
        for (index, name) in names.enumerated() { lines.append("  \(index): \(Self.quoted(name))") }
        return files + [OutputFile(path: "data.yaml", Array((lines.joined(separator: "\n") + "\n").utf8))]
    }

    /// A name as a YAML scalar between quotes.
    private static func quoted(_ name: String) -> String {
        var result = "\""
        for character in name {
            if character == "\"" || character == "\\" { result.append("\\") }
            result.append(character)
        }
        return result + "\""
    }
}
