import Timeline

extension COCOReader {
    mutating func readAnnotations(_ range: Range<Int>) throws(FormatError) {
        try forEach(range, "annotations") { reader, json throws(FormatError) in
            let annotation = try COCOAnnotation(&json, &reader.ids)
            reader.add(annotation, &json)
        }
    }

    /// A file of results: an array of annotations without pictures and categories.
    mutating func readResults() throws(FormatError) -> Corpus {
        try readAnnotations(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3..<bytes.count : 0..<bytes.count)
        var corpus = try finish()
        guard !documents.isEmpty else {
            throw FormatError(.noLabels, file: log.file, found: "an array without one result that can be read", expected: "objects with image_id and category_id")
        }
        corpus.attributes.append(Attribute("coco.results", "1"))
        return corpus
    }

    // MARK: One annotation

    private mutating func add(_ annotation: COCOAnnotation, _ json: inout JSONTokenizer) {
        for remark in annotation.remarks {
            log.addHabit(
                .warning, remark.code, at: json.position(of: annotation.offset), found: remark.found, expected: remark.expected, effect: "it is kept as it is where it can be")
        }
        if let video = annotation.video, annotation.image == nil, let number = videoNumbers[video], !annotation.frames.isEmpty {
            return addFrames(annotation, number, &json)
        }
        guard let image = annotation.image else {
            return log.add(.error, "coco-annotation", at: json.position(of: annotation.offset), found: "an annotation without an image_id", expected: "the id of a picture", effect: "it is left out")
        }
        let place = self.place(image, annotation, &json)
        if let segments = annotation.segments { return addSegments(annotation, segments, place) }
        guard let shape = annotation.shape else { return addWhole(annotation, place, &json) }
        check(annotation, place, &json)
        add(annotation, shape, place, &json)
    }

    /// Where annotations of a picture go; a picture that the file does not list gets a document.
    private mutating func place(_ image: Int64, _ annotation: COCOAnnotation, _ json: inout JSONTokenizer) -> COCOPlace {
        if let known = images[image] { return known }
        if hasImages {
            log.addHabit(.warning, "coco-image", at: json.position(of: annotation.offset), found: "image_id \(ids.name(image)), which no picture has", expected: "the id of a picture", effect: "the annotation is kept, for a picture of that name")
        }
        var document = COCODocument(name: "image \(ids.name(image))", isVideo: false)
        document.attributes = [Attribute("coco.image_id", ids.name(image))]
        let place = COCOPlace(document: documents.count, frame: 0, width: nil, height: nil)
        documents.append(document)
        images[image] = place
        return place
    }

    /// The name of the category, and the id where the name does not say it.
    private mutating func category(_ annotation: COCOAnnotation, _ json: inout JSONTokenizer) -> (name: String, id: String?) {
        guard let id = annotation.category else { return ("", nil) }
        guard let name = categories[id] else {
            if hasCategories, !categories.isEmpty {
                log.addHabit(.warning, "coco-category", at: json.position(of: annotation.offset), found: "category_id \(ids.name(id)), which no category has", expected: "the id of a category", effect: "the annotation is kept under that number")
            }
            return (ids.name(id), ids.name(id))
        }
        return (name, categoryIDs[name] == id ? nil : String(id))
    }

    /// Whether no annotation had the id before.
    private mutating func isNew(_ annotation: COCOAnnotation, _ json: inout JSONTokenizer) -> Bool {
        guard let id = annotation.id else { return false }
        if seenIDs == nil {
            if id > latestID {
                latestID = id
                risingIDs.append(id)
                return true
            }
            seenIDs = Set(risingIDs)
            risingIDs = []
        }
        if seenIDs?.insert(id).inserted == true { return true }
        log.addHabit(.warning, "coco-repeated", at: json.position(of: annotation.offset), found: "annotation \(ids.name(id)) again", expected: "ids that differ", effect: "both are kept")
        return false
    }

    private mutating func check(_ annotation: COCOAnnotation, _ place: COCOPlace, _ json: inout JSONTokenizer) {
        guard let box = annotation.box else { return }
        if box.width < 0 || box.height < 0 {
            log.addHabit(.warning, "coco-size", at: json.position(of: annotation.offset), found: "a box of negative size", expected: "zero or more", effect: "it is kept")
        }
        // Boxes of rounded outlines reach up to a pixel beyond.
        let isOutside = box.x < -1 || box.y < -1 || place.width.map { box.x + box.width > Double($0) + 1 } ?? false || place.height.map { box.y + box.height > Double($0) + 1 } ?? false
        if isOutside { log.addHabit(.warning, "coco-outside", at: json.position(of: annotation.offset), found: "a box beyond its picture", expected: "a box inside", effect: "it is kept") }
        if let mask = annotation.mask, let width = place.width, let height = place.height, mask.width != width || mask.height != height {
            log.addHabit(.warning, "coco-rle", at: json.position(of: annotation.offset), found: "a mask of another size than its picture", expected: "\(width) by \(height)", effect: "it is kept")
        }
    }

    // MARK: Labels

    private mutating func add(_ annotation: COCOAnnotation, _ shape: Shape, _ place: COCOPlace, _ json: inout JSONTokenizer) {
        let idIsNew = isNew(annotation, &json)
        let category = self.category(annotation, &json)
        var attributes = self.attributes(annotation, shape)
        if let id = category.id { attributes.append(Attribute("coco.category_id", id)) }
        let number = place.document
        guard documents[number].isVideo else {
            if let track = annotation.track { attributes.append(Attribute("coco.track_id", ids.name(track))) }
            let keyframe = Keyframe(time: .zero, shape: shape, state: annotation.state, isInterpolated: annotation.isInterpolated)
            let confidence = confidence(annotation, &attributes)
            documents[number].objects.append(
                Label(
                    id: labelID(annotation, idIsNew, documents[number].objects.count, &attributes), span: .instant(.zero),
                    content: .track(Track(category.name, keyframes: [keyframe])), confidence: confidence, attributes: attributes))
            return
        }
        if let id = annotation.id { attributes.insert(Attribute("coco.id", ids.name(id)), at: 0) }
        addToVideo(annotation, shape, place.frame, number, category.name, attributes)
    }

    private mutating func addToVideo(_ annotation: COCOAnnotation, _ shape: Shape, _ frame: Int, _ number: Int, _ category: String, _ attributes: [Attribute]) {
        var attributes = attributes
        if documents[number].clock == nil {
            usesRate = usesRate || documents[number].video?.timing == nil
            documents[number].clock = FrameClock(documents[number].video?.timing ?? options.frameTiming ?? .constant(FrameClock.assumedRate))
            documents[number].collector = TrackCollector(categoryAttribute: "coco.category")
        }
        guard let time = documents[number].clock?.time(frame) else {
            return log.add(.error, "coco-frame", found: "frame \(frame)", expected: "a frame within 100 years", effect: "the annotation is left out")
        }
        var keyframe = Keyframe(time: time, shape: shape, state: annotation.state, isInterpolated: annotation.isInterpolated)
        keyframe.confidence = confidence(annotation, &attributes)
        let identity = annotation.track.flatMap { $0 >= 0 ? Int(exactly: $0) : nil }
        if let track = annotation.track, identity == nil { attributes.append(Attribute("coco.track_id", ids.name(track))) }
        keyframe.attributes = attributes
        documents[number].collector?.add(keyframe, of: identity, category: category)
    }

    private func confidence(_ annotation: COCOAnnotation, _ attributes: inout [Attribute]) -> Confidence? {
        guard let score = annotation.score else { return nil }
        if let confidence = Confidence(score) { return confidence }
        attributes.append(Attribute("coco.score", "\(score)"))
        return nil
    }

    /// `a` and the annotation's id.
    private func labelID(_ annotation: COCOAnnotation, _ isNew: Bool, _ count: Int, _ attributes: inout [Attribute]) -> LabelID {
        if let id = annotation.id {
            if isNew, id >= 0 { return LabelID("a\(id)") }
            attributes.append(Attribute("coco.id", ids.name(id)))
        }
        return LabelID("d\(count + 1)")
    }

    /// What is stated beside the shape and does not follow from it.
    private func attributes(_ annotation: COCOAnnotation, _ shape: Shape) -> [Attribute] {
        var attributes: [Attribute] = []
        func keep(_ name: String, _ value: Double) {
            var bytes: [UInt8] = []
            bytes.appendNumber(value)
            attributes.append(Attribute("coco.\(name)", String(decoding: bytes, as: UTF8.self)))
        }
        if let area = annotation.area, area != shape.cocoArea { keep("area", area) }
        if annotation.isCrowd { attributes.append(Attribute("coco.iscrowd", "1")) }
        if annotation.mask != nil, annotation.hasPlainRuns { attributes.append(Attribute("coco.rle", "counts")) }
        if let box = annotation.box, box != shape.cocoBox {
            var text: [UInt8] = []
            text.appendJSON(box)
            attributes.append(Attribute("coco.bbox", String(decoding: text, as: UTF8.self)))
        }
        if case .keypoints = shape {} else if !annotation.keypoints.isEmpty {
            var text: [UInt8] = []
            text.appendJSON(annotation.keypoints)
            attributes.append(Attribute("coco.keypoints", String(decoding: text, as: UTF8.self)))
        }
        if let range = annotation.attributes { attributes.append(Attribute("coco.attributes", bytes.string(range))) }
        for other in annotation.others { attributes.append(Attribute("coco.member.\(other.name)", bytes.string(other.value))) }
        return attributes
    }

    // MARK: Annotations without a shape

    /// A caption, or a category of the whole picture.
    private mutating func addWhole(_ annotation: COCOAnnotation, _ place: COCOPlace, _ json: inout JSONTokenizer) {
        guard annotation.caption != nil || annotation.category != nil, !documents[place.document].isVideo else {
            return log.add(
                .error, "coco-annotation", at: json.position(of: annotation.offset), found: "an annotation without a shape", expected: "bbox, segmentation, keypoints or caption", effect: "it is left out")
        }
        let number = place.document
        let isNew = isNew(annotation, &json)
        var attributes = self.attributes(annotation, .polygon([]))
        if let caption = annotation.caption {
            if let category = annotation.category { attributes.append(Attribute("coco.category_id", ids.name(category))) }
            let id = labelID(annotation, isNew, documents[number].captions.count, &attributes)
            documents[number].captions.append(Label(id: id, span: .instant(.zero), content: .cue(Cue(CueText(caption))), attributes: attributes))
        } else {
            let category = self.category(annotation, &json)
            if let id = category.id { attributes.append(Attribute("coco.category_id", id)) }
            let id = labelID(annotation, isNew, documents[number].tags.count, &attributes)
            documents[number].tags.append(Label(id: id, span: .instant(.zero), content: .tag(Tag(category.name)), attributes: attributes))
        }
    }

    /// The segments of a panoptic picture: their boxes; the outlines are in a picture of their own.
    private mutating func addSegments(_ annotation: COCOAnnotation, _ range: Range<Int>, _ place: COCOPlace) {
        log.addHabit(.warning, "coco-panoptic", at: TextPosition(line: 1), found: "segments whose outlines are a picture", expected: "outlines in the file", effect: "their boxes are read")
        guard var json = try? JSONTokenizer(bytes, in: range, file: log.file), (try? json.next()) == .beginArray else { return }
        let file = annotation.others.first { $0.name == "file_name" }.map { bytes.string($0.value) } ?? "\"\""
        while (try? json.next()) == .beginObject {
            guard let segment = try? COCOAnnotation(&json, &ids), let shape = segment.shape else { continue }
            let category = self.category(segment, &json)
            var attributes = self.attributes(segment, shape) + [Attribute("coco.panoptic", file)]
            if let id = category.id { attributes.append(Attribute("coco.category_id", id)) }
            let id = segment.id.map { LabelID("a\($0)") } ?? LabelID("d\(documents[place.document].objects.count + 1)")
            documents[place.document].objects.append(
                Label(id: id, span: .instant(.zero), content: .track(Track(category.name, keyframes: [Keyframe(time: .zero, shape: shape)])), attributes: attributes))
        }
    }

    /// All shapes of a track in one annotation.
    private mutating func addFrames(_ annotation: COCOAnnotation, _ number: Int, _ json: inout JSONTokenizer) {
        var whole = annotation
        whole.track = annotation.track ?? annotation.id
        whole.box = nil
        let category = self.category(annotation, &json).name
        for frame in annotation.frames {
            addToVideo(whole, frame.shape, frame.index, number, category, whole.isCrowd ? [Attribute("coco.iscrowd", "1")] : [])
        }
    }

    // MARK: The end

    mutating func finish() throws(FormatError) -> Corpus {
        if let first = ids.firstText {
            log.add(.warning, "coco-id", at: place.position(of: first.offset, in: bytes), found: "\(ids.textCount) ids that are texts; first \(first.found)", expected: "whole numbers", effect: "they are read as what they say")
        }
        if usesRate, options.frameTiming == nil {
            log.add(.warning, "coco-rate", found: "frames without their rate", expected: "the rate as an option", effect: "30 frames a second are assumed")
        }
        var corpus = Corpus()
        corpus.documents.reserveCapacity(documents.count)
        for index in documents.indices { corpus.documents.append(document(index)) }
        return corpus
    }

    private mutating func document(_ index: Int) -> Document {
        let made = documents[index]
        documents[index].objects = []
        var document = Document(media: Media(name: made.name, video: made.video), attributes: made.attributes)
        if made.isVideo {
            var video = made.video ?? VideoStream()
            video.timing = made.clock?.timing ?? video.timing ?? options.frameTiming ?? .constant(FrameClock.assumedRate)
            document.media.video = video
            if !made.images.isEmpty { document.attributes.append(Attribute("coco.images", imagesText(made.images))) }
        }
        var objects = made.objects
        if var collector = made.collector {
            objects = collector.finish()
            if collector.repeats > 0 {
                log.add(.warning, "coco-track", found: "\(collector.repeats) shapes of a track that has another in the same frame", effect: "each is a label of its own")
            }
        }
        if !objects.isEmpty { document.layers.append(Layer(id: "objects", kind: .tracks, labels: objects)) }
        if !made.captions.isEmpty { document.layers.append(Layer(id: "captions", kind: .cues, labels: made.captions)) }
        if !made.tags.isEmpty { document.layers.append(Layer(id: "categories", kind: .tags, labels: made.tags)) }
        return document
    }

    /// The objects of a video's frames as an array.
    private func imagesText(_ ranges: [Range<Int>]) -> String {
        var text: [UInt8] = [.ascii("[")]
        for (index, range) in ranges.enumerated() {
            if index > 0 { text += ", ".utf8 }
            text += bytes[range]
        }
        text.append(.ascii("]"))
        return String(decoding: text, as: UTF8.self)
    }
}
