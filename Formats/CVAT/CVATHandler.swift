import Timeline

/// Takes the elements of a CVAT file.
final class CVATHandler: XMLHandler {
    var log: DiagnosticLog
    private let options: ReadingOptions
    private let mediaName: String
    private let clock: FrameClock
    private var usesFrames = false

    private var path: [XMLName] = []
    private var meta = CVATMeta()
    private var isInMeta = false
    private var version = ""
    private var text: [UInt8] = []

    private var track: OpenTrack?
    private var image: OpenImage?
    private var shape: CVATOpenShape?
    /// The name of an `attribute` element that is open.
    private var attributeName: String?
    private var unknownDepth: Int?

    private var videos: [(name: String, task: String, labels: [Label])] = []
    private var pictures: [Document] = []
    private var maskBudget = CVATOpenShape.maskLimit
    private var shapeCount = 0
    private var usedIDs: Set<LabelID> = []

    private struct OpenTrack {
        let id: String
        let label: String
        let task: String
        let isInterpolated: Bool
        let position: TextPosition
        var keyframes: [Keyframe] = []
        var attributes: [Attribute] = []
        var names: [String] = []
        var kind: CVATShape?
    }

    private struct OpenImage {
        var document: Document
        var labels: [Label] = []
        var tags: [Label] = []
        var size: PictureSize?
    }

    init(log: DiagnosticLog, options: ReadingOptions, mediaName: String) {
        (self.log, self.options, self.mediaName) = (log, options, mediaName)
        clock = FrameClock(options.frameTiming ?? .constant(FrameClock.assumedRate))
    }

    // MARK: Elements

    func startElement(_ tag: borrowing XMLTag) throws(FormatError) {
        defer { path.append(tag.name) }
        if path.isEmpty {
            guard tag.name.is("annotations") else {
                throw FormatError(.unknownFormat, file: log.file, at: tag.position, found: "<\(tag.name)>", expected: "<annotations>, CVAT's root")
            }
            return
        }
        text.removeAll(keepingCapacity: true)
        guard unknownDepth == nil else { return }
        if isInMeta { return meta.start(tag) }
        if shape != nil { return startInShape(tag) }
        if track != nil || image != nil, tag.name.is("tag") || CVATShape(tag.name) != nil { return startShape(tag) }
        if path.count == 1 { startPart(tag) } else { passOver(tag) }
    }

    private func startPart(_ tag: borrowing XMLTag) {
        switch tag.name.local {
        case "meta":
            isInMeta = true
            meta.start(tag)
        case "version": break
        case "track": startTrack(tag)
        case "image": startImage(tag)
        default: passOver(tag)
        }
    }

    private func passOver(_ tag: borrowing XMLTag) {
        unknownDepth = path.count
        let name = tag.name.description
        log.addHabit(
            .warning, "cvat-element", at: tag.position, found: "<\(name)>", expected: "elements of CVAT 1.1", effect: "it is passed over with what is in it")
    }

    func endElement(_ name: XMLName, at position: TextPosition) throws(FormatError) {
        path.removeLast()
        if let depth = unknownDepth {
            if path.count == depth { unknownDepth = nil }
            return
        }
        if isInMeta {
            meta.end()
            isInMeta = !meta.isFinished
            return
        }
        if name.is("attribute"), let attribute = attributeName {
            shape?.addAttribute(attribute, text)
            attributeName = nil
        } else if shape?.depth == path.count {
            endShape()
        } else if path.count == 1 {
            endPart(name)
        }
        text.removeAll(keepingCapacity: true)
    }

    private func endPart(_ name: XMLName) {
        switch name.local {
        case "track": endTrack()
        case "image": endImage()
        case "version":
            version = String(decoding: text, as: UTF8.self)
            if version != "1.1" { log.add(.warning, "cvat-version", found: "version '\(version.prefix(20))'", expected: "1.1", effect: "it is read as 1.1") }
        default: break
        }
    }

    func characters(_ characters: [UInt8], at position: TextPosition) throws(FormatError) {
        if isInMeta, unknownDepth == nil { meta.text(characters) } else { text += characters }
    }

    // MARK: Tracks

    private func startTrack(_ tag: borrowing XMLTag) {
        usesFrames = true
        let label = tag.string("label") ?? ""
        checkLabel(label, tag.position)
        var track = OpenTrack(
            id: tag.string("id") ?? "", label: label, task: tag.string("task_id") ?? "", isInterpolated: tag.string("interpolation") != "none",
            position: tag.position)
        for index in 0..<tag.count {
            let name = tag.attributeName(index).local
            guard !["id", "label", "task_id", "interpolation"].contains(name) else { continue }
            track.attributes.append(Attribute("cvat.\(name == "group_id" ? "group" : name)", tag.string(index)))
        }
        self.track = track
    }

    private func endTrack() {
        guard var track else { return }
        self.track = nil
        if let kind = track.kind, let first = track.keyframes.first, CVATShape(first.shape) != kind { track.attributes.append(Attribute("cvat.shape", kind.rawValue)) }
        if !track.names.isEmpty { track.attributes.append(Attribute("cvat.points", track.names.joined(separator: "\n"))) }
        let spare = sort(&track)
        let interpolation: Track.Interpolation = track.isInterpolated ? .linear : .none
        guard let label = Label(track: Track(track.label, keyframes: track.keyframes, interpolation: interpolation), id: labelID(track.id), attributes: track.attributes)
        else { return log.add(.warning, "cvat-empty", at: track.position, found: "a track without a shape", effect: "it is left out") }
        add(label, track.task)
        for keyframe in spare {
            if let label = Label(track: Track(track.label, keyframes: [keyframe]), id: labelID(""), attributes: track.attributes) { add(label, track.task) }
        }
    }

    /// Puts key frames in order of time and gives back those whose frame is taken.
    private func sort(_ track: inout OpenTrack) -> [Keyframe] {
        let isSorted = zip(track.keyframes, track.keyframes.dropFirst()).allSatisfy { $0.time < $1.time }
        guard !isSorted else { return [] }
        var (kept, spare) = ([Keyframe](), [Keyframe]())
        for index in track.keyframes.indices.sorted(by: { (track.keyframes[$0].time, $0) < (track.keyframes[$1].time, $1) }) {
            let keyframe = track.keyframes[index]
            if kept.last?.time == keyframe.time { spare.append(keyframe) } else { kept.append(keyframe) }
        }
        track.keyframes = kept
        if !spare.isEmpty {
            log.add(.warning, "cvat-repeated", at: track.position, found: "\(spare.count) shapes in frames that have one already", effect: "each is a track of its own")
        }
        return spare
    }

    /// `t` and the stated number where it is one that no other track has.
    private func labelID(_ stated: String) -> LabelID {
        if let number = Int(stated), number >= 0, String(number) == stated, usedIDs.insert(LabelID("t\(stated)")).inserted { return LabelID("t\(stated)") }
        shapeCount += 1
        return LabelID("s\(shapeCount)")
    }

    private func add(_ label: Label, _ task: String) {
        if let index = videos.firstIndex(where: { $0.task == task }) {
            videos[index].labels.append(label)
        } else {
            let known = meta.tasks.first { $0.id == task } ?? (meta.tasks.count == 1 ? meta.tasks[0] : nil)
            videos.append((known.flatMap(meta.mediaName) ?? (task.isEmpty ? mediaName : "task \(task)"), task, [label]))
        }
    }

    // MARK: Pictures

    private func startImage(_ tag: borrowing XMLTag) {
        let (width, height) = (tag.string("width").flatMap { Int($0) }, tag.string("height").flatMap { Int($0) })
        let name = tag.string("name") ?? "image \(tag.string("id") ?? "")"
        var document = Document(media: Media(name: name))
        if width != nil || height != nil { document.media.video = VideoStream(width: width, height: height) }
        for index in 0..<tag.count {
            let name = tag.attributeName(index).local
            if !["name", "width", "height"].contains(name) { document.attributes.append(Attribute("cvat.image.\(name)", tag.string(index))) }
        }
        var image = OpenImage(document: document)
        if let width, let height, width > 0, height > 0 { image.size = PictureSize(width: width, height: height) }
        self.image = image
    }

    private func endImage() {
        guard var image else { return }
        self.image = nil
        if !image.labels.isEmpty { image.document.layers.append(Layer(id: "objects", kind: .tracks, labels: LabelList(image.labels))) }
        if !image.tags.isEmpty { image.document.layers.append(Layer(id: "tags", kind: .tags, labels: LabelList(image.tags))) }
        pictures.append(image.document)
    }

    // MARK: Shapes

    private func startShape(_ tag: borrowing XMLTag) {
        var open = CVATOpenShape(tag, depth: path.count, isInTrack: track != nil)
        if !open.isTag {
            let task = meta.tasks.first { $0.id == track?.task } ?? meta.tasks.first
            let size = image?.size ?? task.flatMap { task in task.width.flatMap { width in task.height.map { PictureSize(width: width, height: $0) } } }
            open.readShape(tag, size ?? options.pictureSize, &maskBudget)
        }
        shape = open
    }

    private func startInShape(_ tag: borrowing XMLTag) {
        if tag.name.is("attribute") { attributeName = tag.string("name") ?? "" } else if tag.name.is("points"), shape?.kind == .skeleton { shape?.addPoint(tag) } else { passOver(tag) }
    }

    private func endShape() {
        guard let open = shape else { return }
        shape = nil
        guard let problem = open.problem else { return image != nil ? addToImage(open) : addToTrack(open) }
        log.add(.error, "cvat-shape", at: open.position, found: problem.found, expected: problem.expected, effect: "the shape is left out")
    }

    private func addToTrack(_ open: CVATOpenShape) {
        guard var track, !open.isAdded else { return }
        guard let frame = open.frame, frame >= 0, let time = clock.time(frame) else {
            return log.add(.error, "cvat-frame", at: open.position, found: "frame '\(open.frameText.prefix(40))'", expected: "a whole number from 0", effect: "the shape is left out")
        }
        if track.names.isEmpty { track.names = open.pointNames }
        guard var keyframe = open.keyframe(at: time, pointNames: track.names) else { return }
        track.kind = track.kind ?? open.kind
        if let latest = track.keyframes.last, latest.attributes == keyframe.attributes { keyframe.attributes = latest.attributes }
        track.keyframes.append(keyframe)
        self.track = track
    }

    private func addToImage(_ open: CVATOpenShape) {
        checkLabel(open.label, open.position)
        shapeCount += 1
        let id = LabelID("s\(shapeCount)")
        if open.isTag {
            image?.tags.append(Label(id: id, span: .instant(.zero), content: .tag(Tag(open.label)), attributes: open.statedAttributes + open.attributes))
            return
        }
        guard var keyframe = open.keyframe(at: .zero, pointNames: open.pointNames), let kind = open.kind else { return }
        var attributes = open.statedAttributes + keyframe.attributes
        keyframe.attributes = []
        if CVATShape(keyframe.shape) != kind { attributes.append(Attribute("cvat.shape", kind.rawValue)) }
        if !open.pointNames.isEmpty { attributes.append(Attribute("cvat.points", open.pointNames.joined(separator: "\n"))) }
        if let label = Label(track: Track(open.label, keyframes: [keyframe]), id: id, attributes: attributes) { image?.labels.append(label) }
    }

    private func checkLabel(_ label: String, _ position: TextPosition) {
        guard !meta.labels.isEmpty, !meta.labels.contains(label) else { return }
        log.addHabit(.warning, "cvat-label", at: position, found: "label '\(label.prefix(60))'", expected: "a label of the file's own list", effect: "it is kept")
    }

    // MARK: The end

    func finish() throws(FormatError) -> Corpus {
        var corpus = Corpus(pictures)
        if usesFrames, options.frameTiming == nil {
            log.add(.warning, "cvat-rate", found: "frames without their rate", expected: "the rate as an option", effect: "30 frames a second are assumed")
        }
        for video in videos {
            let task = meta.tasks.first { $0.id == video.task } ?? (meta.tasks.count == 1 ? meta.tasks[0] : CVATMeta.Task())
            let stream = VideoStream(width: task.width, height: task.height, timing: clock.timing)
            var document = Document(media: Media(name: video.name, video: stream), layers: [Layer(id: "objects", kind: .tracks, labels: LabelList(video.labels))])
            if !video.task.isEmpty { document.attributes.append(Attribute("cvat.task", video.task)) }
            corpus.documents.append(document)
        }
        if meta.isFinished { corpus.attributes.append(Attribute("cvat.meta", meta.text)) }
        return corpus
    }
}
