import Testing
import Timeline

@testable import Formats

@Suite struct EmotionMLTests {
    private static let big6 = "category-set=\"http://www.w3.org/TR/emotion-voc/xml#big6\""
    private static let pad = "dimension-set=\"http://www.w3.org/TR/emotion-voc/xml#pad-dimensions\""

    private func read(_ inside: String, root: String = "", mode: ReadingMode = .lenient) throws -> LabelReading {
        let text = "<emotionml version=\"1.0\" xmlns=\"http://www.w3.org/2009/10/emotionml\" \(root)>\(inside)</emotionml>"
        return try LabelFormat(EmotionML.self).read(LabelInput(Array(text.utf8), name: "clip.emotionml"), ReadingOptions(mode: mode))
    }

    private func labels(_ inside: String, root: String = "") throws -> [Label] {
        let reading = try read(inside, root: root)
        #expect(reading.diagnostics.isEmpty, "\(reading.diagnostics)")
        return reading.corpus.documents.flatMap { $0.layers.flatMap { Array($0.labels) } }
    }

    private func written(_ corpus: Corpus) throws -> String { text(try LabelFormat(EmotionML.self).write(corpus)[0].bytes) }

    private static let joy = "<category name=\"joy\"/>"

    @Test func `categories, dimensions and confidence are read`() throws {
        let label = try labels("""
            <emotion \(Self.big6) \(Self.pad)><category name="surprise" value="0.4" confidence="0.9"/>
            <dimension name="arousal" value="0.8" confidence="0.9"/><dimension name="pleasure" value="0.6" confidence="0.9"/></emotion>
            """)[0]
        #expect(label.content == .emotion(Emotion(categories: [ScoredName("surprise", score: 0.4)], valence: 0.6, arousal: 0.8)))
        #expect(label.confidence == Confidence(0.9) && label.id == "e1" && label.span == .instant(.zero))
    }

    @Test func `times are offsets, wall clock times, media fragments or counted from another emotion`() throws {
        func segment(_ start: Int64, _ end: Int64) -> Span { .segment(Segment(start: .milliseconds(start), end: .milliseconds(end))!) }
        let times: [(String, Span)] = [
            ("offset-to-start=\"1500\" duration=\"500\"", segment(1500, 2000)), ("offset-to-start=\"-20\" duration=\"0\"", .instant(.milliseconds(-20))),
            ("offset-to-start=\"7\"", .open(.milliseconds(7))), ("start=\"1000\" end=\"3000\"", segment(1000, 3000)),
            ("start=\"1000\" duration=\"5\"", segment(1000, 1005)), ("start=\"9\"", .open(.milliseconds(9))),
        ]
        for (attributes, span) in times { #expect(try labels("<emotion \(Self.big6) \(attributes)>\(Self.joy)</emotion>").map(\.span) == [span]) }
        let fragment = try read("<emotion \(Self.big6)>\(Self.joy)<reference uri=\"http://a/my%20film.mp4#t=3,42.25\"/></emotion>")
        #expect(fragment.corpus.documents[0].media.name == "my film.mp4" && fragment.corpus.documents[0].layers[0].labels[0].span == segment(3000, 42250))
        let chain = "<emotion \(Self.big6) offset-to-start=\"10\" time-ref-uri=\"#b\" time-ref-anchor-point=\"end\" duration=\"5\">\(Self.joy)</emotion><emotion id=\"b\" \(Self.big6) offset-to-start=\"100\" duration=\"50\">\(Self.joy)</emotion>"
        #expect(try labels(chain).map(\.span) == [segment(160, 165), segment(100, 150)])
    }

    @Test func `all of an emotion comes back, in the way in which its time was stated`() throws {
        let emotions = [
            "<emotion start=\"1000\" end=\"3000\" \(Self.big6) expressed-through=\"face voice\"><info><x xmlns=\"urn:x\" k=\"1\"/></info><category name=\"fear\"><trace freq=\"10Hz\" samples=\"0.1 0.2\"/></category></emotion>",
            "<emotion offset-to-start=\"10\" time-ref-uri=\"#b\" time-ref-anchor-point=\"end\" duration=\"5\" \(Self.big6)><category name=\"joy\" confidence=\"0.5\"/><category name=\"fear\"/></emotion>",
            "<emotion id=\"b\" offset-to-start=\"100\" duration=\"50\" appraisal-set=\"http://x/y#z\"><appraisal name=\"novelty\" value=\"0.5\"/></emotion>",
            "<emotion \(Self.big6)>\(Self.joy)<reference uri=\"clip.emotionml#t=1,2\"/></emotion>",
        ]
        let reading = try read("<info>about</info>" + emotions.joined(), root: "xmlns:m=\"urn:m\"")
        #expect(reading.diagnostics.isEmpty, "\(reading.diagnostics)")
        let text = try written(reading.corpus)
        let pieces = ["<info>about</info>", "start=\"1000\" end=\"3000\"", "<trace freq=\"10Hz\" samples=\"0.1 0.2\"/>", "expressed-through=\"face voice\"", "<x xmlns=\"urn:x\" k=\"1\"/>",
            "offset-to-start=\"10\" duration=\"5\" time-ref-uri=\"#b\" time-ref-anchor-point=\"end\"", "<appraisal name=\"novelty\" value=\"0.5\"/>", "#t=1,2"]
        for piece in pieces { #expect(text.contains(piece), "\(piece) in \(text)") }
        let again = try LabelFormat(EmotionML.self).read(LabelInput(Array(text.utf8), name: "clip.emotionml"))
        #expect(again.corpus == reading.corpus && again.diagnostics.isEmpty)
        #expect(try written(again.corpus) == text)
    }

    @Test func `a changed emotion gets new descriptors and keeps what the model does not name`() throws {
        var corpus = try read("<emotion \(Self.big6) action-tendency-set=\"http://x#y\"><category name=\"joy\" confidence=\"0.1\"/><category name=\"fear\"/><action-tendency name=\"approach\" value=\"0.3\"/></emotion>").corpus
        corpus.documents[0].layers[0].labels[0].content = .emotion(Emotion(categories: [ScoredName("anger", score: 1)]))
        let text = try written(corpus)
        #expect(text.contains("<category name=\"anger\" value=\"1.0\"/><action-tendency name=\"approach\" value=\"0.3\"/>") && !text.contains("joy"))
    }

    @Test func `emotions of other formats get a vocabulary in the file and break no rule`() throws {
        let label = Label(id: "x", span: .segment(Segment(start: .seconds(1), end: .seconds(2))!), content: .emotion(Emotion(categories: [ScoredName("happy")], arousal: 0.5)), confidence: Confidence(0.5))
        let corpus = Corpus([Document(media: Media(name: "a b.wav"), layers: [Layer(id: "emotions", kind: .emotions, labels: [label])])])
        let text = try written(corpus)
        #expect(text.contains("<item name=\"happy\"/>") && text.contains("time-ref-uri=\"a%20b.wav\""))
        let back = try LabelFormat(EmotionML.self).read(LabelInput(Array(text.utf8), name: "t"), ReadingOptions(mode: .strict))
        #expect(back.corpus.documents[0].layers[0].labels[0].content == label.content && back.corpus.documents[0].media.name == "a b.wav")
        #expect(back.diagnostics.isEmpty && back.corpus.documents[0].layers[0].labels[0].confidence == Confidence(0.5))
    }

    @Test func `what breaks a rule is said`() throws {
        func codes(_ inside: String, root: String = "") throws -> [String] { try read(inside, root: root).diagnostics.map(\.code) }
        func emotion(_ inside: String, _ attributes: String = Self.big6 + " " + Self.pad) -> String { "<emotion \(attributes)>\(inside)</emotion>" }
        #expect(try codes(emotion(Self.joy, "")) == ["emotionml-set"])
        #expect(try codes(emotion(Self.joy, ""), root: Self.big6) == [])
        #expect(try codes(emotion(Self.joy, "category-set=\"#none\"")) == ["emotionml-set"])
        let vocabulary = "<vocabulary type=\"category\" id=\"v\"><item name=\"sad\"/></vocabulary>"
        #expect(try codes(emotion(Self.joy, "category-set=\"#v\"") + vocabulary) == ["emotionml-name"])
        #expect(try codes(emotion("<dimension name=\"arousal\" value=\"0.5\"/>", "dimension-set=\"#v\"") + vocabulary) == ["emotionml-set"])
        #expect(try codes(emotion("<category name=\"joy\" value=\"1.5\"/>")) == ["emotionml-value"])
        #expect(try codes(emotion("<category name=\"joy\" confidence=\"x\"/>")) == ["emotionml-confidence"])
        #expect(try codes(emotion("<dimension name=\"arousal\"/>")) == ["emotionml-value"])
        #expect(try codes(emotion("<category name=\"joy\" value=\"1\"><trace freq=\"1Hz\" samples=\"1\"/></category>")) == ["emotionml-value"])
        #expect(try codes(emotion("<category name=\"joy\"><trace freq=\"fast\" samples=\"2\"/></category>")) == ["emotionml-trace", "emotionml-trace"])
        #expect(try codes(emotion(Self.joy + Self.joy)) == ["emotionml-repeated"])
        #expect(try codes(emotion("")) == ["emotionml-empty"])
        #expect(try codes(emotion(Self.joy, Self.big6 + " start=\"soon\"")) == ["emotionml-time"])
        #expect(try codes(emotion(Self.joy, Self.big6 + " start=\"5\" end=\"4\"")) == ["emotionml-length"])
        #expect(try codes(emotion(Self.joy, Self.big6 + " start=\"5\" end=\"9\" duration=\"1\"")) == ["emotionml-length"])
        #expect(try codes(emotion(Self.joy, Self.big6 + " id=\"a\" offset-to-start=\"1\" time-ref-uri=\"#a\"")) == ["emotionml-time-ref"])
        #expect(try codes(emotion(Self.joy, Self.big6 + " id=\"a\"") + emotion(Self.joy, Self.big6 + " id=\"a\"")) == ["emotionml-id"])
        #expect(try codes("<vocabulary type=\"mood\" id=\"v\"/>") == ["emotionml-vocabulary"])
        #expect(try codes("<feeling/>text") == ["emotionml-element", "emotionml-text"])
        #expect(try codes(emotion(Self.joy + "<reference uri=\"x\" role=\"seenBy\"/>")) == ["emotionml-reference"])
        #expect(throws: FormatError.self) { try read(emotion(Self.joy, ""), mode: .strict) }
        #expect(throws: FormatError.self) { try LabelFormat(EmotionML.self).read(LabelInput(Array("<emotion/>".utf8), name: "t")) }
    }

    @Test(.enabled(if: sharedData != nil), arguments: [("doc3", 2), ("doc6", 2), ("examples-2.3", 6), ("examples-3", 2)])
    func `the examples of the Recommendation read as valid and come back`(_ name: String, count: Int) throws {
        let input = try LabelInput(path: "\(sharedData ?? "")/formats/emotionml/\(name).emotionml")
        let format = try LabelFormat.detect(input)
        let reading = try format.read(input, ReadingOptions(mode: .strict))
        #expect(format.name == "emotionml" && reading.corpus.labelCount == count && reading.diagnostics.isEmpty)
        let bytes = try format.write(reading.corpus)[0].bytes
        #expect(try format.read(LabelInput(bytes, name: input.name)).corpus == reading.corpus)
    }
}
