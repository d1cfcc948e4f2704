import Testing
import Timeline

@Suite struct LabelListTests {
    private static let second = Segment(start: .seconds(1), end: .seconds(2))!

    /// One label of every shape of content, plain and rich.
    private static let labels: [Label] = {
        let box = Shape.box(Box(x: 1.5, y: -2, width: 0, height: 1e9))
        let contents: [Content] = [
            .cue(Cue(CueText("plain"))), .cue(Cue(CueText(""))), .cue(Cue(CueText("said"), speaker: "Ann")), .cue(Cue(CueText(runs: [TextRun("")]))),
            .cue(Cue(CueText(runs: [TextRun("a", style: .bold), TextRun("b")]))), .word(Word("wörd", speaker: "B")), .word(Word("")),
            .phone(Phone("ə", alphabet: "ipa")), .turn(SpeakerTurn(speaker: "C")), .turn(SpeakerTurn(speaker: "", text: "")), .tag(Tag("t", vocabulary: "v")),
            .emotion(Emotion(categories: [ScoredName("joy", score: 0.5)], arousal: 0.1)), .entity(Entity("x", kind: "y", words: ["w"])),
            .track(Track("car", keyframes: [Keyframe(time: .seconds(1), shape: box)])),
            .track(Track("car", keyframes: [Keyframe(time: .seconds(1), shape: box, state: .occluded)])),
            .track(Track("car", keyframes: [Keyframe(time: .seconds(1), shape: box, confidence: Confidence(0)!)])),
            .track(Track("car", keyframes: [Keyframe(time: .seconds(2), shape: box)])), .track(Track("", keyframes: [], interpolation: .linear)),
        ]
        return contents.enumerated().flatMap { index, content in
            [Span.segment(second), .instant(.seconds(1)), .open(.seconds(1))].enumerated().map { place, span in
                Label(
                    id: LabelID("l\(index)-\(place)"), span: span, content: content, confidence: index % 3 == 0 ? Confidence(Double(index) / 20) : nil,
                    source: index % 2 == 0 ? "s" : nil, review: ReviewState.allCases[index % 4], attributes: index % 4 == 0 ? [Attribute("a", "\(index)")] : [])
            }
        }
    }()

    @Test func `what is put in comes back`() {
        let list = LabelList(Self.labels)
        #expect(Array(list) == Self.labels)
        #expect(list.indices.map { list.span(at: $0) } == Self.labels.map(\.span))
    }

    @Test func `lists of equal labels are equal and hash alike, however they came about`() {
        var list = LabelList(Self.labels.reversed())
        list.reverse()
        #expect(list == LabelList(Self.labels))
        #expect(list.hashValue == LabelList(Self.labels).hashValue)
        list[3].review = .rejected
        #expect(list != LabelList(Self.labels))
    }

    @Test func `labels are replaced, inserted and removed in place`() {
        var (list, array) = (LabelList(Self.labels), Self.labels)
        list.remove(at: 4); array.remove(at: 4)
        list.insert(Self.labels[0], at: 7); array.insert(Self.labels[0], at: 7)
        list[2].content = .word(Word("new")); array[2].content = .word(Word("new"))
        list.replaceSubrange(10..<20, with: []); array.replaceSubrange(10..<20, with: [])
        #expect(Array(list) == array)
    }

    @Test func `an id too long to pack is kept`() {
        let id = LabelID(String(repeating: "x", count: 70_000))
        let list: LabelList = [Label(id: id, span: .instant(.zero), content: .tag(Tag("t")))]
        #expect(list[0].id == id)
    }
}
