import Testing
import Timeline

@testable import Formats

/// A TextGrid from text.
func textGrid(_ text: String, mode: ReadingMode = .lenient) throws -> LabelReading {
    try LabelFormat(TextGrid.self).read(LabelInput(Array(text.utf8), name: "rec.TextGrid"), ReadingOptions(mode: mode))
}

@Suite struct TextGridTests {
    private static func long(_ tier: String) -> String {
        "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = 0 \nxmax = 2 \ntiers? <exists> \nsize = 1 \nitem []: \n    item [1]:\n" + tier
    }

    private func written(_ document: Document) throws -> String { text(try LabelFormat(TextGrid.self).write(Corpus([document]))[0].bytes) }

    private func reading(_ tokens: String) throws -> LabelReading { try textGrid("\"ooTextFile\" \"TextGrid\" \(tokens)") }

    private func spans(_ layer: Layer) -> [String] {
        layer.labels.map { "\($0.span.start.milliseconds)-\($0.span.end.milliseconds) \($0.content.plainText)" }
    }

    @Test func `numbers, strings and flags count, all other words and comments do not`() throws {
        let reading = try reading("from 0 to 2 seconds <exists> ! 3 4 \"no\"\n1 tier: \"IntervalTier\" called \"w\" 0 2 size 2 [1]: 0 1 \"a\" x9 1 2 \"b\"")
        let document = reading.corpus.documents[0]
        #expect(spans(document.layers[0]) == ["0-1000 a", "1000-2000 b"] && reading.diagnostics.isEmpty)
        #expect(document.media == Media(name: "rec") && document.layers[0].id == "w")
    }

    @Test func `quotes are doubled, line breaks and exclamation marks inside a text are text`() throws {
        let reading = try reading("0 2 <exists> 1 \"IntervalTier\" \"w\" 0 2 2 0 1 \"say \"\"hi\"\"\r\n! now\" 1 2 \"\"")
        let layer = reading.corpus.documents[0].layers[0]
        #expect(layer.labels.map(\.content.plainText) == ["say \"hi\"\n! now"])
        #expect(try written(reading.corpus.documents[0]).contains("\"say \"\"hi\"\"\n! now\"\n"))
    }

    @Test func `tiers named as aligners name them hold words and phones, others cues`() throws {
        let tiers = ["words", "Ann - phones", "phone", "Word", "notes", "words of mine"]
        let kinds: [LayerKind] = [.words, .phones, .phones, .words, .cues, .cues]
        for (name, kind) in zip(tiers, kinds) {
            let layer = try reading("0 1 <exists> 1 \"IntervalTier\" \"\(name)\" 0 1 1 0 1 \"x\"").corpus.documents[0].layers[0]
            #expect(layer.kind == kind && layer.labels[0].content.kind == kind)
        }
    }

    @Test func `labels of other formats are filled up with empty intervals`() throws {
        let labels = [("a", 500, 1000), ("b", 1000, 1250)].map { text, start, end in
            Label(id: LabelID(text), span: .segment(Segment(start: .milliseconds(start), end: .milliseconds(end))!), content: .cue(Cue(CueText(text))))
        }
        let document = Document(media: Media(name: "m", duration: .seconds(2)), layers: [Layer(id: "w", kind: .cues, labels: LabelList(labels))])
        let items = [("0", "0.5", ""), ("0.5", "1", "a"), ("1", "1.25", "b"), ("1.25", "2", "")].enumerated().map { index, item in
            "        intervals [\(index + 1)]:\n            xmin = \(item.0) \n            xmax = \(item.1) \n            text = \"\(item.2)\" \n"
        }
        let tier = "        class = \"IntervalTier\" \n        name = \"w\" \n        xmin = 0 \n        xmax = 2 \n        intervals: size = 4 \n"
        #expect(try written(document) == Self.long(tier + items.joined()))
    }

    @Test func `labels that overlap and labels at instants go to tiers of their own and come back in one layer`() throws {
        let spans: [Span] = [
            .segment(Segment(start: .seconds(0), end: .seconds(3))!), .segment(Segment(start: .seconds(1), end: .seconds(2))!), .instant(.seconds(1)),
            .segment(Segment(start: .seconds(2), end: .seconds(4))!), .instant(.seconds(1)),
        ]
        let labels = spans.enumerated().map { Label(id: LabelID("t\($0 + 1)"), span: $1, content: .cue(Cue(CueText("\($0)")))) }
        let document = Document(media: Media(name: "rec"), layers: [Layer(id: "w", kind: .cues, labels: LabelList(labels))])
        let text = try written(document)
        #expect(text.contains("\"w\"") && text.contains("\"w (part 2)\"") && text.contains("\"w (part 4)\"") && !text.contains("(part 5)"))
        let back = try textGrid(text).corpus.documents[0]
        #expect(back.layers.count == 1 && Set(back.layers[0].labels.map(\.span)) == Set(spans) && back.layers[0].labels.count == 5)
        #expect(try written(back) == text)
    }

    @Test func `times are written in the digits of the nearest double where eight do not do`() {
        func digits(_ ticks: Int64) -> String {
            var bytes: [UInt8] = []
            TextGridTime.append(ticks, to: &bytes)
            return text(bytes)
        }
        #expect(digits(0) == "0" && digits(ticksPerSecond) == "1" && digits(-ticksPerSecond / 4) == "-0.25")
        #expect(digits(ticksPerSecond / 3) == "0.3333333333333333" && digits(ticksPerSecond / 44100) == "2.2675736961451248e-05")
        #expect(digits(ticksPerSecond / 100 * 123_456) == "1234.56")
    }

    @Test func `digits that ticks cannot hold come back, and those of unchanged times still when a label is moved`() throws {
        let reading = try reading("0 1.869687 <exists> 1 \"IntervalTier\" \"w\" 0 1.869687 3 0 0.3154201182247563 \"a\" 0.3154201182247563 0.38526757369599995 \"b\" 0.38526757369599995 1.869687 \"\"")
        var document = reading.corpus.documents[0]
        #expect(try written(document).contains("\n1.869687\n3\n0\n0.3154201182247563\n\"a\"\n0.3154201182247563\n0.38526757369599995\n\"b\"\n0.38526757369599995\n"))
        document.layers[0].labels[0].span = .segment(Segment(start: .milliseconds(100), end: document.layers[0].labels[0].span.end)!)
        #expect(try written(document).contains("\n4\n0\n0.1\n\"\"\n0.1\n0.3154201182247563\n\"a\"\n0.3154201182247563\n"))
    }

    @Test func `what the file got wrong is said and the labels are kept`() throws {
        func codes(_ tokens: String) throws -> [String] { try reading(tokens).diagnostics.map(\.code) }
        let tier = "\"IntervalTier\" \"w\" 0 2"
        #expect(try codes("0 2 <exists> 1 \(tier) 1 0 2 \"a\"") == [])
        #expect(try codes("0 2 <exists> 2 \(tier) 9 0 2 \"a\"") == ["textgrid-size", "textgrid-size"])
        #expect(try codes("0 2 <exists> 1 \(tier) 2 0 1 \"a\" 1.5 2 \"b\"") == ["textgrid-gap"])
        #expect(try codes("0 2 <exists> 1 \(tier) 2 0 1 \"a\" 0.5 2 \"b\"") == ["textgrid-overlap"])
        #expect(try codes("0 2 <exists> 1 \(tier) 1 0 0 \"a\"") == ["textgrid-length"])
        #expect(try codes("0 2 <exists> 1 \(tier) 2 0 \"a\" 0 2 \"b\"") == ["textgrid-size", "textgrid-item"])
        #expect(try codes("0 2 <exists> 1 \(tier) 1 0 2 \"a") == ["textgrid-size", "textgrid-cut"])
        #expect(try codes("0 2 <exists> 1 \(tier) 1 0,0 2,0 \"a\"") == ["textgrid-comma"])
        #expect(try codes("0 2 1 \(tier) 1 0 2 \"a\"") == ["textgrid-flag"])
        #expect(try codes("0 2 <exists> 2 \(tier) 1 0 2 \"a\" \"Pitch\" 0") == ["textgrid-size", "textgrid-tier"])
        #expect(try codes("0 2 <exists> 1 \"TextTier\" \"p\" 0 2 2 1 \"a\" 0.5 \"b\"") == ["textgrid-order"])
        #expect(throws: FormatError.self) { try textGrid("\"ooTextFile\" \"TextGrid\" 0 2 <exists> 1 \(tier) 9 0 2 \"a\"", mode: .strict) }
    }

    @Test func `a file that is no TextGrid is refused with its place`() {
        func refusal(_ text: String) -> String? { #expect(throws: FormatError.self) { try textGrid(text) }?.description }
        #expect(refusal("File type = \"ooTextFile\"\nObject class = \"Pitch 1\"\n") == "rec.TextGrid:2:16: error: found a Praat file of class 'Pitch 1'; expected \"TextGrid\" [file-unknownFormat]")
        #expect(refusal("\"ooTextFile\" \"TextGrid\" 0") == "rec.TextGrid:1:26: error: found the end of the file; expected the start and end of the grid in seconds [file-malformed]")
    }

    @Test func `repeated and empty names of tiers come back`() throws {
        let tier = { (name: String) in "\"IntervalTier\" \"\(name)\" 0 1 1 0 1 \"x\"" }
        let document = try reading("0 1 <exists> 3 \(tier("w")) \(tier("w")) \(tier(""))").corpus.documents[0]
        #expect(document.layers.map(\.id) == ["w", "w-2", "tier 3"])
        #expect(try written(document).split(separator: "\n").filter { $0 == "\"w\"" || $0 == "\"\"" } == ["\"w\"", "\"w\"", "\"\""])
    }

    @Test func `a cut binary file keeps what is whole`() throws {
        let good = try reading("0 2 <exists> 1 \"IntervalTier\" \"w\" 0 2 2 0 1 \"a\" 1 2 \"日\"").corpus.documents[0]
        var file = TextGridFile(good)
        file.form = .binary
        let bytes = file.bytes()
        for length in 0..<bytes.count {
            let reading = try? LabelFormat(TextGrid.self).read(LabelInput(Array(bytes.prefix(length)), name: "rec"))
            if let reading, length > 60 { #expect(!reading.diagnostics.isEmpty, "\(length)") }
        }
        let whole = try LabelFormat(TextGrid.self).read(LabelInput(bytes, name: "rec"))
        #expect(whole.diagnostics.isEmpty && whole.corpus.documents[0].layers == good.layers)
    }
}

/// Six grids, each as it was found and in the seven forms and encodings that Praat 6.3 wrote of it.
@Suite(.enabled(if: sharedData != nil, "the shared test data is not here")) struct TextGridPraatTests {
    static let folder = (sharedData ?? "") + "/formats/textgrid"
    static let grids = files(under: folder, suffix: "table.tsv").map { String($0.dropLast(10)) }
    static let forms = ["original", "long-utf8", "long-utf16", "short-utf8", "short-utf16", "chron-utf8", "bin"]

    private static func read(_ grid: String, _ form: String) throws -> LabelReading {
        try LabelFormat.detect(LabelInput(path: "\(grid)/\(form).TextGrid")).read(LabelInput(path: "\(grid)/\(form).TextGrid"))
    }

    @Test func `the grids are there`() { #expect(Self.grids.count >= 6) }

    /// Praat's own table: start, tier, text and end of every label, times in 17 digits, `?` for an empty text.
    @Test(arguments: grids, forms) func `labels are those of Praat's table`(_ grid: String, _ form: String) throws {
        let reading = try Self.read(grid, form)
        #expect(reading.format.name == "textgrid" && reading.log.count(.error) == 0, "\(reading.diagnostics)")
        var wanted: [String] = []
        for line in text(try BoundedFile.read("\(grid)/table.tsv", limit: 1 << 24)).split(separator: "\n").dropFirst() {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map { Array($0.utf8) }
            let times = [fields[0], fields[3]].compactMap { DecimalSeconds($0, 0..<$0.count)?.ticks }
            // Praat prints the start in full and the end in 16 digits after the point.
            if text(fields[2]) != "?" { wanted.append("\(times[0]) \(times[1]) \(text(fields[1])) \(text(fields[2]))") }
        }
        let layers = reading.corpus.documents[0].layers
        let found = layers.flatMap { layer in layer.labels.map { "\($0.span.start.ticks) \($0.span.end.ticks) \(layer.id) \($0.content.plainText)" } }
        #expect(found.sorted() == wanted.sorted())
    }

    @Test(arguments: grids, forms.dropFirst()) func `each of Praat's forms is written back byte for byte, and as the long form`(_ grid: String, _ form: String) throws {
        let corpus = try Self.read(grid, form).corpus
        #expect(try LabelFormat(TextGrid.self).write(corpus)[0].bytes == BoundedFile.read("\(grid)/\(form).TextGrid", limit: 1 << 24))
        // Praat's binary form does not keep the sign of a zero.
        guard form != "bin" || !grid.hasSuffix("negative_zero") else { return }
        var file = TextGridFile(corpus.documents[0])
        (file.form, file.encoding) = (.long, nil)
        #expect(file.bytes() == (try BoundedFile.read("\(grid)/long-utf8.TextGrid", limit: 1 << 24)))
    }
}
