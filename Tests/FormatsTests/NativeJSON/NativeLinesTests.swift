import Testing
import Timeline

@testable import Formats

@Suite struct NativeLinesTests {
    private func read(_ text: String, _ mode: ReadingMode = .lenient) throws -> LabelReading {
        try #require(LabelFormat(named: "jsonl")).read(LabelInput(Array(text.utf8), name: "t"), ReadingOptions(mode: mode))
    }

    private static let lines = [
        #"{"type": "corpus", "format": "slate", "version": 1, "ticksPerSecond": 705600000}"#, #"{"type": "document", "media": {"name": "m"}}"#,
        #"{"type": "source", "id": "s", "annotator": "Ann"}"#, #"{"type": "layer", "id": "t", "kind": "tags"}"#,
        #"{"type": "label", "id": "a", "start": 7, "end": 8, "tag": {"name": "x"}, "source": "s"}"#, #"{"type": "label", "id": "b", "from": 9, "tag": {"name": "y"}}"#,
        #"{"type": "relation", "kind": "after", "from": "b", "to": "a"}"#,
    ]

    private static let corpus: Corpus = {
        var layer = Layer(id: "t", kind: .tags)
        if let segment = Segment(start: Timestamp(ticks: 7), end: Timestamp(ticks: 8)) {
            layer.labels.append(Label(id: "a", span: .segment(segment), content: .tag(Tag("x")), source: "s"))
        }
        layer.labels.append(Label(id: "b", span: .open(Timestamp(ticks: 9)), content: .tag(Tag("y"))))
        let relation = Relation(kind: "after", from: "b", to: "a")
        return Corpus([Document(media: Media(name: "m"), layers: [layer], relations: [relation], sources: [Source(id: "s", agent: .annotator("Ann"))])])
    }()

    @Test func `every head and every label is a line`() throws {
        let text = Self.lines.joined(separator: "\n") + "\n"
        #expect(try read(text, .strict).corpus == Self.corpus)
        #expect(try LabelFormat(named: "jsonl")?.write(Self.corpus) == [OutputFile(Array(text.utf8))])
    }

    @Test func `members come in any order, and blank lines are passed over`() throws {
        let turned = Self.lines.map { line in line.replacing("{\"type\": \"label\", ", with: "{").replacing("\"x\"}", with: "\"x\"}, \"type\": \"label\"").replacing("\"y\"}", with: "\"y\"}, \"type\": \"label\"") }
        let reading = try read(turned.joined(separator: "\r\n\n"))
        #expect(reading.corpus == Self.corpus)
        #expect(reading.diagnostics.map(\.code) == ["json-blank-line"])
    }

    @Test(arguments: [
        (4, "{\"type\": \"label\", \"id\": \"a\"", 5), (4, "{\"type\": \"label\", \"id\": \"a\", \"at\": 1}", 5), (4, "{\"type\": \"mark\"}", 5), (4, "7", 5), (4, "{}", 5),
        (3, "{}", 4), (1, "{\"type\": \"document\"}", 2),
    ]) func `a line that is wrong is left out, and strict mode refuses it`(index: Int, line: String, number: Int) throws {
        var lines = Self.lines
        lines[index] = line
        let reading = try read(lines.joined(separator: "\n"))
        #expect(reading.diagnostics.first { $0.severity == .error }?.position?.line == number)
        #expect(reading.corpus.labelCount <= 1)
        let error = #expect(throws: FormatError.self) { try read(lines.joined(separator: "\n"), .strict) }
        #expect(error?.diagnostic.position?.line == number)
    }

    @Test(arguments: ["", "{}", "\n[]", "{\"type\": \"corpus\", \"format\": \"slate\", \"version\": 2, \"ticksPerSecond\": 705600000}", "{\"type\": \"corpus\", \"format\": \"s\"}"])
    func `lines of another format or version are refused`(_ text: String) { #expect(throws: FormatError.self) { try read(text) } }

    @Test func `files put behind one another are read as one`() throws {
        let second = Self.lines.map { $0.replacing("\"name\": \"m\"", with: "\"name\": \"n\"") }
        let reading = try read((Self.lines + second).joined(separator: "\n"), .strict)
        #expect(reading.corpus.documents.map(\.media.name) == ["m", "n"])
        #expect(reading.corpus.labelCount == 4)
    }
}
