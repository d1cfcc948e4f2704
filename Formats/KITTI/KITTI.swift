import Timeline

/// KITTI labels: boxes of objects in lines of 17 fields with frame and identity (tracking) or of 15 without (detection of objects).
///
/// Geiger et al., "Are we ready for autonomous driving?", CVPR 2012, and the readme files of its development kits.
enum KITTI: LabelSyntax {
    static let name = "kitti"
    static let title = "KITTI"
    static let suffixes = ["kitti.txt"]
    static let isFolder = true
    static let capabilities = FormatCapabilities(
        kinds: [.tracks: .whole], features: [.overlaps, .instants, .text, .confidence, .media, .identity], grid: .frames,
        attributePrefixes: ["kitti."], texts: .oneWord, names: .oneWord)

    /// The cameras of KITTI take ten pictures a second.
    static let assumedRate = FrameRate(10)!

    static func likelihood(of sample: FormatSample) -> Likelihood {
        if !sample.paths.isEmpty {
            let folders = Set(sample.paths.compactMap { $0.split(separator: "/").dropLast().last })
            return folders.contains("label_02") || folders.contains("label_2") ? .certain : .none
        }
        let lines = sample.lines(20)
        let fitting = lines.count { KITTILine(sample.text, $0) != nil }
        return fitting == 0 || fitting < lines.count ? .none : .certain
    }

    static func read(_ input: LabelInput, _ options: ReadingOptions, log: inout DiagnosticLog) throws(FormatError) -> Corpus {
        var corpus = Corpus()
        switch input.content {
        case .file(let bytes):
            var reader = KITTIReader(options: options)
            corpus.documents = [try reader.document(bytes, name: input.mediaName, size: nil, &log)]
            reader.remarkOnRate(&log)
        case .folder(let folder): corpus = try read(folder, input, options, &log)
        }
        if corpus.labelCount == 0, let first = log.diagnostics.first(where: { $0.severity == .error }) {
            throw FormatError(
                .noLabels, file: first.file, at: first.position, found: "\(title) without a line that can be read; first: \(first.message)",
                expected: "at least one label")
        }
        return corpus
    }

    private static func read(
        _ folder: any LabelFolder, _ input: LabelInput, _ options: ReadingOptions, _ log: inout DiagnosticLog
    ) throws(FormatError) -> Corpus {
        var corpus = Corpus()
        let pictures = PictureFiles(folder)
        var reader = KITTIReader(options: options)
        // calib, ImageSets and the like hold no labels.
        let named = folder.paths.filter { $0.hasSuffix(".txt") && ($0.contains("label_2/") || $0.contains("label_02/")) }
        let paths = named.isEmpty ? folder.paths.filter { $0.hasSuffix(".txt") } : named
        let counts = Dictionary(paths.map { (FileNames.original(PictureFiles.stem($0)), 1) }, uniquingKeysWith: +)
        for path in paths {
            let bytes = try folder.read(path, limit: LabelInput.sizeLimit)
            var inner = DiagnosticLog(file: "\(input.name)/\(path)")
            let stem = PictureFiles.stem(path)
            let name = FileNames.original(stem)
            // Files of several folders may have one name.
            let isAlone = counts[name] == 1
            if !isAlone { inner.add(.note, "kitti-name", found: "a file named as another one, '\(stem.prefix(60))'", effect: "its medium is named by the path") }
            corpus.documents.append(try reader.document(bytes, name: isAlone ? name : String(path.dropLast(4)), size: pictures.size(of: stem), &inner))
            log.collect(inner)
        }
        reader.remarkOnRate(&log)
        return corpus
    }
}
