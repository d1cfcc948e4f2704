import Timeline

/// Seeded corpora that use every part of the model.
struct RandomCorpus {
    var generator: SplitMix64

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    private mutating func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &generator) < share }
    private mutating func pick<Item>(_ items: [Item]) -> Item { items.randomElement(using: &generator)! }

    private static let texts = ["one", "two words", "Ünï", "a < b & c", "two\nlines", "[x]", "{y}", "tab\there", "\"quoted\"", "a,b;c", "-", "<NA>", "0.5"]
    private static let names = ["Ann", "Bob_2", "Dr Who", "日本", "a.b", "x&y"]

    /// A corpus of one or two media.
    mutating func corpus() -> Corpus {
        Corpus(chance(0.7) ? [document("rec")] : [document("rec"), document("other one")])
    }

    mutating func document(_ name: String) -> Document {
        var media = Media(name: name)
        if chance(0.5) { media.duration = .seconds(600) }
        if chance(0.5) { media.video = VideoStream(width: 640, height: 360, timing: FrameRate(25).map(FrameTiming.constant)) }
        var document = Document(media: media)
        let kinds = LayerKind.allCases.filter { _ in chance(0.3) }
        for kind in kinds.isEmpty ? [.cues] : kinds {
            var layer = Layer(id: kind.rawValue, kind: kind)
            if chance(0.2) { layer.language = "de" }
            if chance(0.2) { layer.speaker = pick(Self.names) }
            layer.labels = labels(kind)
            document.layers.append(layer)
        }
        if document.layers.count > 1, chance(0.3) {
            document.layers[1].parent = document.layers[0].id
            document.layers[1].constraint = .includedIn
        }
        return document
    }

    private mutating func labels(_ kind: LayerKind) -> LabelList {
        var (list, time) = (LabelList(), Int64.random(in: 0..<5000, using: &generator))
        for number in 1...Int.random(in: 1...6, using: &generator) {
            let length = Int64.random(in: 40..<4000, using: &generator)
            // Whole frames for tracks, whole milliseconds or odd ticks for the others.
            let unit: Int64 = kind == .tracks ? ticksPerSecond / 25 : chance(0.8) ? ticksPerSecond / 1000 : ticksPerSecond / 44100
            let start = Timestamp(ticks: time * unit)
            var span = Span.segment(Segment(start: start, end: start + TimeDelta(ticks: length * unit))!)
            let content = content(kind, start)
            if case .track(let track) = content { span = track.span ?? .instant(start) } else if chance(0.1) { span = .instant(start) } else if chance(0.05) { span = .open(start) }
            let id = chance(0.3) ? "\(kind.rawValue)_\(number)" : "\(kind.rawValue.first!)\(number)"
            list.append(
                Label(
                    id: LabelID(id), span: span, content: content, confidence: chance(0.3) ? Confidence(0.25) : nil,
                    review: chance(0.1) ? .accepted : .candidate))
            time += chance(0.2) ? length / 2 : length + Int64.random(in: 0..<500, using: &generator)
        }
        return list
    }

    private mutating func content(_ kind: LayerKind, _ start: Timestamp) -> Content {
        let text = pick(Self.texts)
        switch kind {
        case .cues:
            guard chance(0.4) else { return .cue(Cue(CueText(text), speaker: chance(0.3) ? pick(Self.names) : nil)) }
            let runs = [TextRun("bold ", style: .bold), TextRun(text, voice: chance(0.3) ? pick(Self.names) : nil, classes: chance(0.3) ? ["loud"] : [])]
            return .cue(Cue(CueText(runs: runs)))
        case .words: return .word(Word(text, speaker: chance(0.3) ? pick(Self.names) : nil))
        case .phones: return .phone(Phone(pick(["ə", "AA1", "t"]), alphabet: chance(0.3) ? "ipa" : nil))
        case .turns: return .turn(SpeakerTurn(speaker: pick(Self.names), text: chance(0.4) ? text : nil))
        case .emotions: return .emotion(Emotion(categories: [ScoredName("joy", score: chance(0.5) ? 0.5 : nil)], arousal: chance(0.3) ? 0.25 : nil))
        case .tags: return .tag(Tag(pick(Self.names + ["scored", "unscored"]), vocabulary: chance(0.3) ? "events" : nil))
        case .entities: return .entity(Entity(text, kind: "person"))
        case .tracks:
            let frames = (0..<Int.random(in: 1...3, using: &generator)).map { index in
                Keyframe(
                    time: start + TimeDelta(ticks: Int64(index * index) * ticksPerSecond / 25), shape: shape(),
                    state: chance(0.2) ? .occluded : chance(0.1) && index > 0 ? .outside : .visible, isInterpolated: chance(0.1))
            }
            return .track(Track(pick(["car", "person", "traffic light"]), keyframes: frames, interpolation: chance(0.3) ? .linear : .none))
        }
    }

    private mutating func shape() -> Shape {
        let box = Box(x: 10, y: 20, width: chance(0.5) ? 32 : 33.25, height: 16)
        guard chance(0.2) else { return .box(box) }
        return .polygon([Polygon([Point(x: 1, y: 1), Point(x: 9, y: 1), Point(x: 5, y: 7)])])
    }
}
