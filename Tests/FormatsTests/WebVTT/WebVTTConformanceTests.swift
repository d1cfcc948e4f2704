import Testing
import Timeline

@testable import Formats

/// The suites of vtt.js and of the W3C, and what two browsers make of the same files.
@Suite(.enabled(if: sharedData != nil, "the shared test data is not here")) struct WebVTTConformanceTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let vtt, expected: String
        let dom: String?
        /// Whether the suite's expectation holds under today's text.
        let isCurrent: Bool
        let chromium: JSONValue?
        var testDescription: String { vtt }
    }

    private static let properties = [
        "id", "text", "startTime", "endTime", "vertical", "snapToLines", "line", "lineAlign", "position", "positionAlign", "size", "align", "region",
    ]

    // MARK: vtt.js

    /// What the suite expects and today's text does not say is left out, with the section that says otherwise:
    /// - `current_spec` obsolete in the index: minutes of one digit or above 59 (6.3, collect a WebVTT timestamp), `position:42%,end`
    ///   and unknown alignments, which drop the setting whole (6.3), and a header without a blank line after it, whose cue counts
    ///   (6.1). There the suite's file must give what Chromium gives.
    /// - `Region:` lines in the header (the draft of 2012): regions are REGION blocks now (4.3). Regions are not compared.
    /// - `positionAlign`, which the suite derives from `align`; it is auto unless the setting states one (3.1).
    /// - `align` called `middle`; it is `center` now (3.1).
    static let cases: [Case] = {
        let chromium = WebVTTSuite.browsers("vttjs").chromium
        return ((try? WebVTTSuite.json("vttjs/index.json"))?.array ?? []).compactMap { entry in
            guard let vtt = entry["vtt"]?.string, let expected = entry["expected"]?.string else { return nil }
            return Case(
                vtt: vtt, expected: expected, dom: entry["dom"]?.string, isCurrent: entry["current_spec"]?.string?.hasPrefix("agrees") == true,
                chromium: chromium[vtt])
        }
    }()

    @Test func `the suites are there`() { #expect(Self.cases.count > 100 && Self.parsingFiles.count >= 20 && Self.furtherFiles.count > 40) }

    @Test(arguments: cases.filter(\.isCurrent)) func `vtt.js: cues`(_ test: Case) throws {
        let cues = PlayedFile(try WebVTTSuite.bytes("vttjs/\(test.vtt)"))?.cues ?? []
        let expected = try WebVTTSuite.json("vttjs/\(test.expected)")["cues"]?.array ?? []
        #expect(cues.count == expected.count)
        for (cue, wanted) in zip(cues, expected) {
            let facts = cue.facts([])
            for property in Self.properties where !["region", "positionAlign"].contains(property) {
                let value = wanted[property]?.fact
                #expect(facts[property] == (property == "align" && value == "middle" ? "center" : value), "\(property)")
            }
        }
    }

    @Test(arguments: cases.filter { $0.isCurrent && $0.dom != nil }) func `vtt.js: trees`(_ test: Case) throws {
        let boxes = try WebVTTSuite.json("vttjs/\(test.dom ?? "")").array ?? []
        // For times inside a text and for text outside ASCII digits the suite has no tree.
        let trees = boxes.compactMap { $0["childNodes"]?.array?.first?["childNodes"]?.array }.map { WebVTTTree.lines(vttjs: $0) }
        guard !trees.isEmpty else { return }
        let cues = PlayedFile(try WebVTTSuite.bytes("vttjs/\(test.vtt)"))?.cues ?? []
        #expect(cues.map { $0.tree.lines.filter { $0.firstIndex(of: "=") == nil || !$0.hasSuffix("=\"\"") } } == trees)
    }

    @Test(arguments: cases) func `vtt.js: what Chromium shows, however the file is cut`(_ test: Case) throws {
        let bytes = try WebVTTSuite.bytes("vttjs/\(test.vtt)")
        try expectSame(bytes, test.chromium)
        expectSameHoweverCut(bytes)
    }

    // MARK: W3C

    static let parsingFiles = names("wpt-file-parsing")

    private static func names(_ folder: String) -> [String] {
        files(under: "\(WebVTTSuite.folder)/\(folder)", suffix: ".vtt").map { String($0.dropFirst(WebVTTSuite.folder.utf8.count + 1)) }
    }

    @Test(arguments: parsingFiles) func `W3C file parsing: assertions`(_ path: String) throws {
        let name = String(path.split(separator: "/").last?.dropLast(4) ?? "")
        let bytes = try WebVTTSuite.bytes(path)
        let file = try #require(PlayedFile(bytes))
        expectSameHoweverCut(bytes)
        for assertion in try WebVTTSuite.json("wpt-file-parsing/assertions.json")[name]?.array ?? [] {
            guard let place = assertion["path"]?.string else { continue }
            #expect(file.fact(place) == assertion["equals"]?.fact, "\(place)")
        }
    }

    /// Every cue of the file says in JSON which region it must have.
    @Test func `W3C file parsing: header-regions`() throws {
        let file = try #require(PlayedFile(try WebVTTSuite.bytes("wpt-file-parsing/header-regions.vtt")))
        for cue in file.cues {
            var log = DiagnosticLog(file: "cue")
            let wanted = try JSONReader.read(Array(cue.text.utf8), log: &log)
            var region = cue.region(of: file.regions)
            region?.id = ""
            #expect(region == (wanted.string == "no region" ? nil : WebVTTRegion(dump: wanted)), "\(cue.text)")
        }
    }

    struct TextCase: CustomTestStringConvertible, Sendable {
        let suite, text, tree: String
        let number: Int64
        var testDescription: String { "\(suite) \(number): \(text)" }
    }

    static let textCases: [TextCase] = ((try? WebVTTSuite.json("wpt-cue-text/cases.json"))?.array ?? []).compactMap { entry in
        guard let suite = entry["suite"]?.string, let text = entry["cue_text"]?.string, let tree = entry["expected_tree"]?.string else { return nil }
        return TextCase(suite: suite, text: text, tree: tree, number: entry["i"]?.integer ?? 0)
    }

    @Test(arguments: textCases) func `W3C cue text: trees`(_ test: TextCase) throws {
        let bytes = Array("WEBVTT\n\n00:00.000 --> 00:01.000\n\(test.text)\n".utf8)
        let file = try #require(PlayedFile(bytes))
        #expect(file.cues.first.map { $0.tree.lines.map { "\($0)\n" }.joined() } == test.tree)
        expectSameHoweverCut(bytes)
    }

    // MARK: Browsers

    static let furtherFiles = names("more") + parsingFiles

    @Test(arguments: furtherFiles) func `what both browsers show`(_ path: String) throws {
        let folder = String(path.prefix { $0 != "/" })
        let name = String(path.dropFirst(folder.utf8.count + 1))
        let (chromium, firefox) = WebVTTSuite.browsers(folder)
        let bytes = try WebVTTSuite.bytes(path)
        expectSameHoweverCut(bytes)
        let dumps = [chromium, firefox].compactMap { $0[name] ?? $0[String(name.dropLast(4))] }
        guard dumps.count == 2 else { return }
        try expectSame(bytes, dumps[0], and: dumps[1])
    }

    /// Each property of each cue, where the browsers agree on it.
    private func expectSame(_ bytes: [UInt8], _ dump: JSONValue?, and other: JSONValue? = nil) throws {
        let wanted = try #require(dump)["cues"]?.array ?? []
        let others = other.map { $0["cues"]?.array ?? [] } ?? wanted
        guard wanted.count == others.count else { return }
        let file = PlayedFile(bytes)
        let cues = file?.cues ?? []
        try #require(cues.count == wanted.count)
        for (index, cue) in cues.enumerated() {
            let facts = cue.facts(file?.regions ?? [])
            for property in Self.properties where wanted[index][property] == others[index][property] {
                #expect(facts[property] == wanted[index][property]?.fact, "\(property) of cue \(index)")
            }
            guard let dom = wanted[index]["dom"]?.array, wanted[index]["dom"] == others[index]["dom"] else { continue }
            #expect(cue.tree.lines == WebVTTTree.lines(dump: dom), "tree of cue \(index)")
        }
    }

    /// Files up to this size are cut at every place; longer ones come byte by byte.
    private static let splitLimit = 400

    private func expectSameHoweverCut(_ bytes: [UInt8]) {
        let whole = PlayedFile(bytes)
        #expect(PlayedFile.byteByByte(bytes) == whole, "byte by byte")
        guard bytes.count <= Self.splitLimit else { return }
        let parts = PlayedFile.everySplit(bytes)
        #expect(parts.firstIndex { $0 != whole } == nil, "cut in two")
    }
}

extension PlayedFile {
    /// The value at a place such as `cues[0].region.lines`; nil when there is none.
    func fact(_ place: String) -> String? {
        var names = place.split(separator: ".").map(String.init)
        let first = names.removeFirst()
        if first == "cues", names == ["length"] { return "\(Double(cues.count))" }
        if first == "stylesheets", names == ["length"] { return "\(Double(styleSheets.count))" }
        guard let open = first.firstIndex(of: "["), let index = Int(first[first.index(after: open)...].dropLast()) else { return nil }
        if first.hasPrefix("stylesheets") { return styleSheets.indices.contains(index) ? rule(names, styleSheets[index]) : nil }
        guard cues.indices.contains(index) else { return nil }
        if names.first == "region" {
            guard let region = cues[index].region(of: regions) else { return nil }
            let values = ["id": region.id, "width": "\(region.width)", "lines": "\(region.lines)", "scroll": region.scrollsUp ? "up" : ""]
            return names.count == 1 ? region.facts : values[names[1]]
        }
        return cues[index].facts(regions)[names[0]]
    }

    /// A property of the rules of a style sheet, which are parted by their braces.
    private func rule(_ names: [String], _ sheet: String) -> String? {
        let rules = sheet.withoutComments.split(separator: "}").map { $0.trimmingBlanks }.filter { !$0.isEmpty }
        if names == ["rules", "length"] { return "\(Double(rules.count))" }
        guard names.count == 2, let index = Int(names[0].dropFirst("rules[".utf8.count).dropLast()), rules.indices.contains(index) else { return nil }
        return names[1] == "selector" || names[1] == "selectorText" ? String(rules[index].prefix { $0 != "{" }).trimmingBlanks : nil
    }
}

extension String {
    /// A style sheet without `/* ... */`.
    fileprivate var withoutComments: String {
        split(separator: "/*", omittingEmptySubsequences: false).enumerated().map { index, part in
            guard index > 0 else { return String(part) }
            return part.firstRange(of: "*/").map { String(part[$0.upperBound...]) } ?? ""
        }.joined()
    }
}

extension StringProtocol {
    fileprivate var trimmingBlanks: String {
        var text = Substring(self)
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
