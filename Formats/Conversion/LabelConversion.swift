import Timeline

/// Labels of one format written in another, with a report of what the second cannot hold.
///
///     let conversion = LabelConversion(to: .init(named: "rttm")!)
///     let outcome = try conversion.run([try LabelInput(path: "talk.eaf")])
///     print(outcome.loss.entries, outcome.files.count)
public struct LabelConversion: Sendable {
    /// Nil to find out from the content.
    public var source: LabelFormat?
    public var target: LabelFormat
    public var reading = ReadingOptions()
    public var writing = WritingOptions()
    /// Applied in this order to what was read.
    public var edits: [LabelEdit] = []
    /// Writes a file for each medium where the format holds one medium and the labels speak of several.
    public var splitsMedia = false
    /// What an earlier conversion kept aside, and the format of the file that it stands beside.
    public var sidecar: Corpus?

    public init(from source: LabelFormat? = nil, to target: LabelFormat) { (self.source, self.target) = (source, target) }

    public struct Outcome: Sendable {
        public let source: LabelFormat
        public let corpus: Corpus
        public let loss: LossReport
        public let log: DiagnosticLog
        /// Empty when the labels were not written because of their losses.
        public let files: [OutputFile]
    }

    /// Reads, edits and writes.
    ///
    /// - Parameter acceptsLoss: whether to write when the target cannot hold everything.
    /// - Throws: ``FormatError`` when the input cannot be read or the labels cannot be written at all.
    public func run(_ input: LabelInput, acceptsLoss: Bool = true) throws(FormatError) -> Outcome {
        let format = if let source { source } else { try LabelFormat.detect(input) }
        let read = try format.read(input, reading)
        var corpus = read.corpus
        if let sidecar { corpus = SidecarMerge(format: format, kept: sidecar).restored(corpus) }
        for edit in edits { corpus = try edit.applied(to: corpus) }
        let loss = isSplit(corpus) ? LossReport(writingEachMediumOf: corpus, as: target) : LossReport(writing: corpus, as: target)
        let files = loss.isEmpty || acceptsLoss ? try write(corpus) : []
        return Outcome(source: format, corpus: corpus, loss: loss, log: read.log, files: files)
    }

    private func isSplit(_ corpus: Corpus) -> Bool {
        splitsMedia && !target.capabilities.features.contains(.media) && corpus.documents.count { $0.labelCount > 0 } > 1
    }

    private func write(_ corpus: Corpus) throws(FormatError) -> [OutputFile] {
        guard isSplit(corpus) else { return try target.write(corpus, writing) }
        var (files, names) = ([OutputFile](), Set<String>())
        for document in corpus.documents where document.labelCount > 0 {
            var name = document.media.name.asFileName
            while !names.insert(name).inserted { name += "_" }
            for file in try target.write(Corpus([document], attributes: corpus.attributes), writing) {
                files.append(OutputFile(path: target.isFolder ? "\(name)/\(file.path)" : "\(name).\(target.suffixes[0])", file.bytes))
            }
        }
        return files
    }
}

/// A change of times on the way from one file to another.
public enum LabelEdit: Sendable {
    /// A change of clock.
    case map(TimeMap)
    /// Only the part between two times, moved to zero.
    case cut(Segment)
    /// Other labels behind these; at an offset, or behind the media's stated end or the last label.
    case join(Corpus, at: TimeDelta?)
    /// Only the media of these names.
    case media([String])

    func applied(to corpus: Corpus) throws(FormatError) -> Corpus {
        var result = corpus
        switch self {
        case .map(let map): result.documents = corpus.documents.map { $0.mapped(map) }
        case .cut(let part): result.documents = corpus.documents.map { $0.cut(part) }
        case .join(let later, let offset): result.documents = try joined(corpus.documents, later.documents, offset)
        case .media(let names):
            result.documents = corpus.documents.filter { names.contains($0.media.name) }
            if let missing = names.first(where: { name in !corpus.documents.contains { $0.media.name == name } }) {
                throw FormatError(.noLabels, file: missing, found: "no labels of media '\(missing)'", expected: corpus.documents.prefix(5).map { "'\($0.media.name)'" }.joined(separator: ", "))
            }
        }
        return result
    }

    private func joined(_ first: [Document], _ later: [Document], _ offset: TimeDelta?) throws(FormatError) -> [Document] {
        guard first.count == later.count else {
            throw FormatError(.malformed, file: later.first?.media.name ?? "", found: "labels of \(later.count) media to join to those of \(first.count)", expected: "as many")
        }
        return zip(first, later).map { before, behind in before.joined(with: behind, at: offset ?? before.extent) }
    }
}

extension String {
    /// The name without what would lead to another folder or hide the file.
    fileprivate var asFileName: String {
        let name = String(map { $0 == "/" || $0 == "\0" ? "_" : $0 })
        return name.isEmpty || name.hasPrefix(".") ? "_" + name : name
    }
}

extension Document {
    /// From zero to the media's stated end, or to the end of the last label.
    fileprivate var extent: TimeDelta {
        media.duration ?? (layers.flatMap { layer in layer.labels.indices.map { layer.labels.span(at: $0).end } }.max() ?? .zero) - Timestamp.zero
    }
}
