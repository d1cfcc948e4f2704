import Timeline

/// Writes COCO JSON, an object a line.
struct COCOWriter {
    private let corpus: Corpus
    private let options: WritingOptions
    private var categories: COCOCategories
    private var images = COCOImages()
    private var videos: [UInt8] = []
    private var annotations: [UInt8] = []
    private var videoIDs: Set<String> = []
    private var nextVideo = 1
    private var usedIDs: Set<Int64> = []
    private var nextID: Int64 = 1
    private let isResults: Bool
    private let arePictures: [Bool]

    init(_ corpus: Corpus, _ options: WritingOptions) {
        (self.corpus, self.options) = (corpus, options)
        arePictures = corpus.documents.map(\.isPicture)
        categories = COCOCategories(corpus.attributes["coco.categories"])
        isResults = corpus.attributes["coco.results"] == "1"
    }

    mutating func file() throws(FormatError) -> [UInt8] {
        reserveIDs()
        for (document, isPicture) in zip(corpus.documents, arePictures) { if isPicture { writePicture(document) } else { try writeVideo(document) } }
        if isResults { return Array("[".utf8) + annotations + Array("\n]\n".utf8) }
        var bytes: [UInt8] = [.ascii("{")]
        for attribute in corpus.attributes where attribute.name.hasPrefix("coco.") && attribute.name != "coco.categories" {
            bytes.appendJSON(String(attribute.name.dropFirst("coco.".utf8.count)))
            bytes.append(.ascii(":"))
            bytes += attribute.value.utf8
            bytes.append(plain: ",\n")
        }
        if !videos.isEmpty { bytes += Array("\"videos\":[".utf8) + videos + Array("\n],\n".utf8) }
        bytes.append(plain: "\"images\":[")
        bytes += images.bytes
        bytes.append(plain: "\n],\n\"annotations\":[")
        bytes += annotations
        bytes.append(plain: "\n],\n\"categories\":")
        categories.append(to: &bytes)
        bytes.append(plain: "}\n")
        return bytes
    }

    /// Takes note of all ids that were stated, so that new ones differ from them.
    private mutating func reserveIDs() {
        for (document, isPicture) in zip(corpus.documents, arePictures) {
            if let image = document.attributes["coco.image"] { images.reserve(COCOStatedImage.all(Array(image.utf8))) }
            if let all = document.attributes["coco.images"] { images.reserve(COCOStatedImage.all(Array(all.utf8))) }
            for layer in document.layers {
                for index in layer.labels.indices {
                    if let counter = layer.labels.counter(at: index), counter.letter == .ascii("a") { usedIDs.insert(Int64(counter.number)) }
                }
                // Pictures have the ids of their annotations as those of labels.
                for label in layer.labels where !isPicture {
                    guard case .track(let track) = label.content else { continue }
                    for keyframe in track.keyframes { if let id = keyframe.attributes["coco.id"].flatMap({ Int64($0) }) { usedIDs.insert(id) } }
                }
            }
        }
    }

    /// The number of an id such as `a12`.
    private static func number(_ id: LabelID) -> Int64? {
        guard id.isCounter, id.name.utf8.first == .ascii("a"), let number = Int64(id.name.dropFirst()), "a\(number)" == id.name else { return nil }
        return number
    }

    private mutating func newID() -> String {
        while usedIDs.contains(nextID) { nextID += 1 }
        defer { nextID += 1 }
        return String(nextID)
    }

    /// An id in text as JSON: numbers as they are, others quoted.
    private static func json(_ id: String) -> String {
        if Int64(id) != nil || id.utf8.first == .ascii("\"") { return id }
        var bytes: [UInt8] = []
        bytes.appendJSON(id)
        return String(decoding: bytes, as: UTF8.self)
    }

    // MARK: Pictures

    private mutating func writePicture(_ document: Document) {
        let image = imageID(document)
        for layer in document.layers {
            for label in layer.labels {
                switch label.content {
                case .track where label.attributes["coco.panoptic"] != nil: continue
                case .track(let track):
                    for keyframe in track.keyframes where keyframe.state != .outside {
                        write(keyframe, label.attributes + keyframe.attributes, track.category, image, id: label.id, confidence: keyframe.confidence ?? label.confidence)
                    }
                case .cue(let cue) where layer.kind == .cues: writeWhole(label, image, category: nil, caption: cue.text.plain)
                case .tag(let tag): writeWhole(label, image, category: tag.name, caption: nil)
                default: continue
                }
            }
        }
        writeSegments(document, image)
    }

    /// Writes the segments of a panoptic picture as one annotation.
    private mutating func writeSegments(_ document: Document, _ image: String) {
        let labels = document.layers.flatMap { $0.labels }.filter { $0.attributes["coco.panoptic"] != nil }
        guard let file = labels.first?.attributes["coco.panoptic"] else { return }
        let before = annotations
        annotations = []
        for label in labels {
            guard case .track(let track) = label.content, let keyframe = track.keyframes.first else { continue }
            write(keyframe, label.attributes, track.category, nil, id: label.id, confidence: label.confidence)
        }
        let segments = annotations
        annotations = before
        begin(nil, image)
        annotations += ",\"file_name\":\(file),\"segments_info\":[".utf8
        annotations += segments
        annotations.append(plain: "]}")
    }

    private mutating func imageID(_ document: Document) -> String {
        if let text = document.attributes["coco.image"] {
            let bytes = Array(text.utf8)
            if let image = COCOStatedImage.all(bytes).first {
                let isSame = image.width == document.media.video?.width && image.height == document.media.video?.height
                if isSame, image.name ?? document.media.name == document.media.name {
                    images.add(image, of: bytes)
                    return image.id
                }
            }
        }
        if let id = document.attributes["coco.image_id"] { return Self.json(id) }
        return images.add(name: document.media.name, video: document.media.video)
    }

    private mutating func writeWhole(_ label: Label, _ image: String, category: String?, caption: String?) {
        begin(label.attributes["coco.id"].map(Self.json) ?? Self.number(label.id).map { String($0) } ?? newID(), image)
        if let id = label.attributes["coco.category_id"] { writeCategory(id) } else if let category, !category.isEmpty { writeCategory(categories.id(category)) }
        if let caption {
            annotations.append(plain: ",\"caption\":")
            annotations.appendJSON(caption)
        }
        writeOthers(label.attributes)
        annotations.append(.ascii("}"))
    }

    // MARK: Videos

    private mutating func writeVideo(_ document: Document) throws(FormatError) {
        let clock = FrameClock(document.media, options)
        let video = writeVideoObject(document, clock)
        var frames = imagesOfFrames(document)
        for layer in document.layers where layer.kind == .tracks {
            var numbers = TrackNumbers(layer.labels, from: 1)
            for label in layer.labels {
                guard case .track(let track) = label.content else { continue }
                guard let shown = track.everyFrame(clock.timing) else {
                    throw FormatError(.tooLarge, file: document.media.name, found: "more than 50 million boxes between keyframes of '\(label.id)'", expected: "fewer")
                }
                let number = numbers.number(of: label, track)
                for keyframe in shown.keyframes {
                    let frame = clock.frame(keyframe.time)
                    let image = frames[frame] ?? images.add(name: Self.frameName(document.media.name, frame), video: document.media.video, inVideo: video, frame: frame)
                    frames[frame] = image
                    write(
                        keyframe, label.attributes.isEmpty ? keyframe.attributes : label.attributes + keyframe.attributes, track.category, image, track: number,
                        confidence: keyframe.confidence ?? label.confidence)
                }
            }
        }
    }

    private static func frameName(_ video: String, _ frame: Int) -> String {
        let digits = String(frame)
        return "\(video)/\(String(repeating: "0", count: max(0, 6 - digits.utf8.count)))\(digits).jpg"
    }

    /// The frames that the document's file had pictures of.
    private mutating func imagesOfFrames(_ document: Document) -> [Int: String] {
        guard let text = document.attributes["coco.images"] else { return [:] }
        var frames: [Int: String] = [:]
        let bytes = Array(text.utf8)
        for (index, image) in COCOStatedImage.all(bytes).enumerated() {
            images.add(image, of: bytes)
            if frames[image.frame ?? index] == nil { frames[image.frame ?? index] = image.id }
        }
        return frames
    }

    private mutating func writeVideoObject(_ document: Document, _ clock: FrameClock) -> String {
        var log = DiagnosticLog(file: "")
        let stated = document.attributes["coco.video"].flatMap { try? JSONReader.read(Array($0.utf8), log: &log) }
        var members = stated?.object ?? []
        var isChanged = stated == nil
        func value(_ name: String) -> JSONValue? { members.last { $0.name == name }?.value }
        func set(_ name: String, _ value: JSONValue?) {
            isChanged = true
            if let index = members.lastIndex(where: { $0.name == name }) {
                if let value { members[index].value = value } else { members.remove(at: index) }
            } else if let value {
                members.append(JSONMember(name, value))
            }
        }
        var id = value("id").map { String(decoding: JSONWriter.write($0, flatDepth: 0).dropLast(), as: UTF8.self) }
        if let known = id, !videoIDs.insert(known).inserted { id = nil }
        if id == nil {
            while !videoIDs.insert(String(nextVideo)).inserted { nextVideo += 1 }
            id = String(nextVideo)
            set("id", .number(String(nextVideo)))
        }
        let video = document.media.video
        if (value("name") ?? value("file_name"))?.string != document.media.name, stated == nil || (value("name") ?? value("file_name")) != nil { set("name", .string(document.media.name)) }
        if value("width")?.integer.map({ Int($0) }) != video?.width { set("width", video?.width.map { .integer(Int64($0)) }) }
        if value("height")?.integer.map({ Int($0) }) != video?.height { set("height", video?.height.map { .integer(Int64($0)) }) }
        if value("length")?.integer.map({ Int($0) }) != video?.frameCount { set("length", video?.frameCount.map { .integer(Int64($0)) }) }
        if case .constant(let rate) = clock.timing, stated == nil || value("fps") != nil || rate != FrameClock.assumedRate {
            let text = FrameRateText(rate).description
            let known = ["fps", "frame_rate"].lazy.compactMap { value($0) }.compactMap { FrameRateText($0.string ?? $0.numberText ?? "")?.rate }.first
            if known != rate { set("fps", text.contains("/") ? .string(text) : .number(text)) }
        }
        videos.append(plain: videos.isEmpty ? "\n" : ",\n")
        if !isChanged, let text = document.attributes["coco.video"] { videos += text.utf8 } else { videos += JSONWriter.write(.object(members), flatDepth: 0).dropLast() }
        return id ?? "1"
    }

    // MARK: Annotations

    /// Begins an object.
    ///
    /// - Parameters:
    ///   - id: nil for results, which have none.
    ///   - image: nil for a segment, which belongs to the picture of its annotation.
    private mutating func begin(_ id: String?, _ image: String?) {
        annotations.append(plain: annotations.isEmpty ? "\n{" : ",\n{")
        if let id {
            annotations.append(plain: "\"id\":")
            annotations += id.utf8
        }
        guard let image else { return }
        annotations.append(plain: id == nil ? "\"image_id\":" : ",\"image_id\":")
        annotations += image.utf8
    }

    private mutating func writeCategory(_ id: String) {
        annotations.append(plain: ",\"category_id\":")
        annotations += Self.json(id).utf8
    }

    private mutating func write(
        _ keyframe: Keyframe, _ attributes: [Attribute], _ category: String, _ image: String?, id: LabelID? = nil, track: Int? = nil, confidence: Confidence?
    ) {
        let stated = attributes["coco.id"].map(Self.json) ?? id.flatMap(Self.number).map { String($0) }
        begin(stated ?? (isResults ? nil : newID()), image)
        let name = attributes["coco.category"] ?? category
        if let id = attributes["coco.category_id"] { writeCategory(id) } else if !name.isEmpty { writeCategory(categories.id(name)) }
        writeShape(keyframe, attributes)
        if let track {
            annotations.append(plain: ",\"track_id\":")
            annotations.appendDecimal(Int64(track))
        } else if let track = attributes["coco.track_id"] {
            annotations += ",\"track_id\":\(Self.json(track))".utf8
        }
        if let confidence {
            annotations.append(plain: ",\"score\":")
            annotations.appendNumber(confidence.value)
        } else if let score = attributes["coco.score"] {
            annotations += ",\"score\":\(score)".utf8
        }
        writeAttributes(keyframe, attributes)
        if !attributes.isEmpty { writeOthers(attributes) }
        annotations.append(.ascii("}"))
    }

    private mutating func writeShape(_ keyframe: Keyframe, _ attributes: [Attribute]) {
        switch keyframe.shape {
        case .polygon(let parts):
            annotations.append(plain: ",\"segmentation\":")
            annotations.appendJSON(parts)
        case .mask(let mask):
            annotations.append(plain: ",\"segmentation\":")
            annotations.appendJSON(mask, plainRuns: attributes["coco.rle"] == "counts")
        case .keypoints(let points): writeKeypoints(points)
        case .box, .rotated: break
        }
        if let points = attributes["coco.keypoints"] { annotations += ",\"keypoints\":\(points)".utf8 }
        annotations.append(plain: ",\"area\":")
        if let area = attributes["coco.area"] { annotations += area.utf8 } else { annotations.appendNumber(keyframe.shape.cocoArea) }
        annotations.append(plain: ",\"bbox\":")
        if let box = attributes["coco.bbox"] { annotations += box.utf8 } else { annotations.appendJSON(keyframe.shape.cocoBox) }
        annotations.append(plain: attributes["coco.iscrowd"] == "1" ? ",\"iscrowd\":1" : ",\"iscrowd\":0")
    }

    private mutating func writeKeypoints(_ points: [Keypoint]) {
        annotations.append(plain: ",\"keypoints\":")
        annotations.appendJSON(points)
        annotations.append(plain: ",\"num_keypoints\":")
        annotations.appendDecimal(Int64(points.count { $0.visibility != .absent }))
    }

    /// The `attributes` object: as it was where it agrees with the key frame.
    private mutating func writeAttributes(_ keyframe: Keyframe, _ attributes: [Attribute]) {
        var angle = 0.0
        if case .rotated(let rotated) = keyframe.shape { angle = rotated.angle }
        let stated = attributes["coco.attributes"]
        guard stated != nil || angle != 0 || keyframe.state == .occluded || keyframe.isInterpolated else { return }
        var log = DiagnosticLog(file: "")
        var members = stated.flatMap { try? JSONReader.read(Array($0.utf8), log: &log).object } ?? []
        var isChanged = stated == nil
        func set(_ name: String, _ value: JSONValue, isNeeded: Bool) {
            if let index = members.lastIndex(where: { $0.name == name }) {
                guard members[index].value != value else { return }
                members[index].value = value
            } else if isNeeded {
                members.append(JSONMember(name, value))
            } else {
                return
            }
            isChanged = true
        }
        set("occluded", .bool(keyframe.state == .occluded), isNeeded: keyframe.state == .occluded)
        set("keyframe", .bool(!keyframe.isInterpolated), isNeeded: keyframe.isInterpolated)
        if members.last(where: { $0.name == "rotation" })?.value.double != angle { set("rotation", .double(angle), isNeeded: angle != 0) }
        annotations.append(plain: ",\"attributes\":")
        if !isChanged, let stated {
            annotations += stated.utf8
            return
        }
        annotations += JSONWriter.write(.object(members), flatDepth: 0).dropLast()
    }

    private mutating func writeOthers(_ attributes: [Attribute]) {
        for attribute in attributes where attribute.name.hasPrefix("coco.member.") {
            annotations.append(.ascii(","))
            annotations.appendJSON(String(attribute.name.dropFirst("coco.member.".utf8.count)))
            annotations.append(.ascii(":"))
            annotations += attribute.value.utf8
        }
    }
}

extension JSONValue {
    /// The digits of a number as written.
    fileprivate var numberText: String? { if case .number(let digits) = self { digits } else { nil } }
}
