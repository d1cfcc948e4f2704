import Timeline

/// W3C Timed Text Markup Language, versions 1 and 2, with its profiles IMSC 1 to 1.3 and EBU-TT-D.
enum TTML: LabelSyntax {
    static let name = "ttml"
    static let title = "TTML"
    static let suffixes = ["ttml", "dfxp", "imsc", "ebuttd"]
    static let capabilities = FormatCapabilities(
        kinds: WebVTT.shownKinds, features: [.overlaps, .text, .speaker, .openEnds, .layerLanguage, .ids, .spans], grid: .exact,
        attributePrefixes: ["ttml."], texts: .xmlText, names: .xmlText, ids: .xmlName, styles: [.bold, .italic, .underlined, .struckOut])

    static func likelihood(of sample: FormatSample) -> Likelihood {
        let head = sample.text.prefix(4096)
        guard head.contains(.ascii("<")) else { return .none }
        let isTT = head.firstRange(of: "http://www.w3.org/ns/ttml".utf8) != nil || head.firstRange(of: "/ttaf1".utf8) != nil
        if isTT, head.firstRange(of: "<tt".utf8) != nil || head.firstRange(of: ":tt".utf8) != nil { return .certain }
        return head.firstRange(of: "<tt ".utf8) != nil || head.firstRange(of: "<tt>".utf8) != nil ? .likely : .none
    }

    static func read(_ input: LabelInput, _ options: ReadingOptions, log: inout DiagnosticLog) throws(FormatError) -> Corpus {
        let tree = try tree(try input.bytes(expected: title), name: input.name, encodingName: options.encodingName, log: &log)
        return Corpus([TTMLCues(tree).document(named: input.mediaName)])
    }

    /// The document's nodes with their times.
    static func tree(_ bytes: [UInt8], name: String, encodingName: String? = nil, log: inout DiagnosticLog) throws(FormatError) -> TTMLTree {
        let reader = TTMLReader(file: name)
        try XMLReader.read(bytes, encodingName: encodingName, into: reader)
        for diagnostic in reader.log.diagnostics { log.append(diagnostic) }
        var tree = reader.tree
        tree.resolveTimes()
        return tree
    }

    static func write(_ corpus: Corpus, _ options: WritingOptions) throws(FormatError) -> [OutputFile] {
        [OutputFile(TTMLWriter.write(try corpus.onlyDocument(for: title)))]
    }
}
