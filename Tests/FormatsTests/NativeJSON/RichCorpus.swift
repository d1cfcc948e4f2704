import Timeline

@testable import Formats

/// Seeded corpora that use every member of every type of the model.
struct RichCorpus {
    var generator: SplitMix64

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    private static let texts = [
        "one", "", "two words", "Ünï 😀 e\u{301}", "a \"b\" \\ /", "two\nlines\r\n", "\u{0}\u{1}\u{7F}", "\u{2028}\u{FEFF}", "{\"a\": [1]}", "longer than fifteen bytes of text",
    ]

    private mutating func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &generator) < share }
    private mutating func pick<Item>(_ items: [Item]) -> Item { items.randomElement(using: &generator)! }
    private mutating func text() -> String { pick(Self.texts) }
    private mutating func perhapsText() -> String? { chance(0.5) ? text() : nil }
    private mutating func int(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &generator) }
    private mutating func time() -> Timestamp { Timestamp(ticks: .random(in: -1 << 40...1 << 50, using: &generator)) }
    private mutating func confidence() -> Confidence? { chance(0.5) ? Confidence(.random(in: 0...1, using: &generator)) : nil }

    private mutating func number() -> Double {
        pick([0, -0.0, 0.1 + 0.2, 1e-300, -1.5e300, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 1e22, 640, .random(in: -1...2000, using: &generator)])
    }

    private mutating func attributes() -> [Attribute] {
        guard chance(0.4) else { return [] }
        return (0..<int(1...3)).map { _ in Attribute(pick(["webvtt.settings", "json.x", "", "k"]), text()) }
    }

    mutating func corpus() -> Corpus {
        Corpus((0..<int(0...3)).map { document("media \($0)") }, attributes: attributes())
    }

    private mutating func document(_ name: String) -> Document {
        var document = Document(media: media(name), sources: sources(), attributes: attributes())
        var ids: [LabelID] = []
        for number in 0..<int(0...5) {
            document.layers.append(layer("layer \(number)", number, document.sources.map(\.id), &ids))
        }
        if ids.count > 1 { document.relations = (0..<int(0...3)).map { _ in Relation(kind: text(), from: pick(ids), to: pick(ids)) } }
        return document
    }

    private mutating func media(_ name: String) -> Media {
        var media = Media(name: name)
        if chance(0.5) { media.duration = time() - .zero }
        if chance(0.5) { media.contentHash = ContentHash(algorithm: "sha256", digest: "00ff") }
        if chance(0.5) { media.sound = SoundStream(sampleRate: chance(0.5) ? 44_100 : nil, channelCount: chance(0.5) ? 2 : nil) }
        guard chance(0.6) else { return media }
        let timing = pick([nil, FrameRate(30_000, over: 1001).map(FrameTiming.constant), .times([-5, 0, 1, 400].map { Timestamp(ticks: $0) })])
        media.video = VideoStream(width: chance(0.5) ? 640 : nil, height: chance(0.5) ? 360 : nil, timing: timing, frameCount: chance(0.5) ? 7 : nil)
        return media
    }

    private mutating func sources() -> [Source] {
        (0..<int(0...3)).map { number in
            let parameters = attributes()
            let agent = pick([.annotator(text()), .file(text()), .model(name: text(), version: text(), parameters: parameters)] as [Agent])
            return Source(id: SourceID("s\(number)"), agent: agent, guideline: perhapsText(), time: chance(0.5) ? WallClock("2026-11-24T01:30:00Z") : nil)
        }
    }

    private mutating func layer(_ id: String, _ number: Int, _ sources: [SourceID], _ ids: inout [LabelID]) -> Layer {
        let kind = pick(LayerKind.allCases)
        var layer = Layer(id: id, kind: kind, language: perhapsText(), speaker: perhapsText(), attributes: attributes())
        if number > 0, chance(0.5) { layer.parent = "layer \(int(0...number - 1))" }
        if chance(0.3) { layer.constraint = pick(ParentConstraint.allCases) }
        for index in 0..<int(0...5) {
            let id = LabelID(chance(0.5) ? "\(id)/\(index)" : "\(text())\(number).\(index)")
            layer.labels.append(
                Label(
                    id: id, span: span(), content: content(kind, ids), confidence: confidence(), source: chance(0.5) ? sources.first : nil,
                    review: pick(ReviewState.allCases), attributes: attributes()))
            ids.append(id)
        }
        return layer
    }

    private mutating func span() -> Span {
        let start = time()
        let segment = Segment(start: start, end: start + TimeDelta(ticks: .random(in: 1...1 << 40, using: &generator))).map(Span.segment)
        return pick([segment ?? .instant(start), .instant(start), .open(start)])
    }

    private mutating func content(_ kind: LayerKind, _ ids: [LabelID]) -> Content {
        switch kind {
        case .cues: .cue(Cue(chance(0.3) ? CueText(text()) : CueText(runs: (0..<int(0...3)).map { _ in run() }), speaker: perhapsText()))
        case .words: .word(Word(text(), speaker: perhapsText()))
        case .phones: .phone(Phone(text(), alphabet: perhapsText()))
        case .turns: .turn(SpeakerTurn(speaker: text(), text: perhapsText()))
        case .emotions:
            .emotion(
                Emotion(
                    categories: (0..<int(0...2)).map { _ in ScoredName(text(), score: chance(0.5) ? number() : nil) }, valence: chance(0.5) ? number() : nil,
                    arousal: chance(0.5) ? number() : nil, dominance: chance(0.5) ? number() : nil))
        case .tags: .tag(Tag(text(), vocabulary: perhapsText()))
        case .entities: .entity(Entity(text(), kind: text(), words: ids.isEmpty ? [] : (0..<int(0...2)).map { _ in pick(ids) }))
        case .tracks:
            .track(Track(text(), keyframes: (0..<int(0...3)).map { _ in keyframe() }, interpolation: pick(Track.Interpolation.allCases)))
        }
    }

    private mutating func run() -> TextRun {
        TextRun(
            text(), style: TextStyle(rawValue: UInt8(int(0...15))), voice: perhapsText(), language: perhapsText(),
            classes: (0..<int(0...2)).map { _ in text() }, appears: chance(0.3) ? time() : nil)
    }

    private mutating func keyframe() -> Keyframe {
        Keyframe(
            time: time(), shape: shape(), state: pick(Keyframe.State.allCases), isInterpolated: chance(0.3), confidence: confidence(), attributes: attributes())
    }

    private mutating func shape() -> Shape {
        let box = Box(x: number(), y: number(), width: number(), height: number())
        switch int(0...4) {
        case 0: return .box(box)
        case 1: return .rotated(RotatedBox(box, angle: number()))
        case 2: return .polygon((0..<int(0...2)).map { _ in Polygon((0..<int(0...3)).map { _ in Point(x: number(), y: number()) }) })
        case 3: return .mask(Mask(width: 4, height: 3, runs: pick([[], [12], [0, 3, 4]])) ?? Mask(width: 0, height: 0, runs: [])!)
        default: return .keypoints((0..<int(0...3)).map { _ in Keypoint(Point(x: number(), y: number()), pick(Keypoint.Visibility.allCases)) })
        }
    }
}
