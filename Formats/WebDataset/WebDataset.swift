import Timeline

/// A shard of WebDataset: a tar archive in which the files of a sample stand together and share their name up to the first dot.
///
/// WebDataset 1.0, "The WebDataset Format". Labels stand in `.json`, `.txt`, `.cls` and in files of other label formats; media beside them
/// are not opened.
enum WebDataset: LabelSyntax {
    static let name = "webdataset"
    static let title = "WebDataset shard"
    static let suffixes = ["tar"]
    static let capabilities = FormatCapabilities(
        kinds: NativeJSON.capabilities.kinds, features: NativeJSON.capabilities.features, grid: .exact, attributePrefixes: [""], styles: NativeJSON.capabilities.styles)

    /// What is said of the whole; readers of WebDataset pass over such names.
    static let corpusPath = "__slate__/corpus.json"
    /// Layers of what a sample's `.json`, `.txt` and `.cls` say.
    static let (sampleLayer, textLayer, classLayer) = ("samples", "txt", "cls")

    static func likelihood(of sample: FormatSample) -> Likelihood { TarReader.isArchive(sample.bytes) ? .certain : .none }

    static func read(_ input: LabelInput, _ options: ReadingOptions, log: inout DiagnosticLog) throws(FormatError) -> Corpus {
        let bytes = try input.bytes(expected: title)
        let entries = try TarReader.entries(bytes, log: &log)
        if let climb = log.diagnostics.first(where: { $0.code == "tar-path" }) {
            throw FormatError(.malformed, file: input.name, found: climb.found, expected: "paths inside the archive", effect: "nothing of the archive is read")
        }
        var reader = WebDatasetReader(bytes, file: input.name, options: options)
        let corpus = reader.corpus(entries)
        for diagnostic in reader.diagnostics { log.append(diagnostic) }
        return corpus
    }

    static func write(_ corpus: Corpus, _ options: WritingOptions) throws(FormatError) -> [OutputFile] { [OutputFile(WebDatasetWriter.bytes(corpus))] }

    /// The key and the ending of a path: the ending begins at the first dot of the last part. Nil where there is none.
    static func parts(of path: String) -> (key: String, ending: String)? {
        let start = path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex
        guard let dot = path[start...].firstIndex(of: "."), dot > start else { return nil }
        return (String(path[..<dot]), path[path.index(after: dot)...].lowercased())
    }
}
