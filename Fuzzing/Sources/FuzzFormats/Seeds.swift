import Formats
import Glibc
import Timeline

/// Small files of a format for libFuzzer to begin with: what Slate writes, and files found in folders.
struct Seeds {
    let format: LabelFormat
    let folder: String

    /// Longer files are cut there.
    private static let lengthLimit = 2048

    func write(from data: [String]) {
        mkdir(folder, 0o777)
        for (index, corpus) in SeedCorpora.all.enumerated() {
            guard let files = try? format.write(corpus, Self.writing), !files.isEmpty else { continue }
            save("slate-\(index)", format.isFolder ? FolderInBytes.encode(files) : files[0].bytes)
        }
        for root in data {
            guard let found = try? LocalFolder(root) else { continue }
            if format.isFolder { saveFolders(found) } else { saveFiles(found) }
        }
    }

    private static let writing = WritingOptions(frameTiming: FrameRate(25).map(FrameTiming.constant), pictureSize: PictureSize(width: 640, height: 360))

    private func saveFiles(_ found: LocalFolder) {
        for path in found.paths where format.suffixes.contains(where: { path.lowercased().hasSuffix("." + $0) }) {
            guard let bytes = try? found.read(path, limit: 1 << 20) else { continue }
            save(name(path), Array(bytes.prefix(Self.lengthLimit)))
        }
    }

    private func saveFolders(_ found: LocalFolder) {
        let folders = Set(found.paths.flatMap { path in path.split(separator: "/").indices.map { path.split(separator: "/")[..<$0].joined(separator: "/") } })
        for folder in folders.sorted() {
            let inside = found.paths.filter { folder.isEmpty || $0.hasPrefix(folder + "/") }
            guard inside.count < 40 else { continue }
            let files = inside.compactMap { path in
                (try? found.read(path, limit: 1 << 16)).map { OutputFile(path: String(path.dropFirst(folder.isEmpty ? 0 : folder.count + 1)), Array($0.prefix(300))) }
            }
            guard (try? LabelFormat.detect(LabelInput(FolderInBytes(files), name: "seed"))) == format else { continue }
            save(name(folder), FolderInBytes.encode(files))
        }
    }

    private func name(_ path: String) -> String { String(path.map { $0 == "/" ? "_" : $0 }.suffix(100)) }

    private func save(_ name: String, _ bytes: [UInt8]) {
        guard !bytes.isEmpty, let file = fopen("\(folder)/\(name)", "w") else { return }
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
    }
}

/// Corpora that between them use every kind of label.
enum SeedCorpora {
    static let all: [Corpus] = LayerKind.allCases.map { Corpus([document("rec", [layer($0)])]) }
        + [Corpus([document("rec", LayerKind.allCases.map(layer))]), Corpus([document("a", [layer(.turns)]), document("b", [layer(.tracks)])])]

    private static func document(_ name: String, _ layers: [Layer]) -> Document {
        let video = VideoStream(width: 640, height: 360, timing: FrameRate(25).map(FrameTiming.constant))
        return Document(media: Media(name: name, duration: .seconds(60), video: video), layers: layers)
    }

    private static func layer(_ kind: LayerKind) -> Layer {
        let labels = contents(kind).enumerated().map { index, content in
            let start = Timestamp.seconds(Int64(index) + 1)
            let span = Segment(start: start, end: start + .milliseconds(800)).map(Span.segment) ?? .instant(start)
            return Label(
                id: LabelID("\(kind.rawValue.first ?? "x")\(index + 1)"), span: kind == .tracks ? .instant(start) : span, content: content, confidence: Confidence(0.5))
        }
        return Layer(id: kind.rawValue, kind: kind, labels: LabelList(labels))
    }

    private static func contents(_ kind: LayerKind) -> [Content] {
        switch kind {
        case .cues: [.cue(Cue(CueText("one"))), .cue(Cue(CueText(runs: [TextRun("two\n", style: .italic), TextRun("three", voice: "Ann")])))]
        case .words: [.word(Word("hello")), .word(Word("world", speaker: "Ann"))]
        case .phones: [.phone(Phone("t")), .phone(Phone("AA1", alphabet: "arpabet"))]
        case .turns: [.turn(SpeakerTurn(speaker: "Ann")), .turn(SpeakerTurn(speaker: "Bob", text: "yes"))]
        case .emotions: [.emotion(Emotion(categories: [ScoredName("joy", score: 0.5)], arousal: 0.25))]
        case .tags: [.tag(Tag("noise")), .tag(Tag("laugh", vocabulary: "events"))]
        case .entities: [.entity(Entity("Rome", kind: "place"))]
        case .tracks: shapes.map { .track(Track("car", keyframes: [Keyframe(time: .seconds(1), shape: $0), Keyframe(time: .seconds(2), shape: $0, state: .occluded)])) }
        }
    }

    private static var shapes: [Shape] {
        let box = Box(x: 10, y: 20, width: 32, height: 16)
        let mask = Mask(width: 4, height: 3, runs: [2, 3, 1]).map { [Shape.mask($0)] } ?? []
        return [.box(box), .rotated(RotatedBox(box, angle: 30)), .polygon([Polygon([Point(x: 1, y: 1), Point(x: 9, y: 1), Point(x: 5, y: 7)])])] + mask
            + [.keypoints([Keypoint(Point(x: 3, y: 4)), Keypoint(Point(x: 0, y: 0), .absent)])]
    }
}
