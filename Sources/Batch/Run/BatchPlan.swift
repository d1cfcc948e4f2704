/// All that a run will do, checked before anything starts.
public struct BatchPlan: Sendable {
    /// In the order of the inputs.
    public let items: [BatchItem]

    /// Outputs keep the subtitles' names, below the output folder as they lay below their own.
    ///
    /// - Parameter suffix: replaces the subtitles' suffix, as in `vtt`; nil keeps it.
    /// - Throws: ``BatchError/outputCollision(output:first:second:)``, ``BatchError/outputIsInput(path:)``.
    public init(pairs: [MediaPair], outputFolder: String, suffix: String? = nil) throws {
        items = pairs.enumerated().map { index, pair in
            BatchItem(
                index: index, media: pair.media.path, subtitles: pair.subtitles.path,
                output: FilePath.join(
                    outputFolder, Self.renamed(FilePath.standardized(pair.subtitles.relativePath), suffix)),
                language: pair.language, basis: pair.basis)
        }
        try check()
    }

    /// A row's own output goes below the output folder as the row says, unless it is absolute.
    ///
    /// - Throws: ``BatchError/outputCollision(output:first:second:)``, ``BatchError/outputIsInput(path:)``.
    public init(manifest: Manifest, outputFolder: String, suffix: String? = nil) throws {
        items = manifest.rows.enumerated().map { index, row in
            BatchItem(
                index: index, media: row.media, subtitles: row.subtitles,
                output: FilePath.join(outputFolder, row.output ?? Self.renamed(row.mirroredOutput, suffix)),
                language: row.language ?? SubtitleStem(FilePath.stem(row.subtitles)).language, basis: .given)
        }
        try check()
    }

    private static func renamed(_ path: String, _ suffix: String?) -> String {
        guard let suffix else { return path }
        return FilePath.join(FilePath.folder(path), FilePath.stem(path) + "." + suffix)
    }

    private func check() throws {
        let inputs = Set(items.flatMap { [Self.resolved($0.media), Self.resolved($0.subtitles)] })
        var owners: [String: String] = [:]
        for item in items {
            let output = Self.resolved(item.output)
            if inputs.contains(output) { throw BatchError.outputIsInput(path: item.output) }
            if let first = owners.updateValue(item.subtitles, forKey: output) {
                throw BatchError.outputCollision(output: item.output, first: first, second: item.subtitles)
            }
        }
    }

    /// The place a path stands for: by identity where the file exists, which sees through links and odd spellings.
    private static func resolved(_ path: String) -> String {
        if let identity = FileStatus(path: path)?.identity { return "\(identity.device):\(identity.node)" }
        let folder = FilePath.folder(path)
        if let identity = FileStatus(path: folder.isEmpty ? "." : folder)?.identity {
            return "\(identity.device):\(identity.node)/\(FilePath.name(path))"
        }
        return FilePath.standardized(path)
    }
}
