import Timeline

/// A YOLO data set as a folder: label files, pictures beside them or under `images`, and the names of classes.
struct YOLOFolder {
    private let folder: any LabelFolder
    private let name: String
    private let options: ReadingOptions
    private var names = YOLONames()
    private let pictures: PictureFiles

    private static let nameFiles = ["data.yaml", "dataset.yaml", "data.yml", "obj.names", "classes.txt", "classes.names"]
    private static let otherFiles: Set<String> = ["train.txt", "val.txt", "valid.txt", "test.txt", "classes.txt", "notes.txt", "README.txt", "requirements.txt"]

    init(_ folder: any LabelFolder, _ name: String, _ options: ReadingOptions, _ log: inout DiagnosticLog) throws(FormatError) {
        (self.folder, self.name, self.options) = (folder, name, options)
        pictures = PictureFiles(folder)
        let found = Self.nameFiles.lazy.compactMap { file in folder.paths.first { $0 == file || $0.hasSuffix("/" + file) } }.first ?? folder.paths.first { $0.hasSuffix(".yaml") }
        if let found {
            let bytes = try folder.read(found, limit: 1 << 24)
            names = found.hasSuffix(".yaml") || found.hasSuffix(".yml") ? YOLONames(yaml: bytes) : YOLONames(lines: bytes)
        } else {
            log.add(.warning, "yolo-names", found: "a folder without the names of its classes", expected: "data.yaml, obj.names or classes.txt", effect: "classes are called by their numbers")
        }
    }

    func read(_ log: inout DiagnosticLog) throws(FormatError) -> Corpus {
        var corpus = Corpus()
        var reader = YOLOReader(names, options)
        var videos: [String: Int] = [:]
        let inLabels = folder.paths.filter { $0.hasSuffix(".txt") && ($0.hasPrefix("labels/") || $0.contains("/labels/")) }
        let candidates = inLabels.isEmpty ? folder.paths.filter { $0.hasSuffix(".txt") && !Self.otherFiles.contains($0.split(separator: "/").last.map(String.init) ?? "") } : inLabels
        for path in candidates {
            let stem = PictureFiles.stem(path)
            let size = pictures.size(of: stem) ?? options.pictureSize
            let bytes = try folder.read(path, limit: LabelInput.sizeLimit)
            var inner = DiagnosticLog(file: "\(name)/\(path)")
            let frame = YOLOFrame(stem)
            let clock = FrameClock(options.frameTiming ?? .constant(FrameClock.assumedRate))
            let time = frame.flatMap { clock.time($0.number) }
            let labels = try reader.labels(bytes, size: size, at: time ?? .zero, &inner)
            log.collect(inner)
            var video = size.map { VideoStream(width: $0.width, height: $0.height) }
            guard let frame, time != nil else {
                corpus.documents.append(Self.document(FileNames.original(stem), video, labels))
                continue
            }
            let media = FileNames.original(frame.video)
            if videos[media] == nil {
                video = video ?? VideoStream()
                video?.timing = clock.timing
                videos[media] = corpus.documents.count
                corpus.documents.append(Self.document(media, video, []))
            }
            if let index = videos[media] { Self.append(labels, to: &corpus.documents[index]) }
        }
        if !videos.isEmpty, options.frameTiming == nil {
            log.add(.warning, "yolo-rate", found: "frames without their rate", expected: "the rate as an option", effect: "30 frames a second are assumed")
        }
        return corpus
    }

    private static func append(_ labels: [Label], to document: inout Document) {
        for label in labels {
            let count = document.layers[0].labels.count
            document.layers[0].labels.append(
                Label(id: LabelID("b\(count + 1)"), span: label.span, content: label.content, confidence: label.confidence, attributes: label.attributes))
        }
    }

    static func document(_ name: String, _ video: VideoStream?, _ labels: [Label]) -> Document {
        Document(media: Media(name: name, video: video), layers: [Layer(id: "objects", kind: .tracks, labels: LabelList(labels))])
    }
}

/// The name of a label file that stands for a frame of a video, as Slate writes it: `film.frame000012`.
struct YOLOFrame {
    let video: String
    let number: Int

    init(video: String, number: Int) { (self.video, self.number) = (video, number) }

    init?(_ stem: String) {
        guard let range = stem.utf8.indices.last(where: { stem[$0...].hasPrefix(".frame") }), let number = Int(stem[range...].dropFirst(".frame".count)), number >= 0 else { return nil }
        self.init(video: String(stem[..<range]), number: number)
    }

    var stem: String {
        let digits = String(number)
        return "\(video).frame\(String(repeating: "0", count: max(0, 6 - digits.utf8.count)))\(digits)"
    }
}
