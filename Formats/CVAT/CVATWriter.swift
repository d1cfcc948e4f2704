import Timeline

extension CVAT {
    static func write(_ corpus: Corpus, _ options: WritingOptions) throws(FormatError) -> [OutputFile] {
        var writer = CVATWriter(options)
        try writer.write(corpus)
        return [OutputFile(writer.xml.take())]
    }
}

/// Writes CVAT XML 1.1: pictures as `image` elements, videos as tracks.
struct CVATWriter {
    var xml = XMLWriter()
    private let options: WritingOptions
    /// The number of the next picture.
    private var imageNumber = 0

    init(_ options: WritingOptions) { self.options = options }

    mutating func write(_ corpus: Corpus) throws(FormatError) {
        let pictures = corpus.documents.filter { $0.isPicture && $0.attributes["cvat.task"] == nil }
        let videos = corpus.documents.filter { !($0.isPicture && $0.attributes["cvat.task"] == nil) }
        xml.open("annotations")
        xml.element("version", "1.1")
        writeMeta(corpus, videos)
        for picture in pictures { write(picture: picture) }
        for (index, video) in videos.enumerated() {
            let task = video.attributes["cvat.task"] ?? (videos.count > 1 ? String(index + 1) : nil)
            try write(video: video, task: task)
        }
        xml.close()
    }

    // MARK: Head

    /// The stated meta element where it still fits, else a new one.
    private mutating func writeMeta(_ corpus: Corpus, _ videos: [Document]) {
        let labels = Self.labels(corpus)
        if let stated = corpus.attributes["cvat.meta"], Self.fits(stated, labels, videos) { return xml.add(raw: stated.utf8) }
        xml.open("meta")
        for (index, video) in videos.enumerated() {
            xml.open("task")
            if videos.count > 1 || video.attributes["cvat.task"] != nil { xml.element("id", video.attributes["cvat.task"] ?? String(index + 1)) }
            xml.element("name", video.media.name)
            if let count = video.media.video?.frameCount { xml.element("size", String(count)) }
            xml.element("mode", "interpolation")
            writeLabels(labels)
            if let width = video.media.video?.width, let height = video.media.video?.height {
                xml.open("original_size")
                xml.element("width", String(width))
                xml.element("height", String(height))
                xml.close()
            }
            xml.element("source", video.media.name)
            xml.close()
        }
        if videos.isEmpty {
            xml.open("task")
            xml.element("mode", "annotation")
            writeLabels(labels)
            xml.close()
        }
        xml.close()
    }

    private mutating func writeLabels(_ labels: [String]) {
        xml.open("labels")
        for label in labels {
            xml.open("label")
            xml.element("name", label)
            xml.element("attributes", "")
            xml.close()
        }
        xml.close()
    }

    /// In the order of first use.
    private static func labels(_ corpus: Corpus) -> [String] {
        var (seen, names) = (Set<String>(), [String]())
        for layer in corpus.documents.lazy.flatMap(\.layers) {
            for label in layer.labels {
                switch label.content {
                case .track(let track): if seen.insert(track.category).inserted { names.append(track.category) }
                case .tag(let tag): if seen.insert(tag.name).inserted { names.append(tag.name) }
                default: continue
                }
            }
        }
        return names
    }

    /// Whether a stated meta element names these labels and media.
    private static func fits(_ stated: String, _ labels: [String], _ videos: [Document]) -> Bool {
        guard let meta = try? CVATMetaReading.read(stated), labels.allSatisfy(meta.labels.contains) || meta.labels.isEmpty else { return false }
        return videos.allSatisfy { video in
            let id = video.attributes["cvat.task"]
            guard let task = meta.tasks.first(where: { $0.id == id }) ?? (meta.tasks.count == 1 ? meta.tasks[0] : nil) else { return false }
            return meta.mediaName(of: task) == video.media.name && task.width == video.media.video?.width && task.height == video.media.video?.height
        }
    }

    // MARK: Pictures

    private mutating func write(picture document: Document) {
        xml.open("image")
        xml.attribute("id", document.attributes["cvat.image.id"] ?? String(imageNumber))
        imageNumber = (document.attributes["cvat.image.id"].flatMap { Int($0) } ?? imageNumber) &+ 1
        xml.attribute("name", document.media.name)
        if let width = document.media.video?.width { xml.attribute("width", Int64(width)) }
        if let height = document.media.video?.height { xml.attribute("height", Int64(height)) }
        for attribute in document.attributes where attribute.name.hasPrefix("cvat.image.") && attribute.name != "cvat.image.id" {
            xml.attribute(String(attribute.name.dropFirst("cvat.image.".utf8.count)), attribute.value)
        }
        for layer in document.layers {
            for label in layer.labels {
                switch label.content {
                case .track(let track):
                    for keyframe in track.keyframes { write(keyframe, of: label, category: track.category, document) }
                case .tag(let tag):
                    xml.open("tag")
                    xml.attribute("label", tag.name)
                    writeStated(label.attributes)
                    writeAttributes(label.attributes)
                    xml.close()
                default: continue
                }
            }
        }
        xml.close()
    }

    private mutating func write(_ keyframe: Keyframe, of label: Label, category: String, _ document: Document) {
        let shape = CVATShapeWriter(keyframe, label.attributes, document.media.video)
        shape.open(&xml)
        xml.attribute("label", category)
        xml.attribute("occluded", keyframe.state == .occluded ? 1 : 0)
        if keyframe.state == .outside { xml.attribute("outside", 1) }
        shape.writeCoordinates(&xml)
        let attributes = label.attributes + keyframe.attributes
        writeStated(attributes)
        shape.writePoints(&xml, attributes)
        writeAttributes(attributes)
        xml.close()
    }

    /// Attributes of the element itself.
    private mutating func writeStated(_ attributes: [Attribute]) {
        if let group = attributes["cvat.group"] { xml.attribute("group_id", group) }
        if let source = attributes["cvat.source"] { xml.attribute("source", source) }
        xml.attribute("z_order", attributes["cvat.z"] ?? "0")
    }

    private mutating func writeAttributes(_ attributes: [Attribute]) {
        for attribute in attributes where attribute.name.hasPrefix("cvat.attribute.") {
            xml.open("attribute")
            xml.attribute("name", String(attribute.name.dropFirst("cvat.attribute.".utf8.count)))
            xml.text(attribute.value)
            xml.close()
        }
    }

    // MARK: Videos

    private mutating func write(video document: Document, task: String?) throws(FormatError) {
        let clock = FrameClock(document.media, options)
        let layers = document.layers.filter { $0.kind == .tracks }
        var numbers = TrackNumbers(layers.flatMap { $0.labels }, from: 0)
        for layer in layers {
            for label in layer.labels {
                guard case .track(let track) = label.content, !track.keyframes.isEmpty else { continue }
                xml.open("track")
                xml.attribute("id", Int64(numbers.number(ofAny: label)))
                xml.attribute("label", track.category)
                if let task { xml.attribute("task_id", task) }
                if track.interpolation == .none { xml.attribute("interpolation", "none") }
                for attribute in label.attributes where attribute.name.hasPrefix("cvat.") && !["cvat.shape", "cvat.points"].contains(attribute.name) {
                    guard !attribute.name.hasPrefix("cvat.attribute."), !attribute.name.hasPrefix("cvat.point."), attribute.name != "cvat.z" else { continue }
                    let name = attribute.name.dropFirst("cvat.".utf8.count)
                    xml.attribute(name == "group" ? "group_id" : String(name), attribute.value)
                }
                write(track, label, document, clock)
                xml.close()
            }
        }
    }

    private mutating func write(_ track: Track, _ label: Label, _ document: Document, _ clock: FrameClock) {
        let perLabel = label.attributes.filter { $0.name.hasPrefix("cvat.attribute.") || $0.name == "cvat.z" || $0.name.hasPrefix("cvat.point.") }
        for (index, keyframe) in track.keyframes.enumerated() {
            let frame = clock.frame(keyframe.time)
            let attributes = perLabel + keyframe.attributes
            write(keyframe, frame, label, attributes, document)
            // CVAT goes on with a shape until the next one, or one that is outside.
            let next = index + 1 < track.keyframes.count ? clock.frame(track.keyframes[index + 1].time) : Int.max
            let goesOn = track.interpolation == .linear && index + 1 < track.keyframes.count
            guard keyframe.state != .outside, !goesOn, next > frame + 1 else { continue }
            write(keyframe, frame + 1, label, attributes, document, isAdded: true)
        }
    }

    private mutating func write(
        _ keyframe: Keyframe, _ frame: Int, _ label: Label, _ attributes: [Attribute], _ document: Document, isAdded: Bool = false
    ) {
        let shape = CVATShapeWriter(keyframe, label.attributes, document.media.video)
        shape.open(&xml)
        xml.attribute("frame", Int64(frame))
        xml.attribute("outside", isAdded || keyframe.state == .outside ? 1 : 0)
        xml.attribute("occluded", keyframe.state == .occluded || attributes["cvat.occluded"] == "1" ? 1 : 0)
        xml.attribute("keyframe", keyframe.isInterpolated && !isAdded ? 0 : 1)
        if isAdded { xml.attribute("added", 1) }
        shape.writeCoordinates(&xml)
        if let group = keyframe.attributes["cvat.group"] { xml.attribute("group_id", group) }
        if let source = keyframe.attributes["cvat.source"] { xml.attribute("source", source) }
        xml.attribute("z_order", attributes["cvat.z"] ?? "0")
        shape.writePoints(&xml, attributes)
        writeAttributes(attributes)
        xml.close()
    }
}

/// Reads a meta element by itself.
enum CVATMetaReading {
    private final class Handler: XMLHandler {
        var log = DiagnosticLog(file: "")
        var meta = CVATMeta()
        func startElement(_ tag: borrowing XMLTag) throws(FormatError) { meta.start(tag) }
        func endElement(_ name: XMLName, at position: TextPosition) throws(FormatError) { meta.end() }
        func characters(_ text: [UInt8], at position: TextPosition) throws(FormatError) { meta.text(text) }
    }

    static func read(_ text: String) throws(FormatError) -> CVATMeta {
        let handler = Handler()
        try XMLReader.read(Array(text.utf8), into: handler)
        return handler.meta
    }
}
