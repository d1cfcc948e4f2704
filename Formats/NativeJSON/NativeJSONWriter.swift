import Timeline

/// Writes the objects of the native format, keys in a stable order.
struct NativeJSONWriter {
    var json: JSONWriter
    /// Whether labels repeat their times as a clock shows them.
    private let showsClock: Bool
    private var clock: [UInt8] = []

    /// - Parameter labelCount: about how many labels will be written.
    init(_ layout: JSONWriter.Layout, showsClock: Bool, labelCount: Int = 0) {
        (json, self.showsClock) = (JSONWriter(layout), showsClock)
        json.bytes.reserveCapacity(labelCount * Self.typicalLength)
    }

    /// Bytes of a plain label with its ids and times.
    private static let typicalLength = 200

    var bytes: [UInt8] { json.bytes }

    // MARK: Files

    /// A file of several documents.
    mutating func add(_ corpus: Corpus) {
        json.beginObject()
        addStatement()
        add(corpus.attributes)
        addList("documents", corpus.documents) { writer, document in
            writer.json.beginObject()
            writer.addMembers(of: document)
            writer.json.endObject()
        }
        json.endObject()
        json.endLine()
    }

    /// A file of one document.
    mutating func addFile(_ document: Document) {
        json.beginObject()
        addStatement()
        addMembers(of: document)
        json.endObject()
        json.endLine()
    }

    /// The members that state the format.
    mutating func addStatement() {
        json.add("format", NativeJSON.formatName)
        json.add("version", NativeJSON.version)
        json.add("ticksPerSecond", ticksPerSecond)
    }

    private mutating func addMembers(of document: Document) {
        json.name("media")
        add(document.media)
        if !document.sources.isEmpty { addList("sources", document.sources) { writer, source in writer.add(source) } }
        add(document.attributes)
        addList("layers", document.layers) { writer, layer in writer.add(layer) }
        if !document.relations.isEmpty { addList("relations", document.relations) { writer, relation in writer.add(relation) } }
    }

    private mutating func add(_ layer: Layer) {
        json.beginObject()
        addHead(of: layer)
        addList("labels", layer.labels) { writer, label in
            writer.json.beginObject()
            writer.addMembers(of: label)
            writer.json.endObject()
        }
        json.endObject()
    }

    // MARK: Heads

    mutating func add(_ media: Media) {
        json.beginObject()
        json.add("name", media.name)
        if let duration = media.duration { json.add("duration", duration.ticks) }
        if let hash = media.contentHash {
            json.name("hash")
            json.beginObject()
            json.add("algorithm", hash.algorithm)
            json.add("digest", hash.digest)
            json.endObject()
        }
        if let video = media.video { add(video) }
        if let sound = media.sound { add(sound) }
        json.endObject()
    }

    private mutating func add(_ video: VideoStream) {
        json.name("video")
        json.beginObject()
        if let width = video.width { json.add("width", Int64(width)) }
        if let height = video.height { json.add("height", Int64(height)) }
        if let count = video.frameCount { json.add("frames", Int64(count)) }
        switch video.timing {
        case .constant(let rate): addList("rate", [rate.numerator, rate.denominator]) { writer, number in writer.json.add(number) }
        case .times(let times): addList("times", times) { writer, time in writer.json.add(time.ticks) }
        case nil: break
        }
        json.endObject()
    }

    private mutating func add(_ sound: SoundStream) {
        json.name("sound")
        json.beginObject()
        if let rate = sound.sampleRate { json.add("sampleRate", Int64(rate)) }
        if let count = sound.channelCount { json.add("channels", Int64(count)) }
        json.endObject()
    }

    private mutating func add(_ source: Source) {
        json.beginObject()
        addMembers(of: source)
        json.endObject()
    }

    mutating func addMembers(of source: Source) {
        json.add("id", source.id.name)
        switch source.agent {
        case .annotator(let name): json.add("annotator", name)
        case .file(let name): json.add("file", name)
        case .model(let name, let version, let parameters):
            json.name("model")
            json.beginObject()
            json.add("name", name)
            json.add("version", version)
            add(parameters, as: "parameters")
            json.endObject()
        }
        add("guideline", source.guideline)
        add("time", source.time?.description)
    }

    /// The members of a layer that stand before its labels.
    mutating func addHead(of layer: Layer) {
        json.add("id", layer.id)
        json.add("kind", layer.kind.rawValue)
        add("language", layer.language)
        add("parent", layer.parent)
        add("constraint", layer.constraint?.rawValue)
        add("speaker", layer.speaker)
        add(layer.attributes)
    }

    private mutating func add(_ relation: Relation) {
        json.beginObject()
        addMembers(of: relation)
        json.endObject()
    }

    mutating func addMembers(of relation: Relation) {
        json.add("kind", relation.kind)
        json.add("from", relation.from.name)
        json.add("to", relation.to.name)
    }

    // MARK: Labels

    mutating func addMembers(of label: Label) {
        json.add("id", label.id.name)
        switch label.span {
        case .segment(let segment):
            json.add("start", segment.start.ticks)
            json.add("end", segment.end.ticks)
        case .instant(let time): json.add("at", time.ticks)
        case .open(let time): json.add("from", time.ticks)
        }
        if showsClock { addClock(label.span) }
        add(label.content)
        if let confidence = label.confidence { json.add("confidence", confidence.value) }
        add("source", label.source?.name)
        if label.review != .candidate { json.add("review", label.review.rawValue) }
        add(label.attributes)
    }

    private mutating func addClock(_ span: Span) {
        clock.removeAll(keepingCapacity: true)
        clock.append(.ascii("\""))
        clock.appendClock(span.start)
        switch span {
        case .segment(let segment):
            clock += " --> ".utf8
            clock.appendClock(segment.end)
        case .open: clock += " -->".utf8
        case .instant: break
        }
        clock.append(.ascii("\""))
        json.name("time")
        json.add(raw: clock)
    }

    // MARK: Members

    mutating func add(_ name: String, _ text: String?) { if let text { json.add(name, text) } }

    mutating func add(_ attributes: [Attribute], as name: String = "attributes") {
        guard !attributes.isEmpty else { return }
        // Pairs, so that order and repeated names are kept.
        addList(name, attributes) { writer, attribute in
            writer.json.beginArray()
            writer.json.add(attribute.name)
            writer.json.add(attribute.value)
            writer.json.endArray()
        }
    }

    mutating func addList<Item>(_ name: String, _ items: some Sequence<Item>, _ add: (inout NativeJSONWriter, Item) -> Void) {
        json.name(name)
        json.beginArray()
        for item in items { add(&self, item) }
        json.endArray()
    }
}

extension [UInt8] {
    /// Appends a time to the millisecond, with its sign, for a person to read: `00:01:02.345`.
    fileprivate mutating func appendClock(_ time: Timestamp) {
        if time < .zero { append(.ascii("-")) }
        let (seconds, thousandths) = (time < .zero ? Timestamp(ticks: 0 &- time.ticks) : time).milliseconds.magnitude.quotientAndRemainder(dividingBy: 1000)
        appendDecimal(seconds / 3600, width: 2)
        append(.ascii(":"))
        appendDecimal(seconds / 60 % 60, width: 2)
        append(.ascii(":"))
        appendDecimal(seconds % 60, width: 2)
        append(.ascii("."))
        appendDecimal(thousandths, width: 3)
    }
}
