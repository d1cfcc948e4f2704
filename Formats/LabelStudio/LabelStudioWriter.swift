import Timeline

/// Writes tasks: results as they were where labels say the same still, new ones for the others.
struct LabelStudioWriter {
    private let options: WritingOptions

    init(_ options: WritingOptions) { self.options = options }

    mutating func file(_ corpus: Corpus) throws(FormatError) -> [UInt8] {
        var tasks: [JSONValue] = []
        for (index, document) in corpus.documents.enumerated() { tasks.append(try task(document, index + 1)) }
        let isSingle = tasks.count == 1 && corpus.attributes["labelstudio.single"] == "1"
        return JSONWriter.write(isSingle ? tasks[0] : .array(tasks), flatDepth: isSingle ? 3 : 4)
    }

    private func task(_ document: Document, _ number: Int) throws(FormatError) -> JSONValue {
        var results = Results()
        for attribute in document.attributes where attribute.name.hasPrefix("labelstudio.other.") {
            if let item = Self.parsed(attribute.value) { results.add(item, String(attribute.name.dropFirst("labelstudio.other.".utf8.count))) }
        }
        try addStated(document, to: &results)
        var task = document.attributes["labelstudio.task"].flatMap(Self.parsed) ?? newTask(document, number)
        for (maker, items) in results.byMaker { task = task.placing(items, maker) }
        return task
    }

    static func parsed(_ text: String) -> JSONValue? {
        var log = DiagnosticLog(file: "")
        return try? JSONReader.read(Array(text.utf8), log: &log)
    }

    private func newTask(_ document: Document, _ number: Int) -> JSONValue {
        .object([
            JSONMember("id", .integer(Int64(number))), JSONMember("data", .object([JSONMember(dataName(document), .string(document.media.name))])),
            JSONMember("annotations", .array([.object([JSONMember("result", .array([]))])])), JSONMember("predictions", .array([])),
        ])
    }

    private func dataName(_ document: Document) -> String {
        guard document.layers.contains(where: { $0.kind == .tracks }) || document.media.video != nil else { return "audio" }
        return document.isPicture ? "image" : "video"
    }

    // MARK: Results

    /// Results by the annotation or prediction that they belong to, in their order.
    private struct Results {
        private var items: [(maker: String, order: Int, value: JSONValue)] = []

        mutating func add(_ value: JSONValue, _ place: String) {
            let parts = place.split(separator: ".")
            items.append((parts.prefix(2).joined(separator: "."), parts.count > 2 ? Int(parts[2]) ?? .max : .max, value))
        }

        var byMaker: [(String, [JSONValue])] {
            var makers: [String] = []
            for item in items where !makers.contains(item.maker) { makers.append(item.maker) }
            return makers.map { maker in
                let own = items.enumerated().filter { $0.element.maker == maker }
                return (maker, own.sorted { ($0.element.order, $0.offset) < ($1.element.order, $1.offset) }.map(\.element.value))
            }
        }
    }

    private func addStated(_ document: Document, to results: inout Results) throws(FormatError) {
        var byPlace: [String: [Label]] = [:]
        var places: [String] = []
        for layer in document.layers where LabelStudio.capabilities.kinds[layer.kind] != nil {
            for label in layer.labels {
                guard let place = label.attributes["labelstudio.place"] else {
                    results.add(try item(label, document), "annotations.0")
                    continue
                }
                if byPlace[place] == nil { places.append(place) }
                byPlace[place, default: []].append(label)
            }
        }
        for place in places {
            let labels = byPlace[place] ?? []
            if let text = labels.first?.attributes["labelstudio.item"], let stated = Self.parsed(text), isSame(stated, labels) {
                results.add(stated, place)
            } else {
                for label in labels { results.add(try item(label, document), place) }
            }
        }
    }

    /// Whether labels say what a result said.
    private func isSame(_ stated: JSONValue, _ labels: [Label]) -> Bool {
        let reading = ReadingOptions(frameTiming: options.frameTiming, pictureSize: options.pictureSize)
        let parsed = LabelStudioItem(stated, reading)
        return parsed.contents == labels.map { LabelStudioItem.Piece(span: $0.span, content: $0.content) } && labels.allSatisfy { $0.confidence == parsed.confidence }
    }

    // MARK: New results

    private func item(_ label: Label, _ document: Document) throws(FormatError) -> JSONValue {
        var members = [JSONMember("id", .string(label.id.name))]
        func add(_ type: String, from: String, to: String, _ value: [JSONMember]) {
            members += [JSONMember("type", .string(type)), JSONMember("from_name", .string(from)), JSONMember("to_name", .string(to)), JSONMember("value", .object(value))]
        }
        switch label.content {
        case .tag(let tag):
            let names = JSONMember("labels", .array([.string(tag.name)]))
            add("labels", from: tag.vocabulary ?? "", to: "audio", span(label.span) + [names])
            if tag.vocabulary == nil { members.removeAll { $0.name == "from_name" } }
        case .cue(let cue): add("textarea", from: "transcription", to: "audio", span(label.span) + [JSONMember("text", .array([.string(cue.text.plain)]))])
        case .track(let track): try addTrack(track, document, &members)
        default: break
        }
        if let confidence = label.confidence { members.append(JSONMember("score", .double(confidence.value))) }
        return .object(members)
    }

    private func span(_ span: Span) -> [JSONMember] {
        func seconds(_ time: Timestamp) -> JSONValue {
            var bytes: [UInt8] = []
            DecimalSeconds.append(time.ticks, least: 0, to: &bytes)
            return .number(String(decoding: bytes, as: UTF8.self))
        }
        if case .open(let start) = span { return [JSONMember("start", seconds(start))] }
        return [JSONMember("start", seconds(span.start)), JSONMember("end", seconds(span.end))]
    }

    private func size(_ document: Document) throws(FormatError) -> PictureSize {
        let video = document.media.video
        guard let width = video?.width ?? options.pictureSize?.width, let height = video?.height ?? options.pictureSize?.height, width > 0, height > 0 else {
            throw FormatError(.malformed, file: document.media.name, found: "positions in a picture whose size nobody stated", expected: "the size as an option, since Label Studio states per cent of it")
        }
        return PictureSize(width: width, height: height)
    }

    private func addTrack(_ track: Track, _ document: Document, _ members: inout [JSONMember]) throws(FormatError) {
        let size = try size(document)
        if document.isPicture, let keyframe = track.keyframes.first {
            let region = LabelStudioRegion(keyframe.shape, size)
            let labels = JSONMember(region.type, .array([.string(track.category)]))
            members += [
                JSONMember("type", .string(region.type)), JSONMember("from_name", .string("label")), JSONMember("to_name", .string("image")),
                JSONMember("original_width", .integer(Int64(size.width))), JSONMember("original_height", .integer(Int64(size.height))),
                JSONMember("value", .object(region.members + [labels])),
            ]
            return
        }
        let sequence = LabelStudioSequence(track, FrameClock(document.media, options), size)
        members += [
            JSONMember("type", .string("videorectangle")), JSONMember("from_name", .string("box")), JSONMember("to_name", .string("video")),
            JSONMember("value", .object([JSONMember("sequence", .array(sequence.entries)), JSONMember("labels", .array([.string(track.category)]))])),
        ]
    }
}

/// A shape as the value of a region.
struct LabelStudioRegion {
    let type: String
    let members: [JSONMember]

    init(_ shape: Shape, _ size: PictureSize) {
        switch shape {
        case .polygon(let parts) where parts.count == 1 && !parts[0].points.isEmpty:
            type = "polygonlabels"
            members = [JSONMember("points", .array(parts[0].points.map { .array([Self.share($0.x, size.width), Self.share($0.y, size.height)]) }))]
        case .keypoints(let points) where points.count == 1:
            type = "keypointlabels"
            members = [JSONMember("x", Self.share(points[0].point.x, size.width)), JSONMember("y", Self.share(points[0].point.y, size.height)), JSONMember("width", .number("0.5"))]
        case .mask(let mask) where mask.width == size.width && mask.height == size.height && mask.width * mask.height <= LabelStudioBrush.pixelLimit:
            type = "brushlabels"
            members = [JSONMember("format", .string("rle")), JSONMember("rle", .array(LabelStudioBrush.packed(mask).map { .integer(Int64($0)) }))]
        default:
            type = "rectanglelabels"
            members = Self.box(shape, size)
        }
    }

    static func share(_ position: Double, _ side: Int) -> JSONValue { .double(position / Double(side) * 100) }

    /// Corner, size and turn; a turned box by the corner that it is turned at.
    static func box(_ shape: Shape, _ size: PictureSize) -> [JSONMember] {
        var (box, angle) = (shape.cocoBox, 0.0)
        if case .rotated(let rotated) = shape {
            let corner = rotated.corners[0]
            (box.x, box.y, angle) = (corner.x, corner.y, rotated.angle)
        }
        return [
            JSONMember("x", share(box.x, size.width)), JSONMember("y", share(box.y, size.height)), JSONMember("width", share(box.width, size.width)),
            JSONMember("height", share(box.height, size.height)), JSONMember("rotation", .double(angle)),
        ]
    }
}

/// A track as the sequence of a video rectangle. An entry that is not enabled ends a stretch.
struct LabelStudioSequence {
    private(set) var entries: [JSONValue] = []

    init(_ track: Track, _ clock: FrameClock, _ size: PictureSize) {
        for (index, keyframe) in track.keyframes.enumerated() where keyframe.state != .outside {
            let frame = clock.frame(keyframe.time)
            let next = index + 1 < track.keyframes.count ? track.keyframes[index + 1] : nil
            let nextFrame = next.map { clock.frame($0.time) } ?? frame + 1
            let isLast = next == nil || next?.state == .outside
            let goesOn = track.interpolation == .linear && !isLast || nextFrame == frame + 1 && !isLast
            let holds = track.interpolation == .linear && next?.state == .outside && nextFrame > frame + 1
            add(keyframe, frame, goesOn || holds, size)
            if holds { add(keyframe, nextFrame - 1, false, size) }
        }
    }

    private mutating func add(_ keyframe: Keyframe, _ frame: Int, _ isEnabled: Bool, _ size: PictureSize) {
        guard entries.last?["frame"]?.integer != Int64(frame + 1) else { return }
        entries.append(.object([JSONMember("frame", .integer(Int64(frame + 1))), JSONMember("enabled", .bool(isEnabled))] + LabelStudioRegion.box(keyframe.shape, size)))
    }
}

extension JSONValue {
    /// The task with results put into the maker that `annotations.0` and the like name; one is added where it is not there.
    fileprivate func placing(_ results: [JSONValue], _ maker: String) -> JSONValue {
        let parts = maker.split(separator: ".")
        guard let list = parts.first.map(String.init), let index = parts.dropFirst().first.flatMap({ Int($0) }) else { return self }
        var makers = self[list]?.array ?? []
        if index < makers.count { makers[index] = makers[index].setting("result", .array(results)) } else { makers.append(.object([JSONMember("result", .array(results))])) }
        return setting(list, .array(makers))
    }
}
