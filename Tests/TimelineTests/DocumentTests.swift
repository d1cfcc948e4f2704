import Testing
import Timeline

@Suite struct DocumentTests {
    private func label(_ id: LabelID, source: SourceID? = nil) -> Label {
        Label(id: id, span: .instant(.zero), content: .tag(Tag("x")), source: source)
    }

    @Test func `a document that keeps the rules has no problems`() {
        let document = Document(
            media: Media(name: "m"),
            layers: [
                Layer(id: "a", kind: .tags, labels: [label("1", source: "s")]), Layer(id: "b", kind: .tags, parent: "a", labels: [label("2")]),
            ],
            relations: [Relation(kind: "answers", from: "2", to: "1")], sources: [Source(id: "s", agent: .annotator("Ann"))])
        #expect(document.problems().isEmpty)
    }

    @Test func `each broken rule is named`() {
        let document = Document(
            media: Media(name: "m"),
            layers: [
                Layer(id: "a", kind: .tags, parent: "b", labels: [label("1", source: "s"), label("1")]),
                Layer(id: "b", kind: .words, parent: "a", labels: [label("2")]),
                Layer(id: "c", kind: .words, parent: "nowhere"), Layer(id: "c", kind: .words),
                Layer(id: "e", kind: .entities, labels: [Label(id: "4", span: .instant(.zero), content: .entity(Entity("x", kind: "y", words: ["5"])))]),
            ],
            relations: [Relation(kind: "answers", from: "2", to: "3")])
        #expect(document.problems() == [
            .repeatedLayer("c"), .repeatedLabel("1"), .circularParent(layer: "a"), .circularParent(layer: "b"),
            .unknownParent(layer: "c", parent: "nowhere"), .unknownSource(label: "1", source: "s"),
            .contentOfOtherKind(label: "2", layer: "b"), .unknownLabel("3"), .unknownLabel("5"),
        ])
    }

    @Test func `a confidence lies between 0 and 1`() {
        #expect(Confidence(0) != nil && Confidence(1) != nil)
        #expect(Confidence(-0.01) == nil && Confidence(1.01) == nil && Confidence(.nan) == nil)
    }

    @Test func `a content hash is hexadecimal in lower case`() {
        #expect(ContentHash(algorithm: "SHA256", digest: "AB01")?.digest == "ab01")
        #expect(ContentHash(algorithm: "sha256", digest: "abc") == nil && ContentHash(algorithm: "sha256", digest: "xy") == nil)
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"),
        (1_700_000_000, "2023-11-14T22:13:20Z"), (-62_135_596_800, "0001-01-01T00:00:00Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
    ]) func `a calendar moment is written and read as RFC 3339`(seconds: Int64, text: String) {
        #expect(WallClock(secondsSince1970: seconds)?.description == text)
        #expect(WallClock(text)?.secondsSince1970 == seconds)
    }

    @Test(arguments: ["2023-02-29T00:00:00Z", "2023-13-01T00:00:00Z", "2023-01-01T24:00:00Z", "2023-01-01 00:00:00Z", "", "0000-01-01T00:00:00Z"])
    func `a moment that does not exist is refused`(_ text: String) { #expect(WallClock(text) == nil) }
}
