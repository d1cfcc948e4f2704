import Timeline

/// Pascal VOC XML: a file for each picture, with a box for each object.
///
/// Everingham et al., "The PASCAL Visual Object Classes Challenge 2012 Development Kit", section 4; turned boxes as roLabelImg has them.
enum VOC: LabelSyntax {
    static let name = "voc"
    static let title = "Pascal VOC XML"
    static let suffixes = ["voc.xml"]
    static let isFolder = true
    static let capabilities = FormatCapabilities(
        kinds: [.tracks: .whole], features: [.overlaps, .instants, .text, .media], grid: .frames, attributePrefixes: ["voc."], texts: .xmlText, names: .xmlText)

    static func likelihood(of sample: FormatSample) -> Likelihood {
        if !sample.paths.isEmpty { return sample.paths.contains { $0.hasSuffix(".xml") && ($0.hasPrefix("Annotations/") || $0.contains("/Annotations/")) } ? .certain : .none }
        guard let root = sample.text.firstElement, sample.text.has("<annotation", at: root), !sample.text.has("<annotations", at: root) else { return .none }
        return sample.text.contains("<object>") || sample.text.contains("<filename>") ? .certain : .possible
    }

    static func read(_ input: LabelInput, _ options: ReadingOptions, log: inout DiagnosticLog) throws(FormatError) -> Corpus {
        switch input.content {
        case .file(let bytes): return Corpus([try document(bytes, input.mediaName, options, &log)])
        case .folder(let folder): return try read(folder, input.name, options, &log)
        }
    }

    private static func read(_ folder: any LabelFolder, _ name: String, _ options: ReadingOptions, _ log: inout DiagnosticLog) throws(FormatError) -> Corpus {
        var (corpus, videos, latest) = (Corpus(), [String: Int](), FormatError?.none)
        let named = folder.paths.filter { $0.hasSuffix(".xml") && ($0.hasPrefix("Annotations/") || $0.contains("/Annotations/")) }
        let clock = FrameClock(options.frameTiming ?? .constant(FrameClock.assumedRate))
        for path in named.isEmpty ? folder.paths.filter({ $0.hasSuffix(".xml") }) : named {
            var inner = DiagnosticLog(file: "\(name)/\(path)")
            let bytes = try folder.read(path, limit: LabelInput.sizeLimit)
            defer { log.collect(inner) }
            let stem = PictureFiles.stem(path)
            var document: Document
            do { document = try self.document(bytes, FileNames.original(stem), options, &inner) } catch {
                inner.append(error.diagnostic)
                latest = latest ?? error
                continue
            }
            guard let frame = YOLOFrame(stem), let time = clock.time(frame.number), document.media.name == FileNames.original(stem) else {
                corpus.documents.append(document)
                continue
            }
            document.media.name = FileNames.original(frame.video)
            append(document, at: time, clock, to: &corpus, &videos)
        }
        if let latest, corpus.documents.isEmpty { throw latest }
        if !videos.isEmpty, options.frameTiming == nil {
            log.add(.warning, "voc-rate", found: "frames without their rate", expected: "the rate as an option", effect: "30 frames a second are assumed")
        }
        return corpus
    }

    /// Adds the labels of a frame to its video.
    private static func append(_ frame: Document, at time: Timestamp, _ clock: FrameClock, to corpus: inout Corpus, _ videos: inout [String: Int]) {
        let index = videos[frame.media.name] ?? corpus.documents.count
        if index == corpus.documents.count {
            videos[frame.media.name] = index
            var document = frame
            document.layers = [Layer(id: "objects", kind: .tracks)]
            document.media.video = document.media.video ?? VideoStream()
            document.media.video?.timing = clock.timing
            corpus.documents.append(document)
        }
        for label in frame.layers.flatMap({ $0.labels }) {
            guard case .track(var track) = label.content else { continue }
            for place in track.keyframes.indices { track.keyframes[place].time = time }
            let count = corpus.documents[index].layers[0].labels.count
            corpus.documents[index].layers[0].labels.append(
                Label(id: LabelID("o\(count + 1)"), span: .instant(time), content: .track(track), confidence: label.confidence, attributes: label.attributes))
        }
    }

    private static func document(_ bytes: [UInt8], _ name: String, _ options: ReadingOptions, _ log: inout DiagnosticLog) throws(FormatError) -> Document {
        let handler = VOCHandler(log: log, mediaName: name)
        defer { log = handler.log }
        try XMLReader.read(bytes, encodingName: options.encodingName, into: handler)
        return handler.document
    }
}
