import Timeline

/// Comma-separated values (RFC 4180): a row for each label under a header that names the columns.
enum CSV: LabelTable {
    static let name = "csv"
    static let title = "CSV table"
    static let suffixes = ["csv"]
    static let separator: UInt8 = .ascii(",")
    static let otherSeparators: [UInt8] = [.ascii(";")]
}

/// Tab-separated values with a header, quoted as CSV is where a field holds a tab, a quote or a line end.
enum TSV: LabelTable {
    static let name = "tsv"
    static let title = "TSV table"
    static let suffixes = ["tsv", "tab"]
    static let separator = Byte.tab
    static let otherSeparators: [UInt8] = []
}

/// The rules that both tables share; `docs/formats/csv.md` lists the columns.
protocol LabelTable: LabelSyntax {
    /// What parts the fields.
    static var separator: UInt8 { get }
    /// What parts them in files of other habits.
    static var otherSeparators: [UInt8] { get }
}

extension LabelTable {
    static var capabilities: FormatCapabilities {
        FormatCapabilities(
            kinds: [.cues: .whole, .words: .whole, .phones: .whole, .turns: .whole, .emotions: .whole, .tags: .whole, .entities: .whole],
            features: [.overlaps, .instants, .openEnds, .ids, .text, .speaker, .confidence, .review, .media, .layers, .vocabulary, .alphabet], grid: .exact,
            attributePrefixes: ["\(name)."])
    }

    static func likelihood(of sample: FormatSample) -> Likelihood {
        guard let (columns, rows) = header(sample.text) else { return .none }
        let known = Set(columns.meanings.compactMap { $0 })
        guard rows > 0, known.contains(.begin), known.count > 1 else { return .none }
        return known.isSuperset(of: [.begin, .end, .kind]) || known.isSuperset(of: [.begin, .end, .media]) ? .certain : .likely
    }

    /// The columns of a text and how many rows its first lines have with as many fields; nil when the header says nothing of labels.
    private static func header(_ text: [UInt8]) -> (columns: TableColumns, rows: Int)? {
        for separator in [separator] + otherSeparators {
            var scanner = TableScanner(text, separator: separator)
            guard let first = scanner.next(), first.fields.count > 1, let columns = TableColumns(scanner.texts(first)) else { continue }
            var rows = 0
            while rows < 5, let row = scanner.next(), row.fields.count == first.fields.count { rows += 1 }
            return (columns, rows)
        }
        return nil
    }

    static func read(_ input: LabelInput, _ options: ReadingOptions, log: inout DiagnosticLog) throws(FormatError) -> Corpus {
        let source = try TextSource(try input.bytes(expected: title), encodingName: options.encodingName, log: &log)
        let used = header(source.text)
        let separators = [separator] + otherSeparators
        for separator in separators {
            var scanner = TableScanner(source.text, from: source.start, separator: separator)
            guard let first = scanner.next(), first.fields.count > 1 || used == nil, let columns = TableColumns(scanner.texts(first)) else { continue }
            var reader = TableReader(name: name, columns: columns, scanner: scanner, media: input.mediaName)
            if separator != Self.separator {
                log.add(.note, "\(name)-separator", at: TextPosition(line: 1), found: "'\(Character(Unicode.Scalar(separator)))' between fields", effect: "it is read so")
            }
            return reader.corpus(first.fields.count, separator == Self.separator ? nil : separator, &log)
        }
        throw FormatError(
            .unknownFormat, file: input.name, at: TextPosition(line: 1), found: "a first row that names no column of times",
            expected: "a header such as media,layer,kind,begin,end,text")
    }

    static func write(_ corpus: Corpus, _ options: WritingOptions) throws(FormatError) -> [OutputFile] {
        let separator = corpus.attributes["\(name).separator"]?.utf8.first ?? separator
        return [OutputFile(TableWriter(corpus, prefix: "\(name).", separator: separator).bytes { capabilities.kinds[$0] != nil })]
    }
}
