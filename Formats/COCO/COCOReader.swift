import Timeline

/// Reads a COCO file: first what annotations refer to, then each annotation once.
struct COCOReader {
    let bytes: [UInt8]
    let options: ReadingOptions
    let mediaName: String
    var log: DiagnosticLog

    var ids = COCOIDs()
    var categories: [Int64: String] = [:]
    /// The id that a name stands for: its first.
    var categoryIDs: [String: Int64] = [:]
    var images: [Int64: COCOPlace] = [:]
    var videoNumbers: [Int64: Int] = [:]
    var documents: [COCODocument] = []
    var hasCategories = false, hasImages = false
    /// Ids of annotations so far, kept as a set once they do not rise.
    var latestID = Int64.min
    var seenIDs: Set<Int64>?
    var risingIDs: [Int64] = []
    var place = TextPlace()
    var usesRate = false

    init(_ bytes: [UInt8], options: ReadingOptions, mediaName: String, log: DiagnosticLog) {
        (self.bytes, self.options, self.mediaName, self.log) = (bytes, options, mediaName, log)
    }

    mutating func read() throws(FormatError) -> Corpus {
        if bytes.first(where: { $0 > Byte.space }) == .ascii("[") { return try readResults() }
        guard let sections = COCOSections(bytes) else { throw try failure() }
        for member in ["images", "annotations"] where sections.members.count(where: { $0.name == member }) > 1 {
            log.add(.warning, "coco-repeated", found: "the member \"\(member)\" more than once", effect: "the last one counts")
        }
        guard sections.members.contains(where: { ["images", "annotations", "categories"].contains($0.name) }) else {
            throw FormatError(.unknownFormat, file: log.file, found: "JSON of another kind", expected: "an object with images, annotations and categories")
        }
        if let range = sections.value("categories") { try readCategories(range) }
        if let range = sections.value("videos") { try readVideos(range) }
        if let range = sections.value("images") { try readImages(range) }
        if let range = sections.value("annotations") { try readAnnotations(range) }
        var corpus = try finish()
        var categories: Attribute?
        for member in sections.members where !["images", "annotations", "videos"].contains(member.name) {
            var json = try tokenizer(member.value)
            try json.next()
            try json.skipValue()
            try json.finish()
            let attribute = Attribute("coco.\(member.name)", bytes.string(member.value))
            if member.name == "categories" { categories = attribute } else { corpus.attributes.append(attribute) }
        }
        if let categories { corpus.attributes.append(categories) }
        return corpus
    }

    /// The error of a text whose members cannot be told.
    private func failure() throws(FormatError) -> FormatError {
        var json = try JSONTokenizer(bytes, file: log.file)
        guard try json.next() == .beginObject else { return json.unexpected("an object with images, annotations and categories") }
        try json.skipValue()
        try json.finish()
        return json.unexpected("an object with images, annotations and categories")
    }

    mutating func tokenizer(_ range: Range<Int>) throws(FormatError) -> JSONTokenizer {
        let lines = bytes.withUnsafeBufferPointer { buffer in
            var count = 0
            for byte in buffer[..<range.lowerBound] { count &+= byte == Byte.lineFeed ? 1 : 0 }
            return count
        }
        return try JSONTokenizer(bytes, in: range, file: log.file, line: lines + 1)
    }

    // MARK: What annotations refer to

    /// Calls a body for each object of an array; other values are passed over with an error.
    mutating func forEach(
        _ range: Range<Int>, _ what: String, _ body: (inout COCOReader, inout JSONTokenizer) throws(FormatError) -> Void
    ) throws(FormatError) {
        var json = try tokenizer(range)
        guard try json.next() == .beginArray else { throw json.unexpected("an array of \(what)") }
        while try json.next() != .endArray {
            guard json.token == .beginObject else {
                log.add(.error, "coco-object", at: json.position(), found: json.found, expected: "an object", effect: "it is left out")
                try json.skipValue()
                continue
            }
            try body(&self, &json)
        }
        try json.finish()
        json.remark(to: &log)
    }

    private mutating func readCategories(_ range: Range<Int>) throws(FormatError) {
        hasCategories = true
        try forEach(range, "categories") { reader, json throws(FormatError) in
            var (id, name) = (Int64?.none, String?.none)
            let position = json.position()
            while try json.next() == .name {
                if json.isName("id") { id = try reader.ids.read(&json) } else if json.isName("name") {
                    if try json.next() == .string { name = json.text } else { try json.skipValue() }
                } else {
                    try json.next()
                    try json.skipValue()
                }
            }
            guard let id else {
                return reader.log.add(.error, "coco-category", at: position, found: "a category without an id", expected: "id and name", effect: "it is left out")
            }
            if reader.categories[id] != nil {
                return reader.log.add(.warning, "coco-category", at: position, found: "category \(reader.ids.name(id)) again", expected: "ids that differ", effect: "the first one counts")
            }
            let shown = name ?? reader.ids.name(id)
            reader.categories[id] = shown
            if reader.categoryIDs[shown] == nil { reader.categoryIDs[shown] = id }
        }
    }

    private mutating func readVideos(_ range: Range<Int>) throws(FormatError) {
        try forEach(range, "videos") { reader, json throws(FormatError) in
            var (id, name, rate, stream) = (Int64?.none, String?.none, FrameRate?.none, VideoStream())
            let start = json.range.lowerBound
            while try json.next() == .name {
                if json.isName("id") { id = try reader.ids.read(&json) } else if json.isName("name") || json.isName("file_name") && name == nil {
                    if try json.next() == .string { name = json.text } else { try json.skipValue() }
                } else if json.isName("width") { stream.width = try Self.side(&json) }
                else if json.isName("height") { stream.height = try Self.side(&json) }
                else if json.isName("length") { stream.frameCount = try Self.side(&json) }
                else if json.isName("fps") || json.isName("frame_rate") {
                    try json.next()
                    if json.token == .number || json.token == .string { rate = FrameRateText(json.bytes.string(json.range))?.rate }
                    try json.skipValue()
                } else {
                    try json.next()
                    try json.skipValue()
                }
            }
            guard let id, reader.videoNumbers[id] == nil else {
                return reader.log.add(.error, "coco-video", at: json.position(of: start), found: "a video without an id of its own", expected: "ids that differ", effect: "it is left out")
            }
            stream.timing = rate.map(FrameTiming.constant)
            reader.videoNumbers[id] = reader.documents.count
            var document = COCODocument(name: name ?? "video \(reader.ids.name(id))", isVideo: true)
            document.video = stream
            document.attributes.append(Attribute("coco.video", reader.bytes.string(start..<json.range.upperBound)))
            reader.documents.append(document)
        }
    }

    static func side(_ json: inout JSONTokenizer) throws(FormatError) -> Int? {
        try json.next()
        if let value = json.double, let side = Int(exactly: value), (0...1 << 40).contains(side) { return side }
        try json.skipValue()
        return nil
    }

    private mutating func readImages(_ range: Range<Int>) throws(FormatError) {
        hasImages = true
        try forEach(range, "images") { reader, json throws(FormatError) in
            var image = COCOImage()
            let start = json.range.lowerBound
            while try json.next() == .name {
                if json.isName("id") { image.id = try reader.ids.read(&json) }
                else if json.isName("file_name") { if try json.next() == .string { image.name = json.text } else { try json.skipValue() } }
                else if json.isName("width") { image.width = try Self.side(&json) }
                else if json.isName("height") { image.height = try Self.side(&json) }
                else if json.isName("video_id") { image.video = try reader.ids.read(&json) }
                else if json.isName("frame_index") { image.frame = try Self.side(&json) ?? image.frame }
                else if json.isName("frame_id") { let frame = try Self.side(&json)
                    image.frame = image.frame ?? frame }
                else {
                    try json.next()
                    try json.skipValue()
                }
            }
            image.range = start..<json.range.upperBound
            reader.add(image, &json)
        }
    }

    private mutating func add(_ image: COCOImage, _ json: inout JSONTokenizer) {
        guard let id = image.id else {
            return log.add(.error, "coco-image", at: json.position(of: image.range.lowerBound), found: "a picture without an id", expected: "an id", effect: "it is left out")
        }
        if images[id] != nil {
            log.add(.warning, "coco-image", at: json.position(of: image.range.lowerBound), found: "picture \(ids.name(id)) again", expected: "ids that differ", effect: "annotations go to the first")
        }
        if let video = image.video, let number = videoNumbers[video] {
            let frame = image.frame ?? documents[number].images.count
            documents[number].images.append(image.range)
            if images[id] == nil { images[id] = COCOPlace(document: number, frame: frame, width: image.width, height: image.height) }
            return
        }
        var document = COCODocument(name: image.name ?? "image \(ids.name(id))", isVideo: false)
        if image.width != nil || image.height != nil { document.video = VideoStream(width: image.width, height: image.height) }
        document.attributes.append(Attribute("coco.image", bytes.string(image.range)))
        if images[id] == nil { images[id] = COCOPlace(document: documents.count, frame: 0, width: image.width, height: image.height) }
        documents.append(document)
    }
}

/// Where the annotations of a picture go.
struct COCOPlace {
    let document, frame: Int
    let width, height: Int?
}

/// An image of the file.
struct COCOImage {
    var id, video: Int64?
    var name: String?
    var width, height, frame: Int?
    var range = 0..<0
}

/// A document in the making.
struct COCODocument {
    let name: String
    let isVideo: Bool
    var video: VideoStream?
    var attributes: [Attribute] = []
    /// The objects of a video's frames in the file.
    var images: [Range<Int>] = []
    var collector: TrackCollector?
    var objects = LabelList()
    var captions = LabelList()
    var tags = LabelList()
    /// The timing that a video's frames are counted by.
    var clock: FrameClock?

    init(name: String, isVideo: Bool) { (self.name, self.isVideo) = (name, isVideo) }
}
