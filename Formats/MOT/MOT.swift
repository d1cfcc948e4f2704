import Timeline

/// MOTChallenge: boxes of a video as lines of numbers, with the sequence's rate and size in `seqinfo.ini` beside them.
///
/// Milan et al., "MOT16: A Benchmark for Multi-Object Tracking", arXiv 1603.00831, sections 3 and 4.
enum MOT: LabelSyntax {
    static let name = "mot"
    static let title = "MOTChallenge"
    static let suffixes = ["mot.txt", "mot.csv"]
    static let isFolder = true
    static let capabilities = FormatCapabilities(
        kinds: [.tracks: .whole], features: [.overlaps, .instants, .text, .confidence, .media, .layers, .identity], grid: .frames,
        attributePrefixes: ["mot."], texts: .oneLine, names: .trimmedLine, keepsVideo: true)

    static func likelihood(of sample: FormatSample) -> Likelihood {
        guard sample.paths.isEmpty else { return likelihood(of: sample.paths) }
        let lines = sample.lines(20)
        let fitting = lines.count { line in
            let row = MOTRow(sample.text, line)
            return row.separator == .comma && (6...10).contains(row.count) && row.frame != nil && row.identity != nil && row.box != nil
        }
        guard fitting > 0, fitting == lines.count else { return .none }
        return lines.allSatisfy { MOTRow(sample.text, $0).count >= 7 } ? .likely : .possible
    }

    private static func likelihood(of paths: [String]) -> Likelihood {
        if paths.contains(where: { $0 == MOTSequence.fileName || $0.hasSuffix("/" + MOTSequence.fileName) }) { return .certain }
        return paths.contains { ["gt/gt.txt", "det/det.txt"].contains($0) || $0.hasSuffix("/gt/gt.txt") || $0.hasSuffix("/det/det.txt") } ? .certain : .none
    }

    /// The names of classes 1 to 13 where no file of names says otherwise: MOT16, table 3, and the crowd of MOT20.
    static let classes = [
        "pedestrian", "person on vehicle", "car", "bicycle", "motorbike", "non motorized vehicle", "static person", "distractor", "occluder",
        "occluder on the ground", "occluder full", "reflection", "crowd",
    ]

    static func read(_ input: LabelInput, _ options: ReadingOptions, log: inout DiagnosticLog) throws(FormatError) -> Corpus {
        var corpus = Corpus()
        switch input.content {
        case .file(let bytes):
            let clock = FrameClock(stated: nil, options, format: name, log: &log)
            var reader = MOTReader(names: classes, clock: clock, options: options)
            let layer = try reader.layer(bytes, id: "gt", log: &log)
            corpus.documents = [document(input.mediaName, MOTSequence(), clock, [layer])]
        case .folder(let folder):
            for sequence in MOTFolder(folder.paths).sequences { corpus.documents.append(try sequence.read(folder, input, options, &log)) }
        }
        if corpus.labelCount == 0, let first = log.diagnostics.first(where: { $0.severity == .error }) {
            throw FormatError(
                .noLabels, file: first.file, at: first.position, found: "\(title) without a line that can be read; first: \(first.message)",
                expected: "at least one label")
        }
        return corpus
    }

    static func document(_ name: String, _ sequence: MOTSequence, _ clock: FrameClock, _ layers: [Layer]) -> Document {
        let video = VideoStream(
            width: sequence.width, height: sequence.height, timing: clock.timing,
            frameCount: sequence.length)
        return Document(media: Media(name: name, video: video), layers: layers, attributes: sequence.attributes)
    }
}
