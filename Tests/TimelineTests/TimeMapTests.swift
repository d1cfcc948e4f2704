import Testing
import Timeline

@Suite struct TimeMapTests {
    private func document(_ spans: [(Int64, Int64)], duration: Int64? = nil) -> Document {
        let labels = spans.enumerated().map { index, span in
            Label(id: LabelID("c\(index + 1)"), span: .segment(Segment(start: .seconds(span.0), end: .seconds(span.1))!), content: .cue(Cue(CueText("x"))))
        }
        return Document(media: Media(name: "m", duration: duration.map { .seconds($0) }), layers: [Layer(id: "a", kind: .cues, labels: LabelList(labels))])
    }

    private func seconds(_ document: Document) -> [[Int64]] {
        document.layers.flatMap { $0.labels.map { [$0.span.start.milliseconds / 1000, $0.span.end.milliseconds / 1000] } }
    }

    @Test func `a change of clock scales around zero, then shifts`() throws {
        let map = try #require(TimeMap(scale: (3, 2), shift: .seconds(-1)))
        #expect(seconds(document([(2, 4)]).mapped(map)) == [[2, 5]])
        #expect(TimeMap(scale: (0, 1)) == nil)
    }

    @Test func `times inside a text and keyframes move with their label`() throws {
        let map = try #require(TimeMap(shift: .seconds(5)))
        let run = TextRun("b", appears: .seconds(2))
        let cue = Label(id: "c1", span: .instant(.seconds(1)), content: .cue(Cue(CueText(runs: [run]))))
        guard case .cue(let moved)? = cue.mapped({ map($0) })?.content else { return #expect(Bool(false)) }
        #expect(moved.text.runs[0].appears == .seconds(7))
    }

    @Test func `a cut keeps what lies inside, from zero`() {
        // 0 1 2 3 4 5 6
        // [---)             cut from 1 to 4
        //     [---)
        //           [---)
        let cut = document([(0, 2), (2, 3), (5, 6)]).cut(Segment(start: .seconds(1), end: .seconds(4))!)
        #expect(seconds(cut) == [[0, 1], [1, 2]])
        #expect(cut.media.duration == .seconds(3))
    }

    @Test func `joined documents keep both, with ids that differ`() {
        let joined = document([(0, 1)], duration: 10).joined(with: document([(2, 3)], duration: 5), at: .seconds(10))
        #expect(seconds(joined) == [[0, 1], [12, 13]])
        #expect(joined.media.duration == .seconds(15))
        #expect(joined.problems().isEmpty)
    }
}
