import Testing
import Timeline

@testable import Formats

/// An EAF document of parts.
func eaf(slots: String, tiers: String, types: String = "", header: String = "", more: String = "") -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <ANNOTATION_DOCUMENT AUTHOR="" DATE="2026-01-01T00:00:00+00:00" FORMAT="3.0" VERSION="3.0">
    <HEADER MEDIA_FILE="" TIME_UNITS="milliseconds">\(header)</HEADER>
    <TIME_ORDER>\(slots)</TIME_ORDER>
    \(tiers)
    <LINGUISTIC_TYPE GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="default" TIME_ALIGNABLE="true"/>
    <LINGUISTIC_TYPE CONSTRAINTS="Symbolic_Subdivision" GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="sub" TIME_ALIGNABLE="false"/>
    <LINGUISTIC_TYPE CONSTRAINTS="Time_Subdivision" GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="div" TIME_ALIGNABLE="true"/>
    \(types)
    \(more)
    </ANNOTATION_DOCUMENT>
    """
}

private func slot(_ id: String, _ time: Int? = nil) -> String { "<TIME_SLOT TIME_SLOT_ID=\"\(id)\"\(time.map { " TIME_VALUE=\"\($0)\"" } ?? "")/>" }

private func timed(_ id: String, _ start: String, _ end: String, _ text: String) -> String {
    "<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID=\"\(id)\" TIME_SLOT_REF1=\"\(start)\" TIME_SLOT_REF2=\"\(end)\"><ANNOTATION_VALUE>\(text)</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>"
}

private func reference(_ id: String, _ parent: String, _ text: String, previous: String? = nil) -> String {
    "<ANNOTATION><REF_ANNOTATION ANNOTATION_ID=\"\(id)\" ANNOTATION_REF=\"\(parent)\"\(previous.map { " PREVIOUS_ANNOTATION=\"\($0)\"" } ?? "")><ANNOTATION_VALUE>\(text)</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>"
}

private func tier(_ id: String, _ annotations: String, type: String = "default", _ attributes: String = "") -> String {
    "<TIER \(attributes) LINGUISTIC_TYPE_REF=\"\(type)\" TIER_ID=\"\(id)\">\(annotations)</TIER>"
}

@Suite struct EAFTests {
    private func read(_ text: String, mode: ReadingMode = .lenient) throws -> LabelReading {
        try LabelFormat(EAF.self).read(LabelInput(Array(text.utf8), name: "talk.eaf"), ReadingOptions(mode: mode))
    }

    private func written(_ document: Document) throws -> String { text(try LabelFormat(EAF.self).write(Corpus([document]))[0].bytes) }

    private func spans(_ layer: Layer) -> [String] {
        layer.labels.map { "\($0.id) \($0.span.start.milliseconds)-\($0.span.end.milliseconds) \($0.content.plainText)" }
    }

    @Test func `slots without a value stand at equal distances between those of their tier`() throws {
        let slots = slot("ts1", 0) + slot("ts2") + slot("ts3") + slot("ts4", 300) + slot("ts5", 3000)
        let document = try read(eaf(slots: slots, tiers: tier("t", timed("a1", "ts1", "ts2", "x") + timed("a2", "ts2", "ts3", "y") + timed("a3", "ts3", "ts5", "z")))).corpus.documents[0]
        #expect(spans(document.layers[0]) == ["a1 0-1000 x", "a2 1000-2000 y", "a3 2000-3000 z"])
        let back = try read(try written(document))
        #expect(back.corpus.documents[0].layers == document.layers && back.diagnostics.isEmpty)
        #expect(try written(document).split(separator: "\n").count { $0.contains("TIME_SLOT_ID") && !$0.contains("TIME_VALUE") } == 2)
    }

    @Test func `references have the times of what they refer to, and their relations`() throws {
        let tiers = tier("t", timed("a1", "ts1", "ts2", "one two")) + tier("w", reference("a2", "a1", "one") + reference("a3", "a1", "two", previous: "a2"), type: "sub", "PARENT_REF=\"t\"")
        let document = try read(eaf(slots: slot("ts1", 500) + slot("ts2", 900), tiers: tiers)).corpus.documents[0]
        #expect(spans(document.layers[1]) == ["a2 500-900 one", "a3 500-900 two"])
        #expect(document.layers[1].parent == "t" && document.layers[1].constraint == .symbolicSubdivision)
        #expect(document.relations == [Relation(kind: "parent", from: "a2", to: "a1"), Relation(kind: "parent", from: "a3", to: "a1")])
        let text = try written(document)
        #expect(text.contains("<REF_ANNOTATION ANNOTATION_ID=\"a3\" ANNOTATION_REF=\"a1\" PREVIOUS_ANNOTATION=\"a2\">"))
        let back = try read(text).corpus.documents[0]
        #expect(back.layers == document.layers && back.relations == document.relations)
    }

    @Test func `the origin of the medium is added to times and taken off again`() throws {
        let header = "<MEDIA_DESCRIPTOR MEDIA_URL=\"file:///data/my%20talk.wav\" MIME_TYPE=\"audio/x-wav\" TIME_ORIGIN=\"1500\"/>"
        let reading = try read(eaf(slots: slot("ts1", 0) + slot("ts2", 1000), tiers: tier("t", timed("a1", "ts1", "ts2", "x")), header: header))
        #expect(reading.corpus.documents[0].media.name == "my talk.wav" && reading.diagnostics.map(\.code) == ["eaf-origin"])
        #expect(spans(reading.corpus.documents[0].layers[0]) == ["a1 1500-2500 x"])
        #expect(try written(reading.corpus.documents[0]).contains("TIME_SLOT_ID=\"ts2\" TIME_VALUE=\"1000\""))
    }

    @Test func `a tier with a controlled vocabulary holds tags, other kinds are told by names`() throws {
        let types = "<LINGUISTIC_TYPE CONTROLLED_VOCABULARY_REF=\"cv\" LINGUISTIC_TYPE_ID=\"g\"/><LINGUISTIC_TYPE LINGUISTIC_TYPE_ID=\"emotions\"/>"
        func annotation(_ number: Int) -> String { timed("a\(number)", "ts1", "ts2", "x") }
        let tiers = tier("t", annotation(1), type: "g") + tier("words", annotation(2)) + tier("e", annotation(3), type: "emotions") + tier("n", annotation(4))
        let vocabulary = "<CONTROLLED_VOCABULARY CV_ID=\"cv\"/>"
        let document = try read(eaf(slots: slot("ts1", 0) + slot("ts2", 1000), tiers: tiers, types: types, more: vocabulary)).corpus.documents[0]
        #expect(document.layers.map(\.kind) == [.tags, .words, .emotions, .cues])
        #expect(document.layers[0].labels[0].content == .tag(Tag("x", vocabulary: "cv")))
        #expect(try read(try written(document)).corpus.documents[0] == document)
    }

    @Test func `vocabularies of version 2.7 become those of 3.0`() throws {
        let old = "<CONTROLLED_VOCABULARY CV_ID=\"POS\" DESCRIPTION=\"parts\"><CV_ENTRY DESCRIPTION=\"verb\" EXT_REF=\"er6\">v &amp; w</CV_ENTRY></CONTROLLED_VOCABULARY>"
        let text = try written(try read(eaf(slots: "", tiers: "", more: old)).corpus.documents[0])
        #expect(text.contains("<CONTROLLED_VOCABULARY CV_ID=\"POS\"><DESCRIPTION LANG_REF=\"und\">parts</DESCRIPTION><CV_ENTRY_ML CVE_ID=\"cveid_1\" EXT_REF=\"er6\"><CVE_VALUE DESCRIPTION=\"verb\" LANG_REF=\"und\">v &amp; w</CVE_VALUE></CV_ENTRY_ML></CONTROLLED_VOCABULARY>"))
        #expect(text.contains("<LANGUAGE LANG_DEF=\"http://cdb.iso.org/lg/CDB-00130975-001\" LANG_ID=\"und\" LANG_LABEL=\"undetermined (und)\"/>"))
    }

    @Test func `speakers get tiers with their names, overlaps tiers of their own, and all come back in one layer`() throws {
        let turns = [("Ann", 0, 3), ("Bob", 1, 2), ("Ann", 2, 4)].enumerated().map { index, turn in
            Label(id: LabelID("r\(index + 1)"), span: .segment(Segment(start: .seconds(Int64(turn.1)), end: .seconds(Int64(turn.2)))!), content: .turn(SpeakerTurn(speaker: turn.0)))
        }
        let document = Document(media: Media(name: "rec"), layers: [Layer(id: "speech", kind: .turns, labels: LabelList(turns))])
        let text = try written(document)
        let tiers = text.split(separator: "\n").filter { $0.contains("<TIER ") }.map { $0.drop { $0 == " " } }
        #expect(tiers == [
            "<TIER LINGUISTIC_TYPE_REF=\"turns\" PARTICIPANT=\"Ann\" TIER_ID=\"speech@Ann\">",
            "<TIER LINGUISTIC_TYPE_REF=\"turns\" PARTICIPANT=\"Ann\" TIER_ID=\"speech@Ann (part 2)\">",
            "<TIER LINGUISTIC_TYPE_REF=\"turns\" PARTICIPANT=\"Bob\" TIER_ID=\"speech@Bob\">",
        ])
        let back = try read(text).corpus.documents[0]
        #expect(back.layers.map(\.id) == ["speech"] && Set(back.layers[0].labels) == Set(turns) && back.media == document.media)
    }

    @Test func `a tier that divides its parent shares the parent's slots and those of neighbours`() throws {
        func label(_ id: String, _ start: Int, _ end: Int) -> Label {
            Label(id: LabelID(id), span: .segment(Segment(start: .milliseconds(Int64(start)), end: .milliseconds(Int64(end)))!), content: .cue(Cue(CueText(id))))
        }
        let parent = Layer(id: "p", kind: .cues, labels: [label("a", 0, 1000), label("b", 1000, 2000)])
        let child = Layer(id: "c", kind: .cues, parent: "p", constraint: .timeSubdivision, labels: [label("c", 0, 400), label("d", 400, 1000), label("e", 1000, 2000)])
        let document = Document(media: Media(name: "rec"), layers: [parent, child])
        let text = try written(document)
        #expect(text.split(separator: "\n").count { $0.contains("<TIME_SLOT ") } == 5)
        let back = try read(text).corpus.documents[0]
        #expect(back.layers.map(\.labels) == document.layers.map(\.labels) && back.layers[1].parent == "p" && back.layers[1].constraint == .timeSubdivision)
    }

    @Test func `relations of other kinds become links`() throws {
        let labels = ["x1", "x2"].map { Label(id: LabelID($0), span: .segment(Segment(start: .zero, end: .seconds(1))!), content: .word(Word($0))) }
        let layers = zip(["a", "b"], labels).map { Layer(id: $0, kind: .words, labels: [$1]) }
        let document = Document(media: Media(name: "rec"), layers: layers, relations: [Relation(kind: "translates", from: "x2", to: "x1")])
        #expect(try read(try written(document)).corpus.documents[0].relations == document.relations)
    }

    @Test func `what the file got wrong is said and the rest is kept`() throws {
        let slots = slot("ts1", 0) + slot("ts2", 1000)
        func codes(_ tiers: String, slots: String = slots) throws -> [String] { try read(eaf(slots: slots, tiers: tiers)).diagnostics.map(\.code) }
        #expect(try codes(tier("t", timed("a1", "ts1", "ts9", "x"))) == ["eaf-slot"])
        #expect(try codes(tier("t", timed("a1", "ts1", "ts2", "x") + timed("a1", "ts1", "ts2", "y"))) == ["eaf-id"])
        #expect(try codes(tier("t", timed("a1", "ts2", "ts1", "x"))) == ["eaf-length"])
        #expect(try codes(tier("t", reference("a1", "a9", "x"))) == ["eaf-reference"])
        #expect(try codes(tier("t", "") + tier("t", "")) == ["eaf-tier"])
        #expect(try codes(tier("t", "", type: "none")) == ["eaf-type"])
        #expect(try codes(tier("t", "", "PARENT_REF=\"none\"")) == ["eaf-parent"])
        #expect(try codes(tier("t", "", "PARENT_REF=\"u\"") + tier("u", "", "PARENT_REF=\"t\"")) == ["eaf-parent"])
        #expect(try codes("", slots: slot("ts1", 0) + slot("ts1", 5) + "<TIME_SLOT TIME_SLOT_ID=\"ts2\" TIME_VALUE=\"1.5\"/>") == ["eaf-slot", "eaf-time"])
        #expect(try codes(tier("t", timed("a1", "ts1", "ts2", "x")), slots: slot("ts1") + slot("ts2")) == ["eaf-unaligned"])
        #expect(throws: FormatError.self) { try read(eaf(slots: slots, tiers: tier("t", timed("a1", "ts1", "ts9", "x"))), mode: .strict) }
        #expect(throws: FormatError.self) { try read("<CV_RESOURCE/>") }
    }

    @Test func `a chain of a hundred thousand slots without values takes linear time`() throws {
        let count = 100_000
        let slots = slot("s0", 0) + (1..<count).map { slot("s\($0)") }.joined() + slot("s\(count)", count)
        let annotations = (1...count).map { timed("a\($0)", "s\($0 - 1)", "s\($0)", "") }.joined()
        let labels = try read(eaf(slots: slots, tiers: tier("t", annotations))).corpus.documents[0].layers[0].labels
        #expect(labels[count / 2].span.start == .milliseconds(Int64(count / 2)))
    }
}

/// ELAN's sample with all four constraints, against what pympi 1.71 reads of it.
@Suite(.enabled(if: sharedData != nil, "the shared test data is not here")) struct EAFSampleTests {
    private static let folder = (sharedData ?? "") + "/formats/eaf"

    /// The labels of each tier are those of the dump: start and end in milliseconds and the value, in order.
    private func check(_ document: Document) throws {
        var log = DiagnosticLog(file: "dump")
        let dump = try JSONReader.read(try BoundedFile.read(Self.folder + "/sample_2.7.pympi.json", limit: 1 << 24), log: &log)
        let tiers = try #require(dump["tiers"]?.object)
        #expect(document.layers.map(\.id) == tiers.map(\.name) && document.labelCount == 8778)
        for (layer, tier) in zip(document.layers, tiers) {
            let entries = (tier.value["annotations"]?.array ?? []).map { $0.array ?? [] }
            #expect(layer.labels.map(\.content.plainText) == entries.map { $0[2].string })
            // pympi has no time for slots without a value.
            for (label, entry) in zip(layer.labels, entries) {
                if let start = entry[0].integer { #expect(label.span.start == .milliseconds(start)) }
                if let end = entry[1].integer { #expect(label.span.end == .milliseconds(end)) }
            }
            #expect(tier.value["parameters"]?["PARENT_REF"]?.string == layer.parent)
        }
    }

    @Test func `the sample reads as pympi reads it, and once more after writing`() throws {
        let reading = try LabelFormat.detect(LabelInput(path: Self.folder + "/sample_2.7.eaf")).read(LabelInput(path: Self.folder + "/sample_2.7.eaf"))
        #expect(reading.format.name == "eaf" && reading.diagnostics.map(\.code) == ["eaf-version"])
        let document = reading.corpus.documents[0]
        try check(document)
        let words = document.layers[1].labels[10..<15].map { "\($0.span.start.milliseconds)-\($0.span.end.milliseconds)" }
        #expect(words == ["8000-8600", "8600-9200", "9200-9800", "9800-10400", "10400-11000"])
        #expect(document.layers.map(\.constraint) == [nil, .timeSubdivision, .symbolicSubdivision, nil, .includedIn, .symbolicAssociation])
        let files = try reading.format.write(reading.corpus)
        let again = try reading.format.read(LabelInput(files[0].bytes, name: "again.eaf"))
        #expect(again.diagnostics.isEmpty)
        try check(again.corpus.documents[0])
        #expect(try reading.format.write(again.corpus) == files)
    }
}
