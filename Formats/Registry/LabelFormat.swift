import Timeline

/// A label format that Slate knows: its name, how files of it are recognised, and what it can hold.
///
///     let format = LabelFormat(suffixOf: "talk.rttm")
///     let reading = try LabelFormat.rttm.read(LabelInput(path: "talk.rttm"))
public struct LabelFormat: Hashable, Sendable, CustomStringConvertible {
    /// The short name of the command line, such as `rttm`.
    public let name: String
    let syntax: any LabelSyntax.Type

    init(_ syntax: any LabelSyntax.Type) { (name, self.syntax) = (syntax.name, syntax) }

    /// Every format, in the order in which content is matched against them.
    public static let all: [LabelFormat] = FormatTable.syntaxes.map(LabelFormat.init)

    /// The format of a name, letter case aside; nil when there is none.
    public init?(named name: String) {
        guard let found = Self.all.first(where: { $0.name == name.lowercased() }) else { return nil }
        self = found
    }

    /// The format that a file name's ending stands for, `.gz` aside; nil when no ending fits. The longest ending counts.
    public init?(suffixOf path: String) {
        let name = LabelInput.uncompressedName(path.lowercased())
        let candidates = Self.all.flatMap { format in format.suffixes.map { (format: format, suffix: $0) } }
        let fitting = candidates.filter { name.hasSuffix("." + $0.suffix) }
        guard let best = fitting.max(by: { $0.suffix.utf8.count < $1.suffix.utf8.count }) else { return nil }
        self = best.format
    }

    /// The name as its users write it, such as `Praat TextGrid`.
    public var title: String { syntax.title }
    /// File name endings without the dot; the first is the usual one.
    public var suffixes: [String] { syntax.suffixes }
    /// Whether labels in this format are a folder of files.
    public var isFolder: Bool { syntax.isFolder }
    public var capabilities: FormatCapabilities { syntax.capabilities }
    public var description: String { title }

    public static func == (a: LabelFormat, b: LabelFormat) -> Bool { a.name == b.name }
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension LabelFormat {
    /// The format of an input by its content and, between formats that look alike, its name.
    ///
    /// - Throws: ``FormatError`` that says what the content looks like when no format fits.
    public static func detect(_ input: LabelInput) throws(FormatError) -> LabelFormat {
        let sample = try FormatSample(input)
        let suffix = LabelFormat(suffixOf: input.name)
        let rated = all.map { (format: $0, likelihood: $0.syntax.likelihood(of: sample)) }.filter { $0.likelihood > .none }
        if let suffix, rated.contains(where: { $0.format == suffix }), !rated.contains(where: { $0.likelihood == .certain && $0.format != suffix }) {
            return suffix
        }
        guard let best = rated.max(by: { $0.likelihood < $1.likelihood }) else {
            throw FormatError(
                .unknownFormat, file: input.name, found: sample.description, expected: "a label format that slate reads, or its name with --from")
        }
        // Of equals the first in the table counts.
        return rated.first { $0.likelihood == best.likelihood }?.format ?? best.format
    }

    /// Reads labels.
    ///
    /// - Throws: ``FormatError`` when nothing can be read.
    public func read(_ input: LabelInput, _ options: ReadingOptions = ReadingOptions()) throws(FormatError) -> LabelReading {
        var log = DiagnosticLog(file: input.name)
        let corpus = try syntax.read(try input.uncompressed(log: &log), options, log: &log)
        log.sort()
        return LabelReading(format: self, corpus: corpus, log: log)
    }

    /// Writes labels; ``LossReport/init(writing:as:)`` says beforehand what will be lost.
    ///
    /// - Throws: ``FormatError`` when the labels cannot be written in this format at all.
    public func write(_ corpus: Corpus, _ options: WritingOptions = WritingOptions()) throws(FormatError) -> [OutputFile] {
        try syntax.write(corpus, options)
    }
}

/// What was read, and the remarks on it.
public struct LabelReading: Sendable {
    public let format: LabelFormat
    public let corpus: Corpus
    public let log: DiagnosticLog

    public var diagnostics: [Diagnostic] { log.diagnostics }
}
