import Timeline

/// The rules of a format in which every line stands for itself, so that files of any length pass in constant memory.
///
/// A conforming type gives a reader of one line and a writer of one label; reading and writing whole files come with them.
protocol LineSyntax: LabelSyntax {
    associatedtype Reader: LineReading
    associatedtype Writer: LabelWriting
}

/// Reads a format line by line.
protocol LineReading {
    /// - Parameter media: the name of the media where the format states none.
    init(media: String, options: ReadingOptions)

    /// Reads one line of a text and adds what it says.
    mutating func read(_ line: Line, of text: [UInt8], into sink: inout some LabelSink, log: inout DiagnosticLog)

    /// Called once after the last line.
    mutating func finish(into sink: inout some LabelSink, log: inout DiagnosticLog)
}

extension LineReading {
    mutating func finish(into sink: inout some LabelSink, log: inout DiagnosticLog) {}
}

/// Writes a format label by label.
protocol LabelWriting {
    init(options: WritingOptions)

    /// Appends what comes before the first label.
    ///
    /// - Parameter attributes: what is known of the whole file before its first label.
    mutating func begin(_ attributes: [Attribute], to bytes: inout [UInt8])

    /// Appends a label.
    mutating func write(_ label: Label, in place: LabelPlace, to bytes: inout [UInt8])

    /// Appends what comes after the last label.
    ///
    /// - Parameter attributes: what is known of the whole file.
    mutating func finish(_ attributes: [Attribute], to bytes: inout [UInt8])
}

extension LabelWriting {
    mutating func begin(_ attributes: [Attribute], to bytes: inout [UInt8]) {}
    mutating func finish(_ attributes: [Attribute], to bytes: inout [UInt8]) {}
}

/// Where a label stands: its medium, and its layer without the labels.
struct LabelPlace: Sendable {
    let media: Media
    let layer: Layer
    /// Another number for every place of a file.
    let number: Int

    /// - Parameter layer: its labels are left out.
    init(media: Media, layer: Layer, number: Int) {
        var head = layer
        head.labels = []
        (self.media, self.layer, self.number) = (media, head, number)
    }
}

extension LineSyntax {
    static func read(_ input: LabelInput, _ options: ReadingOptions, log: inout DiagnosticLog) throws(FormatError) -> Corpus {
        let source = try TextSource(try input.bytes(expected: title), encodingName: options.encodingName, log: &log)
        if source.start > 0 { log.add(.note, "\(name)-mark", at: TextPosition(line: 1), found: "a byte order mark", effect: "it is passed over") }
        var reader = Reader(media: input.mediaName, options: options)
        var builder = CorpusBuilder()
        for line in LineScanner(source.text, from: source.start) { reader.read(line, of: source.text, into: &builder, log: &log) }
        reader.finish(into: &builder, log: &log)
        try checkLabels(builder.corpus.labelCount, log)
        return builder.corpus
    }

    /// Refuses a file of which no line could be read.
    static func checkLabels(_ count: Int, _ log: DiagnosticLog) throws(FormatError) {
        guard count == 0, let first = log.diagnostics.first(where: { $0.severity == .error }) else { return }
        throw FormatError(
            .noLabels, file: log.file, at: first.position, found: "\(title) without a line that can be read; first: \(first.message)",
            expected: "at least one label")
    }

    static func write(_ corpus: Corpus, _ options: WritingOptions) throws(FormatError) -> [OutputFile] {
        guard capabilities.features.contains(.media) else {
            return [OutputFile(written(Corpus([try corpus.onlyDocument(for: title)], attributes: corpus.attributes), options))]
        }
        return [OutputFile(written(corpus, options))]
    }

    /// The bytes of a file with the labels of all media, in the order in which they were read where that is known.
    static func written(_ corpus: Corpus, _ options: WritingOptions) -> [UInt8] {
        let order = WritingOrder(corpus) { capabilities.kinds[$0] != nil }
        var writer = Writer(options: options)
        var bytes: [UInt8] = []
        writer.begin(corpus.attributes, to: &bytes)
        order.forEach { label, place in if capabilities.holds(label.content) { writer.write(label, in: place, to: &bytes) } }
        writer.finish(corpus.attributes, to: &bytes)
        return bytes
    }
}
