import Timeline

/// One line format turned into another while the bytes come in, in constant memory, with a report of what the second cannot hold.
///
///     var stream = LabelStream(from: rttm, to: ctm, name: "talk.rttm")!
///     for chunk in chunks { output.write(try stream.convert(chunk)) }
///     output.write(try stream.finish())
///     print(stream.loss.entries, stream.log.diagnostics)
///
/// The bytes are those that ``LabelConversion`` makes of the whole file, however they are cut. The input has to be UTF-8: another
/// encoding can only be told from a whole file.
public struct LabelStream {
    private var core: any StreamCore

    /// Whether labels of one format can be turned into another as they come.
    public static func canConvert(from source: LabelFormat, to target: LabelFormat) -> Bool {
        source.syntax is any LineSyntax.Type && target.syntax is any LineSyntax.Type
    }

    /// Whether labels can be written in a format as they come.
    public static func canConvert(to target: LabelFormat) -> Bool { target.syntax is any LineSyntax.Type }

    /// - Parameter name: of the input, for remarks and, where the format states no media, for the name of the media.
    /// - Returns: nil unless both formats are lines that stand for themselves: ``canConvert(from:to:)``.
    public init?(
        from source: LabelFormat, to target: LabelFormat, name: String, reading: ReadingOptions = ReadingOptions(),
        writing: WritingOptions = WritingOptions()
    ) {
        guard let source = source.syntax as? any LineSyntax.Type, let target = target.syntax as? any LineSyntax.Type else { return nil }
        core = Self.core(source, target, LabelInput([], name: name), reading, writing)
    }

    private static func core<Source: LineSyntax, Target: LineSyntax>(
        _ source: Source.Type, _ target: Target.Type, _ input: LabelInput, _ reading: ReadingOptions, _ writing: WritingOptions
    ) -> any StreamCore {
        ConvertingCore<Source, Target>(input, reading, writing)
    }

    /// Takes the next bytes, and returns what can be written by now.
    ///
    /// - Throws: ``FormatError`` when the bytes are not UTF-8, a line is longer than 64 MB, or labels of a second medium come for a format that
    ///   holds one. What was written before is then part of no file.
    public mutating func convert(_ chunk: some Sequence<UInt8>) throws(FormatError) -> [UInt8] { try core.convert(Array(chunk)) }

    /// Returns the last bytes. Called once, after the input's end.
    ///
    /// - Throws: ``FormatError`` as ``convert(_:)`` does, and when no line of the input could be read.
    public mutating func finish() throws(FormatError) -> [UInt8] { try core.finish() }

    /// What was lost so far; complete after ``finish()``.
    public var loss: LossReport { core.loss }
    /// The remarks so far; in the order of the file after ``finish()``.
    public var log: DiagnosticLog { core.log }
    /// Labels that were read.
    public var labelCount: Int { core.labelCount }
}

private protocol StreamCore {
    var loss: LossReport { get }
    var log: DiagnosticLog { get }
    var labelCount: Int { get }
    mutating func convert(_ chunk: [UInt8]) throws(FormatError) -> [UInt8]
    mutating func finish() throws(FormatError) -> [UInt8]
}

private struct ConvertingCore<Source: LineSyntax, Target: LineSyntax>: StreamCore {
    private var stream: LineStream<Source, WritingSink<Target>>

    init(_ input: LabelInput, _ reading: ReadingOptions, _ writing: WritingOptions) {
        stream = LineStream(input, reading, into: WritingSink(writing))
    }

    var loss: LossReport { stream.sink.loss }
    var log: DiagnosticLog { stream.log }
    var labelCount: Int { stream.sink.labelCount }

    mutating func convert(_ chunk: [UInt8]) throws(FormatError) -> [UInt8] {
        try stream.feed(chunk)
        return try taken()
    }

    mutating func finish() throws(FormatError) -> [UInt8] {
        try stream.finish()
        try Source.checkLabels(stream.sink.labelCount, stream.log)
        stream.sink.finish()
        return try taken()
    }

    private mutating func taken() throws(FormatError) -> [UInt8] {
        guard Target.capabilities.features.contains(.media) || stream.sink.filledMedia.count < 2 else {
            throw Corpus.severalMedia(2, first: stream.sink.filledMedia[0], for: Target.title)
        }
        return stream.sink.taken()
    }
}

/// The labels of a line format, read while the bytes come in, so that the file is never in memory as a whole.
///
///     var reader = LabelStreamReader(rttm, name: "talk.rttm")!
///     for chunk in chunks { try reader.read(chunk) }
///     let corpus = try reader.finish().corpus
public struct LabelStreamReader {
    private let format: LabelFormat
    private var core: any ReadingCore

    /// Nil for a format that is not made of lines.
    public init?(_ format: LabelFormat, name: String, _ options: ReadingOptions = ReadingOptions()) {
        guard let syntax = format.syntax as? any LineSyntax.Type else { return nil }
        self.format = format
        core = Self.core(syntax, LabelInput([], name: name), options)
    }

    private static func core<Syntax: LineSyntax>(_ syntax: Syntax.Type, _ input: LabelInput, _ options: ReadingOptions) -> any ReadingCore {
        CollectingCore<Syntax>(input, options)
    }

    /// Takes the next bytes.
    ///
    /// - Throws: ``FormatError`` when the bytes are not UTF-8 or a line is longer than 64 MB.
    public mutating func read(_ chunk: some Sequence<UInt8>) throws(FormatError) { try core.read(Array(chunk)) }

    /// The labels. Called once, after the input's end.
    ///
    /// - Throws: ``FormatError`` as ``read(_:)`` does, and when no line of the input could be read.
    public mutating func finish() throws(FormatError) -> LabelReading {
        let (corpus, log) = try core.finish()
        return LabelReading(format: format, corpus: corpus, log: log)
    }
}

private protocol ReadingCore {
    mutating func read(_ chunk: [UInt8]) throws(FormatError)
    mutating func finish() throws(FormatError) -> (Corpus, DiagnosticLog)
}

private struct CollectingCore<Syntax: LineSyntax>: ReadingCore {
    private var stream: LineStream<Syntax, CorpusBuilder>

    init(_ input: LabelInput, _ options: ReadingOptions) { stream = LineStream(input, options, into: CorpusBuilder()) }

    mutating func read(_ chunk: [UInt8]) throws(FormatError) { try stream.feed(chunk) }

    mutating func finish() throws(FormatError) -> (Corpus, DiagnosticLog) {
        try stream.finish()
        let corpus = stream.sink.corpus
        try Syntax.checkLabels(corpus.labelCount, stream.log)
        return (corpus, stream.log)
    }
}
